"""Every language that content can be in has a name for itself and a row from the first migration on."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import engines
from django.urls import reverse
from wagtail.models import Locale

from cms.accounts.languages import language_name
from cms.brands.models import BrandName
from cms.facts.models import FactWords
from cms.infographics.models import Infographic

CODES = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]


@pytest.mark.parametrize("code", CODES)
def test_each_language_has_a_name_for_itself(code):
    template = engines["django"].from_string("{% load languages %}{{ code|language_name }}")

    assert template.render({"code": code}) == language_name(code) != code


def test_names_are_written_as_their_languages_write_them():
    assert [language_name(code) for code in ("vi", "fr", "lo", "am")] == ["Tiếng Việt", "Français", "ລາວ", "አማርኛ"]


def test_migrating_makes_each_language_once(db):
    Locale.objects.filter(language_code="lo").delete()

    call_command("migrate", verbosity=0)
    call_command("migrate", verbosity=0)

    assert sorted(Locale.objects.values_list("language_code", flat=True)) == sorted(CODES)


def test_an_editor_makes_the_vietnamese_row_of_an_english_design(design, enter):
    editor = enter("editor")
    address = reverse("simple_translation:submit_snippet_translation", args=["infographics", "infographic", design.pk])
    vietnamese = Locale.objects.get(language_code="vi")
    assert address in editor.get(reverse("wagtailsnippets_infographics_infographic:list")).content.decode()
    assert editor.get(address).status_code == 200

    answer = editor.post(address, {"locales": [vietnamese.pk]})

    made = Infographic.objects.get(translation_key=design.translation_key, locale=vietnamese)
    assert answer.url == reverse("wagtailsnippets_infographics_infographic:edit", args=[made.pk])
    assert editor.get(answer.url).status_code == 200
    assert (made.title, made.language, made.live) == (design.title, "vi", False)


def test_what_was_approved_in_one_language_is_a_draft_in_the_next(edition, enter):
    approved = Infographic.objects.get(translation_key=edition.translation_key)
    address = reverse(
        "simple_translation:submit_snippet_translation", args=["infographics", "infographic", approved.pk]
    )

    enter("editor").post(address, {"locales": [Locale.objects.get(language_code="vi").pk]})

    made = Infographic.objects.get(translation_key=edition.translation_key, locale__language_code="vi")
    assert (approved.live, made.live, made.live_revision, made.first_published_at) == (True, False, None, None)


def test_who_does_not_write_designs_does_not_translate_them(design, enter):
    address = reverse("simple_translation:submit_snippet_translation", args=["infographics", "infographic", design.pk])

    for name in ("designer", "approver", "admin", "rabat"):
        assert enter(name).get(address).status_code == 302


@pytest.mark.parametrize("code", ["lo", "am"])
def test_screens_open_for_languages_that_django_does_not_know(code, design, submit, enter):
    """The approver's first page, the approval page and the page of files."""
    for words in FactWords.objects.filter(language="en"):
        FactWords.objects.create(fact=words.fact, language=code, label=words.label)
    BrandName.objects.create(brand=design.brand, language=code, ministry="Ministry of Foreign Affairs")
    design.locale = Locale.objects.get(language_code=code)
    design.save()
    design.save_revision()
    state = submit(design)
    approver = enter("approver")

    pages = [
        approver.get(address).content.decode()
        for address in (
            reverse("wagtailadmin_home"), reverse("approve", args=[state.pk]),
            reverse("files", args=[design.translation_key]),
        )
    ]  # fmt: skip

    assert [language_name(code) in page for page in pages] == [True, True, True]
