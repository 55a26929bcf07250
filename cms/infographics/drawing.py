"""The files of an infographic's edition, drawn by child processes one after another."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from django.apps import apps

from cms.editions.finished import Finished, Page, Report
from cms.editions.models import Edition
from cms.infographics.findings import typed_figures
from cms.jobs.easels import Easels
from media_tools.easel import Drawn
from media_tools.errors import MediaToolsError
from media_tools.platforms import placements
from media_tools.spec.finding import Finding


def draw_files(edition: Edition, wanted: Sequence[str], folder: Path, report: Report) -> Iterator[Finished]:
    """A placement that cannot be drawn says why, and the others are drawn all the same."""
    easels: Easels = apps.get_app_config("jobs").easels
    typed = tuple(typed_figures(edition.spec))
    for number, placement in enumerate(wanted):
        report(number / len(wanted), [placement])
        kind = edition.kind.format_of(placements()[placement])
        try:
            drawn = easels.still(edition.spec, edition.brand, placement, kind, folder)
        except MediaToolsError as error:
            yield Finished(placement, problem=error)
            continue
        yield _finished(drawn, typed)


def _finished(drawn: Drawn, typed: tuple[Finding, ...]) -> Finished:
    still = drawn.still
    several = len(still.alts) > 1
    files = enumerate(drawn.pages, start=1) if drawn.pages else enumerate(still.slides, start=2)
    return Finished(
        still.placement,
        still.path,
        still.width,
        still.height,
        findings=(*still.findings, *typed),
        thumbnail=drawn.thumbnail,
        alt=still.alts[0] if several else "",
        pages=tuple(Page(number, path, still.alts[number - 1] if several else "") for number, path in files),
    )
