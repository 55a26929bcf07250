"""A workshop with people, facts, campaigns and pictures in it; each test begins with it and leaves it as it was."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.campaigns.models import Campaign
from cms.demo import load
from cms.editions.models import Edition
from cms.infographics.models import Infographic
from cms.missions.models import Mission

SMALL = 1200  # px: enough for feeds, drawn in a moment
FEW = ["instagram.feed_square", "x.post"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    with django_db_blocker.unblock():
        load.people(dict.fromkeys(load.names_of_people(), "a password for tests"))
        load.surroundings()
        load.images(tmp_path_factory.mktemp("pictures"), SMALL)
    yield
    config = apps.get_app_config("jobs")
    if "easels" in vars(config):
        config.easels.stop()


@pytest.fixture
def people(db) -> dict[str, User]:
    return {person.username: person for person in User.objects.all()}


@pytest.fixture
def enter(people) -> Callable[[str], Client]:
    """A browser in which somebody is logged in."""

    def enter(name: str) -> Client:
        client = Client()
        client.force_login(people[name])
        return client

    return enter


@pytest.fixture
def rabat(db) -> Mission:
    return Mission.objects.get(name="Embassy in Rabat")


@pytest.fixture
def tokyo(db) -> Mission:
    return Mission.objects.get(name="Embassy in Tokyo")


@pytest.fixture
def design(db) -> Infographic:
    """A draft in English, one page for each of two placements."""
    made = load.design("expo", "en", Campaign.objects.get(slug="expo-2025"))
    made.placements, made.carousel = FEW, False
    made.save()
    made.save_revision(user=User.objects.get(username="editor"))
    return Infographic.objects.get(pk=made.pk)


@pytest.fixture
def at_commit(django_capture_on_commit_callbacks) -> Callable[[], AbstractContextManager[None]]:
    """Within it, what waits for the transaction's end is done at the end of the block: jobs run."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def submit(people, at_commit) -> Callable[[Infographic], TaskState]:
    """Submit as the editor does, and let the worker make the files."""

    def submit(design: Infographic) -> TaskState:
        sent_back = design.current_workflow_state
        with at_commit():
            if sent_back:
                sent_back.resume(user=people["editor"])
            else:
                design.get_workflow().start(design, people["editor"])
        return Infographic.objects.get(pk=design.pk).current_workflow_task_state

    return submit


@pytest.fixture
def approve(people) -> Callable[[TaskState], Edition]:
    def approve(state: TaskState) -> Edition:
        state.task.specific.on_action(state, people["approver"], "approve")
        return Edition.objects.get(pk=state.submission.edition_id)

    return approve


@pytest.fixture
def edition(design, submit, approve) -> Edition:
    """An approved edition with its files, which leave at once."""
    return approve(submit(design))


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    load.example.draw_pictures(tmp_path, 400, only=["bay"])
    return tmp_path / "bay.jpg"
