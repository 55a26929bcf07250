"""A name that the library refuses is refused where it is written, and breaks no page where it was stored before."""

import pytest
from django.core.exceptions import ValidationError

from cms.brands.models import BrandName
from cms.editions.models import Edition
from cms.editions.refusals import NotReady
from media_tools.errors import InvalidInput

UNSEEN = "Ministry\u202e of Foreign Affairs"


@pytest.fixture
def broken(design):
    BrandName.objects.filter(brand=design.brand, language="en").update(ministry=UNSEEN)
    return design


def test_a_name_with_unseen_characters_is_refused_at_its_field(design):
    with pytest.raises(ValidationError) as refused:
        BrandName(brand=design.brand, language="fr", ministry=UNSEEN).clean()

    assert list(refused.value.message_dict) == ["ministry"]


def test_a_stored_one_is_named_in_the_preview_and_at_submission(broken, people):
    with pytest.raises(InvalidInput, match="Brand kit"):
        broken.brand.to_spec()
    with pytest.raises(NotReady, match="Brand kit"):
        Edition.of(broken)

    page = broken.make_preview_request(preview_mode="sheet", extra_request_attrs={"user": people["editor"]})
    assert page.status_code == 200
    assert "Brand kit" in page.content.decode()
