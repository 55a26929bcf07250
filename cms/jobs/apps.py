import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.conf import settings

if TYPE_CHECKING:
    from cms.jobs.easels import Easels


class JobsConfig(AppConfig):
    name = "cms.jobs"
    label = "jobs"

    @cached_property
    def easels(self) -> "Easels":
        """The drawing processes of this process, started when something is first drawn; they read `ORIGINALS`."""
        from cms.jobs.easels import Easels

        folder = Path(settings.ORIGINALS)
        folder.mkdir(parents=True, exist_ok=True)
        return Easels(folder, settings.DRAWING_PROCESSES or os.cpu_count() or 1, settings.DRAWING_SECONDS)
