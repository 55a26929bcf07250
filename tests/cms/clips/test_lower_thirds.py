"""Names on the picture, from the clip's form to its files."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale

from cms.accounts.models import User
from cms.clips.models import Clip, LowerThird
from cms.editions.refusals import NotReady

pytestmark = pytest.mark.xdist_group("clips")

AMINA = {"name": "Amina Haddad", "role": "Head of the consular section"}


def test_names_are_frozen_in_the_order_in_which_they_come(clip):
    clip.lower_thirds.add(LowerThird(name="Le Van B", begins=1000, ends=1900), LowerThird(**AMINA, begins=0, ends=900))

    frozen = clip.frozen()

    assert frozen.spec["lower_thirds"] == [
        {**AMINA, "start": 0.0, "end": 0.9},
        {"name": "Le Van B", "role": "", "start": 1.0, "end": 1.9},
    ]
    clip.lower_thirds.clear()
    assert clip.frozen().content != frozen.content


def test_a_name_that_goes_before_it_comes_is_refused_where_it_is_typed():
    with pytest.raises(ValidationError) as refused:
        LowerThird(**AMINA, begins=900, ends=900).clean()

    assert refused.value.message_dict == {"ends": ["Give it a later moment than the one at which it comes."]}


def test_two_names_at_once_are_refused_with_the_place_in_the_form(clip):
    clip.lower_thirds.add(LowerThird(**AMINA, begins=0, ends=1200), LowerThird(name="Le Van B", begins=900, ends=1900))

    with pytest.raises(NotReady, match=r"Lower thirds: name Le Van B at 0\.9 s, before Amina Haddad is gone"):
        clip.frozen()


def test_the_preview_and_a_copy_in_another_language_have_them(clip):
    clip.lower_thirds.add(LowerThird(**AMINA, begins=0, ends=1200))
    clip.save()
    clip.save_revision()

    copy = clip.copy_for_translation(Locale.objects.get(language_code="vi"))
    copy.save()

    assert clip.sketch().spec["lower_thirds"][0]["name"] == "Amina Haddad"
    assert [each.name for each in Clip.objects.get(pk=copy.pk).lower_thirds.all()] == ["Amina Haddad"]


def test_the_form_asks_for_them(client, clip):
    clip.lower_thirds.add(LowerThird(**AMINA, begins=500, ends=4000))
    clip.save()
    clip.save_revision()
    client.force_login(User.objects.get(username="editor"))

    page = BeautifulSoup(client.get(reverse("wagtailsnippets_clips_clip:edit", args=[clip.pk])).content, "html.parser")

    typed = {part: page.find(attrs={"name": f"lower_thirds-0-{part}"})["value"] for part in ("name", "begins", "ends")}
    assert typed == {"name": "Amina Haddad", "begins": "0:00.5", "ends": "0:04"}
