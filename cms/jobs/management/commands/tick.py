from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.jobs.clock import tick


class Command(BaseCommand):
    help = "Does what is due, once. Workers do so every minute."

    def handle(self, **options: Any) -> None:
        failed = tick()
        if failed:
            raise CommandError(f"Failed: {', '.join(failed)}. The log says why; the rest was done.")
