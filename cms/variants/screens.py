"""What the screens about files show, read in a constant number of queries."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from uuid import UUID

from django.db.models import Count
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from cms.editions.finished import Wanted
from cms.editions.models import Approval, Edition, Submission
from cms.jobs.models import Job, time_left
from cms.jobs.queue import worker_is_silent
from cms.library.models import Drawing, Image, Media, Sourced
from cms.library.rights import over, refusals
from cms.missions.models import Mission
from cms.variants.models import Variant
from media_tools.platforms import Placement, placements

SIGNS = {"ready": "positive", "refused": "critical", "failed": "critical", "making": "info", "waiting": "neutral"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One file in the table: its row, and the job that makes it."""

    variant: Variant
    job: Job | None

    @property
    def state(self) -> str:
        job = self.job.state if self.job else None
        if job in (Job.State.FAILED, Job.State.CANCELLED) and self.variant.state in Variant.OPEN:
            return str(Variant.State.FAILED)
        if job == Job.State.WAITING and self.variant.state == Variant.State.FAILED:
            return str(Variant.State.WAITING)  # its next run makes what failed
        return str(self.variant.state)

    @property
    def label(self) -> str:
        return str(Variant.State(self.state).label)

    @property
    def problem(self) -> str:
        """Why it failed, in the worker's words: English."""
        if self.state != Variant.State.FAILED:
            return ""
        return self.variant.problem or (self.job.problem if self.job else "")

    @property
    def cancelled(self) -> bool:
        return self.state == Variant.State.FAILED and not self.problem

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


@dataclass(frozen=True, slots=True)
class OfMission:
    """How many own files a mission has of a design, by state."""

    mission: Mission
    states: dict[str, int]

    @property
    def shown(self) -> list[tuple[str, str, int]]:
        """Sign, label and number of each state that there is."""
        order = [str(state) for state in Variant.State]
        return [
            (SIGNS.get(state, "neutral"), str(Variant.State(state).label), self.states[state])
            for state in sorted(self.states, key=order.index)
        ]


@dataclass
class Files:
    """Every file of a design: placements down, languages across, each language at its newest submission."""

    translation_key: UUID
    submissions: dict[str, Submission] = field(init=False)

    def __post_init__(self) -> None:
        rows = Submission.objects.filter(edition__translation_key=self.translation_key).select_related("edition")
        self.submissions = {row.edition.language: row for row in rows.order_by("at", "pk")}

    @property
    def editions(self) -> dict[str, Edition]:
        return {language: submission.edition for language, submission in self.submissions.items()}

    @property
    def kinds(self) -> set[int]:
        """Whether it is an infographic or a clip, by the content type's key; empty while nothing was submitted."""
        return {edition.design_type_id for edition in self.editions.values()}

    @cached_property
    def refusals(self) -> list[str]:
        """What these files show and may not be used any more: they are not taken away."""
        shown = {"editions__edition__in": list(self.editions.values())}
        kinds: tuple[type[Sourced], ...] = (Image, Drawing, Media)
        assets = [asset for kind in kinds for asset in kind._default_manager.filter(over(), **shown).distinct()]
        return list(refusals(assets))

    @cached_property
    def jobs(self) -> dict[str, Job]:
        keys = [key_of(edition) for edition in self.editions.values()]
        return {job.key: job for job in Job.objects.filter(key__in=keys).order_by("created_at", "pk")}

    @cached_property
    def cells(self) -> dict[tuple[Wanted, str], Cell]:
        rows = (
            Variant.objects.filter(edition__in=self.editions.values(), mission=None)
            .select_related("edition", "file", "thumbnail")
            .order_by("pk")
        )
        return {
            (row.wanted, row.edition.language): Cell(row, self.jobs.get(key_of(row.edition)))
            for row in rows
            if row.wanted in self.submissions[row.edition.language].wanted
        }

    @cached_property
    def missions(self) -> list[OfMission]:
        """Those that asked for files of their own, under whichever name they had."""
        rows = Variant.objects.filter(edition__in=self.editions.values()).exclude(mission=None)
        found: dict[int, dict[str, int]] = {}
        for mission, state, count in rows.values_list("mission", "state").annotate(count=Count("pk")).order_by():
            found.setdefault(mission, {})[state] = count
        return [OfMission(each, found[each.pk]) for each in Mission.objects.filter(pk__in=found)]

    @property
    def table(self) -> list[tuple[str, Placement, list[Cell | None]]]:
        kinds = {wanted: cell.variant.edition.kind for (wanted, _language), cell in self.cells.items()}
        return [
            (each.label, kinds[each].slot(each), [self.cells.get((each, language)) for language in self.editions])
            for each in in_order(kinds)
        ]

    @property
    def counts(self) -> dict[str, int]:
        states = [cell.state for cell in self.cells.values()]
        return {state: states.count(state) for state in SIGNS if state in states}

    @property
    def made(self) -> int:
        return sum(cell.state not in (*Variant.OPEN, Variant.State.FAILED) for cell in self.cells.values())

    @property
    def share(self) -> float:
        """How far everything is, 0 to 1; a file that takes minutes counts with what is done of it."""
        if not self.cells or not self.working:
            return self.made / max(1, len(self.cells))
        shares = [job.done / max(1, job.total) for job in self.jobs.values()]
        return sum(shares) / len(shares)

    @property
    def time_left(self) -> str:
        return time_left(list(self.jobs.values()))

    @property
    def working(self) -> bool:
        return any(job.state in Job.OPEN for job in self.jobs.values())

    @cached_property
    def silent(self) -> bool:
        """Whether something waits for a worker, and none answers."""
        return self.working and worker_is_silent()

    @property
    def tag(self) -> str:
        """Changes when anything on the page does."""
        states = ",".join(cell.state for cell in self.cells.values())
        shown = f"{states} {self.working} {self.silent} {self.share:.2f}"
        return f'"{sha256(shown.encode()).hexdigest()[:16]}"'


