"""The whole workshop on one machine: loaded, submitted, made, approved, packaged by the functions of the screens."""

import json
import secrets
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from wagtail.models import TaskState

from cms.accounts.models import User
from cms.campaigns.models import Campaign
from cms.demo import load
from cms.editions.judging import obstacles
from cms.editions.models import Design
from cms.jobs.models import Job
from cms.missions.models import Mission
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.variants.models import Variant

_BAR = 40
_LOOK = 0.3  # seconds between looks at the work's progress


class Command(BaseCommand):
    help = "Fills this machine with two campaigns and serves the site. Run twice, it changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="end when everything is made")
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *, no_serve: bool, port: int, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError(
                "The demo is for trying Attaché on one machine, and these are production settings. "
                "Run it with DJANGO_SETTINGS_MODULE=cms.settings.development."
            )
        self.say("Preparing the database …")
        call_command("migrate", verbosity=0)
        passwords = _kept_passwords(Path(settings.VAR) / "demo" / "passwords.json")
        load.people(passwords)
        load.surroundings()
        self.say("Drawing the pictures …")
        load.images(_folder(Path(settings.VAR) / "demo" / "pictures"))
        load.drawings(_folder(Path(settings.VAR) / "demo" / "artwork"))
        self.say("Filming the footage …")
        load.footage(_folder(Path(settings.VAR) / "demo" / "footage"))
        designs = [*load.designs(), *load.clips()]
        self.submit(designs)
        with worker("--batch"), worker("--batch"):
            self.watch("files", "variants.make")
        self.approve()
        self.package()
        with worker("--batch"):
            self.watch("packages", "packages.make")
        self.report(passwords, port)
        if not no_serve:
            with worker():
                call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    def submit(self, designs: list[Design]) -> None:
        """What has no approved version and lies before nobody goes to the approvers."""
        editor = User.objects.get(username="editor")
        for design in designs:
            if not design.live and design.current_workflow_state is None:
                design.get_workflow().start(design, editor)

    def watch(self, what: str, kind: str) -> None:
        """Show how far the worker is, until nothing of this kind is open. Raises CommandError for what failed."""
        jobs = Job.objects.filter(kind=kind, state__in=Job.OPEN)
        watched = list(jobs.values_list("pk", flat=True))
        while watched:
            rows = Job.objects.filter(pk__in=watched)
            done, total = sum(job.done for job in rows), sum(max(job.total, 1) for job in rows)
            filled = _BAR * done // total
            self.stdout.write(f"\r{what:10}{'█' * filled}{'░' * (_BAR - filled)} {100 * done // total:3} %", ending="")
            self.stdout.flush()
            if not any(job.state in Job.OPEN for job in rows):
                self.stdout.write("")
                break
            sleep(_LOOK)
        failed = Job.objects.filter(pk__in=watched, state=Job.State.FAILED)
        if failed:
            raise CommandError("\n".join(job.problem for job in failed))

    def approve(self) -> None:
        approver = User.objects.get(username="approver")
        for state in TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).exclude(submission=None):
            refused = obstacles(state.submission, approver)
            if refused:
                self.explain(state.submission.edition)
                raise CommandError(f"{state.submission.edition}: {' '.join(refused)}")
            state.task.specific.on_action(state, approver, "approve")

    def package(self) -> None:
        for mission in Mission.objects.all():
            for campaign in Campaign.objects.all():
                leaving = Variant.objects.leaving(mission).filter(
                    edition__campaign=campaign, edition__language__in=mission.languages
                )
                if leaving:
                    order_package(mission, campaign, leaving, mission.postings.get().person)

    def explain(self, edition: Any) -> None:
        for variant in edition.variants.exclude(state=Variant.State.READY):
            for finding in variant.blocking:
                self.stderr.write(f"{variant.placement}: {finding['message']} {finding['remedy']}")

    def report(self, passwords: dict[str, str], port: int) -> None:
        files = Variant.objects.filter(state=Variant.State.READY).count()
        self.say(
            f"{files} files and {Package.objects.exclude(file=None).count()} packages lie in {_shown(settings.VAR)}."
        )
        self.say(f"\nStaff:    http://127.0.0.1:{port}/admin/\nMissions: http://127.0.0.1:{port}/\n")
        for name, password in passwords.items():
            self.say(f"  {name:10} {password}")
        self.say("")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()


@contextmanager
def worker(*arguments: str) -> Iterator[None]:
    """A worker as a child process for as long as it is needed."""
    command = [sys.executable, str(Path(settings.ROOT) / "manage.py"), "worker", "--interval", "0.2", *arguments]
    child = subprocess.Popen(command)  # noqa: S603
    try:
        yield
        if "--batch" in arguments:
            child.wait()
    finally:
        child.terminate()
        child.wait()


def _kept_passwords(path: Path) -> dict[str, str]:
    """Random passwords, made once and readable by their owner alone, so that the second run prints the same."""
    _folder(path.parent)
    if not path.exists():
        path.touch(mode=0o600)
        passwords = {name: secrets.token_urlsafe(9) for name in load.names_of_people()}
        path.write_text(json.dumps(passwords, indent=1), encoding="utf-8")
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return known


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path


def _shown(path: Path) -> str:
    return str(path.relative_to(settings.ROOT)) if path.is_relative_to(settings.ROOT) else str(path)
