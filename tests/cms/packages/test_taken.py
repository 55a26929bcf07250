"""Only what was taken from its beginning is noted: a withdrawal tells those who have it, and once."""

import pytest
from django.urls import reverse

from cms.packages.models import Taken


@pytest.mark.parametrize(
    ("headers", "noted"),
    [
        ({}, 1),
        ({"Range": "bytes=0-"}, 1),
        ({"Range": "bytes=100-"}, 0),
        ({"If-None-Match": '"kept"'}, 0),
    ],
    ids=["whole", "from its beginning", "the rest", "kept already"],
)
def test_a_file_is_noted_when_it_is_taken(headers, noted, edition, enter):
    address = reverse("file", args=[edition.variants.first().file.key])

    enter("rabat").get(f"{address}?download", headers=headers)

    assert Taken.objects.count() == noted
