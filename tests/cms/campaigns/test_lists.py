"""Lists of staff cost the same however many rows they have."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms.campaigns.models import Campaign, CoreMessage
from cms.facts.models import Fact


def add_messages() -> None:
    for number in range(8):
        row = CoreMessage.objects.create(campaign=Campaign.objects.first(), key=f"more-{number}")
        row.words.create(language="en", text=f"Sentence {number}")


def add_facts() -> None:
    for number in range(8):
        row = Fact.objects.create(key=f"more-{number}", value=number, as_of="2026-01-01", source="Office")
        row.words.create(language="en", label=f"things {number}")


@pytest.mark.parametrize(("model", "add"), [(CoreMessage, add_messages), (Fact, add_facts)], ids=["messages", "facts"])
def test_a_list_asks_no_more_for_more_rows(model, add, enter):
    client, address = enter("editor"), reverse(model.snippet_viewset.get_url_name("list"))
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    add()

    with CaptureQueriesContext(connection) as many:
        page = client.get(address).content.decode()

    assert "more-7" in page or "Sentence 7" in page or "things 7" in page
    assert len(many) <= len(few)
