"""Every sentence of the screens is in every language that they speak."""

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings
from django.template import engines
from django.utils import translation

from cms.accounts.words import collected, kept
from cms.infographics.models import Infographic

LANGUAGES = [code for code, _name in settings.INTERFACE_LANGUAGES if code != settings.LANGUAGE_CODE]


@pytest.fixture(scope="module", params=LANGUAGES)
def catalog(request) -> Catalog:
    return kept(request.param)


def test_the_catalogue_has_what_the_code_says_and_nothing_else(catalog):
    assert {message.id for message in catalog if message.id} == {message.id for message in collected() if message.id}


def test_nothing_is_left_in_english(catalog):
    assert [message.id for message in catalog if message.id and not message.string] == []
    assert [message.id for message in catalog if message.pluralizable and not all(message.string)] == []


def test_each_translation_keeps_the_places_of_its_values(catalog):
    assert {message.id: [str(error) for error in message.check(catalog)] for message in catalog} == {
        message.id: [] for message in catalog
    }


def test_words_are_found_in_templates_code_and_the_library():
    found = {message.id for message in collected()}

    assert {"Copy message", "alt text", "Instagram story", "Key figures", "One sentence that says what is so."} <= found
    assert ("%(n)s size", "%(n)s sizes") in found


def test_the_compiled_catalogue_speaks():
    page = engines["django"].from_string('{% load i18n %}{% translate "Campaigns" %}')
    with translation.override("ar"):
        assert page.render() == "الحملات"
        assert str(Infographic._meta.get_field("body").stream_block.child_blocks["key_figures"].label) != "Key figures"
