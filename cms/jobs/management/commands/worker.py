import logging
import os
import signal
import socket
from argparse import ArgumentParser
from time import monotonic, sleep
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django_tasks_db.management.commands.db_worker import Worker

from cms.jobs import presence
from cms.jobs.clock import tick


class Command(BaseCommand):
    help = "Does the work that waits: makes files, builds packages, and once a minute what is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks into an empty queue")
        parser.add_argument("--tick-every", type=float, default=60, help="seconds between ticks")
        parser.add_argument("--batch", action="store_true", help="end when nothing waits")

    def handle(self, *, interval: float, tick_every: float, batch: bool, **options: Any) -> None:
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        name = f"{socket.gethostname()}-{os.getpid()}"
        present = presence.begin(name)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(present, "told_to_stop", True))
        due = monotonic()
        while not present.told_to_stop:
            if monotonic() >= due:
                tick()
                due = monotonic() + tick_every
            present.renew()
            if not self._one_task(name):
                if batch:
                    break
                sleep(interval)
        if "easels" in vars(apps.get_app_config("jobs")):
            apps.get_app_config("jobs").easels.stop()

    def _one_task(self, name: str) -> bool:
        """Run the next task there is; False when none waits."""
        worker = Worker(
            queue_names=["*"], interval=0, batch=True, backend_name="jobs", startup_delay=False, max_tasks=1,
            worker_id=name, excluded_queue_names=[],
        )  # fmt: skip
        worker.run()
        return worker._run_tasks > 0
