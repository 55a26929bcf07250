"""A worker that makes clips of an infographic says how far it is, stops when it is told to, and goes on later."""

from pathlib import Path

import pytest

from tests.workshop import Workshop, tidy_workshop, until

WORKER = ("worker", "--interval", "0.1", "--tick-every", "0.5")
STOCK = Path(__file__).parents[2] / "workshop/stock_animation.py"
CANCEL = (
    "from cms.jobs.models import Job; from cms.jobs.queue import cancel; cancel(Job.objects.get(kind='variants.make'))"
)
RETRY = (
    "from cms.jobs.models import Job; from cms.jobs.queue import retry; retry(Job.objects.get(kind='variants.make'))"
)

pytestmark = pytest.mark.xdist_group("killed")


@pytest.fixture(scope="module")
def workshop(tmp_path_factory) -> Workshop:
    workshop = tidy_workshop(tmp_path_factory.mktemp("workshop"))
    workshop.manage("shell", "-v0", stdin=STOCK.read_text(encoding="utf-8"))
    return workshop


def job(workshop: Workshop, column: str) -> object:
    return workshop.ask(f"select {column} from jobs_job where kind = 'variants.make' order by id desc limit 1")[0][0]  # noqa: S608


def clips(workshop: Workshop, state: str) -> int:
    return workshop.ask(f"select count(*) from variants_variant where animated and state = '{state}'")[0][0]  # noqa: S608


def test_a_clip_in_the_making_is_stopped_what_was_made_stays_and_the_rest_is_made_later(workshop):
    with workshop.running(*WORKER):
        until(lambda: clips(workshop, "ready") == 1, "The first clip")
        until(lambda: clips(workshop, "making") == 1, "The second one's beginning")
        assert 200 <= job(workshop, "done") < job(workshop, "total") == 600
        assert job(workshop, "message").endswith(", as a clip")

        workshop.manage("shell", "-v0", "-c", CANCEL)
        until(lambda: job(workshop, "state") == "cancelled", "The job's end")
        made = clips(workshop, "ready")

        assert 1 <= made < 5
        assert list((workshop.folder / "temporary").glob("attache-*")) == []
        stored = workshop.ask("select count(*) from variants_storedfile where whole")[0][0]
        assert stored == 2 + 4 * made  # a still and its small picture; a clip, its picture, its words and its cover

        workshop.manage("shell", "-v0", "-c", RETRY)
        until(lambda: clips(workshop, "ready") > made, "Another clip")
