"""Two infographics for a screen, approved with their files, and a playlist of both whose film was made once."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import TestCase

from cms.accounts.models import User
from cms.campaigns.models import Campaign
from cms.demo import load
from cms.editions.models import Edition
from cms.infographics.models import Infographic
from cms.playlists.build import order_film, wanted
from cms.playlists.models import Film, Playlist

SCREEN = "screen.hd"


def drawn(name: str, slug: str) -> Infographic:
    made = load.design(name, "en", Campaign.objects.get(slug=slug))
    made.placements, made.carousel = [SCREEN], False
    made.save()
    made.save_revision(user=User.objects.get(username="editor"))
    return Infographic.objects.get(pk=made.pk)


def approved(design: Infographic) -> Edition:
    """With its files: it leaves at once."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        design.get_workflow().start(design, User.objects.get(username="editor"))
    state = Infographic.objects.get(pk=design.pk).current_workflow_task_state
    state.task.specific.on_action(state, User.objects.get(username="approver"), "approve")
    return state.submission.edition


def listed(*designs: Infographic, **changes: object) -> Playlist:
    playlist = Playlist(**{"title": "In the hall", "placement": SCREEN, "language": "en", "hearing": "both", **changes})
    entry = playlist.entries.model
    playlist.entries = [entry(infographic=design, seconds=2, sort_order=n) for n, design in enumerate(designs)]
    playlist.full_clean()
    playlist.save()
    return Playlist.objects.get(pk=playlist.pk)


def ordered(playlist: Playlist) -> Film:
    """The film as it would be now, made by the worker."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        film = order_film(wanted(playlist), User.objects.get(username="editor"))
    return Film.objects.get(pk=film.pk)


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[int]:
    """The number of a film that is made once: each test finds it, and what it changes is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        designs = [drawn("expo", "expo-2025"), drawn("missions", "digital-diplomacy")]
        for design in designs:
            approved(design)
        yield ordered(listed(*designs)).pk
        transaction.set_rollback(True)


@pytest.fixture
def film(made, db) -> Film:
    return Film.objects.get(pk=made)


@pytest.fixture
def playlist(film) -> Playlist:
    return film.playlist


@pytest.fixture
def designs(playlist) -> list[Infographic]:
    return [entry.infographic for entry in playlist.entries.all()]


@pytest.fixture
def editions(film) -> list[Edition]:
    return [part.variant.edition for part in film.parts.all()]


@pytest.fixture
def order() -> Callable[[Playlist], Film]:
    return ordered