@dataclass(frozen=True)
class Pair:
    """What would go out, beside what was approved before."""

    new: Variant
    old: Variant | None

    @property
    def changed(self) -> bool:
        return self.old is None or self.old.file_id != self.new.file_id


@dataclass(frozen=True, slots=True)
class Grouped:
    """One finding, said once for all the placements that have it."""

    level: str
    message: str
    remedy: str
    placements: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """Everything that an approver looks at."""

    submission: Submission

    @property
    def edition(self) -> Edition:
        return self.submission.edition

    @cached_property
    def approval(self) -> Approval | None:
        """The last yes to another content of the same design."""
        same = Approval.objects.filter(
            edition__design_type=self.edition.design_type_id, edition__design_id=self.edition.design_id
        )
        return same.exclude(edition=self.edition).select_related("edition").first()

    @property
    def approved(self) -> Edition | None:
        return self.approval.edition if self.approval else None

    @cached_property
    def pairs(self) -> list[Pair]:
        """Changed ones first."""
        before: dict[Wanted, Variant] = {}
        if self.approval:
            judged = [row.wanted for row in self.approval.placements.all()]
            before = {row.wanted: row for row in _files(self.approval.edition, judged)}
        pairs = [Pair(row, before.get(row.wanted)) for row in _files(self.edition, self.submission.wanted)]
        return sorted(pairs, key=lambda pair: not pair.changed)

    @property
    def findings(self) -> list[Grouped]:
        return list(grouped(pair.new for pair in self.pairs))

    @property
    def words(self) -> list[tuple[str, str, str]]:
        """Heading, what was approved before, what would go out."""
        headings = {
            "transcript": _("What is said"), "post": _("Post text"), "short": _("Short post text"),
            "alt": _("Alt text"),
        }  # fmt: skip
        before = self.approved.words if self.approved else {}
        return [
            (str(heading), before.get(name, ""), self.edition.words[name])
            for name, heading in headings.items()
            if self.edition.words.get(name)
        ]


def grouped(variants: Iterable[Variant]) -> Iterator[Grouped]:
    """Blocking findings first; equal ones together."""
    found = [
        (finding["level"] != "blocking", finding["level"], finding["message"], finding["remedy"], variant.wanted)
        for variant in variants
        for finding in variant.findings
    ]
    for (_order, level, message, remedy), rows in groupby(sorted(found), key=lambda row: row[:4]):
        yield Grouped(level, message, remedy, tuple(str(row[4]) for row in rows))


def key_of(edition: Edition) -> str:
    """The key of the job that makes an edition's files."""
    return f"edition {edition.pk}"


def in_order(files: Iterable[Wanted]) -> list[Wanted]:
    """As the sheet has their placements, each clip after its still."""
    order = list(placements())
    return sorted(files, key=lambda each: (order.index(each.placement), each.animated))


def _files(edition: Edition, wanted: Iterable[Wanted]) -> Sequence[Variant]:
    rows = edition.variants.filter(mission=None).among(wanted).select_related("edition", "file", "thumbnail")
    found = {row.wanted: row for row in rows.prefetch_related("sidecars__file")}
    return [found[each] for each in in_order(found)]
