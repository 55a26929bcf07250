"""Faces are looked for once in a piece of footage; what is found is kept under what was looked for."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cms.accounts.models import User
from cms.clips.ranges import Edges
from cms.jobs.models import Job
from cms.jobs.queue import enqueue
from cms.library.models import Media
from media_tools.platforms import placements
from media_tools.recipe import canonical_json
from media_tools.spec.geometry import Size

KIND = "clips.find_faces"


@dataclass(frozen=True, slots=True)
class Search:
    """A frame that is to follow the faces in some ranges of footage; it looks at `focal` while there is nobody."""

    footage: str
    ranges: tuple[Edges, ...]
    aspect: str
    focal: tuple[float, float]

    @property
    def digest(self) -> str:
        first, *others = ([each.begins, each.ends] for each in self.ranges)
        told = [self.footage, *first, self.aspect, list(self.focal), *([others] if others else [])]
        return hashlib.sha256(canonical_json(told)).hexdigest()


def largest(aspect: str) -> Size:
    """Of the frames of some proportions the one with most px: how near a face may be brought depends on them."""
    sizes = (placement.film.size for placement in placements().values() if placement.moving)
    return max((size for size in sizes if size.aspect == aspect), key=lambda size: size.width)


def key_of(searches: Iterable[Search]) -> str:
    digests = sorted(search.digest for search in searches)
    return f"faces {hashlib.sha256(canonical_json(digests)).hexdigest()}"


def look(footage: Media, searches: Iterable[Search], owner: User | None) -> Job:
    """A job that finds all of them; while there is one, that one."""
    wanted = list(searches)
    ranges = [[each.begins, each.ends] for each in wanted[0].ranges]
    frames = [{"digest": each.digest, "aspect": each.aspect, "focal": list(each.focal)} for each in wanted]
    return enqueue(
        KIND, key_of(wanted), owner=owner, footage=footage.file.name, name=footage.file_name, ranges=ranges,
        frames=frames,
    )  # fmt: skip


def looking(searches: Mapping[str, Search]) -> Job | None:
    """The newest job for just these."""
    return Job.objects.filter(key=key_of(searches.values())).order_by("-pk").first() if searches else None


def told(job: Job) -> dict[str, Any]:
    """How far it is, for a screen."""
    return {"state": job.state, "done": job.done, "total": job.total, "problem": job.problem}
