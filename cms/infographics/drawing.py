"""The files of an infographic's edition, drawn by child processes one after another."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import apps

from cms.editions.finished import Finished, Report
from cms.editions.models import Edition
from cms.infographics.findings import typed_figures
from cms.jobs.easels import Easels
from media_tools.errors import MediaToolsError


def draw_files(edition: Edition, wanted: Sequence[str], folder: Path, report: Report) -> Iterator[Finished]:
    """A placement that cannot be drawn says why, and the others are drawn all the same."""
    easels: Easels = apps.get_app_config("jobs").easels
    typed = tuple(typed_figures(edition.spec))
    for number, placement in enumerate(wanted):
        report(number / len(wanted), [placement])
        try:
            drawn = easels.still(edition.spec, edition.brand, placement, edition.kind.FORMAT, folder)
        except MediaToolsError as error:
            yield Finished(placement, problem=error)
            continue
        still = drawn.still
        findings = (*still.findings, *typed)
        yield Finished(placement, still.path, still.width, still.height, findings=findings, thumbnail=drawn.thumbnail)
