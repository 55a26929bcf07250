"""What a draft looks like while it is typed: drawn by child processes, kept for nobody."""

import base64
import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from html import escape
from pathlib import Path
from time import time, time_ns
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms.editions.finished import Wanted
from cms.jobs.easels import Easels, Superseded
from cms.library import originals
from media_tools.errors import MediaToolsError
from media_tools.made import write_whole
from media_tools.platforms import Placement, placements
from media_tools.preview import Preview
from media_tools.recipe import canonical_json

if TYPE_CHECKING:
    from cms.editions.models import Design

SMALL, LARGE = 320, 720  # px wide: on the sheet, and alone in the panel
_KEPT = 24 * 3600  # seconds


@dataclass(frozen=True, slots=True)
class Shown:
    """One placement on the page: its covered edges in per cent, and the picture where it is drawn already."""

    name: str
    label: str
    slot: Placement
    source: str = ""
    problem: str = ""
    left_out: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    """The other slides of a carousel."""
    seconds: float = 0
    """How long it plays, where the picture shows moments of a clip."""

    @property
    def covered(self) -> dict[str, float]:
        area = self.slot.safe_area
        return {side: round(100 * getattr(area, side), 1) for side in ("top", "right", "bottom", "left")}

    @property
    def right_edge(self) -> str:
        return f"{100 - self.covered['right']:g}"

    @property
    def bottom_edge(self) -> str:
        return f"{100 - self.covered['bottom']:g}"


@dataclass(frozen=True, slots=True)
class View:
    """What can be seen of a draft, by the easel's own word, and for which of its files."""

    drawn_by: str
    wanted: tuple[Wanted, ...]
    label: str = ""
    """Empty: the file's own."""
    on_sheet: bool = True


@dataclass(frozen=True, slots=True)
class Sketch:
    """A draft by value as far as it is filled in, and a sentence for everything that is missing."""

    views: tuple[View, ...]
    spec: dict[str, Any] | None
    """None where nothing can be drawn yet."""
    brand: dict[str, Any] | None
    missing: tuple[str, ...]
    originals: tuple[tuple[str, str], ...] = ()
    """Key in the private store and name of each file that it shows."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft by value, for the requests that ask for its pictures."""

    session: str
    generation: int
    spec: dict[str, Any]
    brand: dict[str, Any]
    view: str = ""

    def picture(self, placement: str, width: int) -> Preview:
        """Raises MediaToolsError, and Superseded when somebody typed on."""
        easels: Easels = apps.get_app_config("jobs").easels
        draft = (self.session, self.generation)
        return easels.preview(draft, self.view, self.spec, self.brand, placement, width)


def preview_page(request: HttpRequest, design: "Design", mode: str) -> HttpResponse:
    """One placement large, or the sheet of all, and a list of what is missing."""
    sketch = design.sketch()
    context = {"design": design, "missing": sketch.missing, "mode": mode, "shown": []}
    if sketch.spec is not None and sketch.brand is not None:
        for key, name in sketch.originals:
            originals.bring(key, name)
        session = f"{request.user.pk} {design._meta.label_lower} {design.pk}"
        kept = KeptDraft(session, time_ns(), sketch.spec, sketch.brand)
        alone = mode != "sheet"
        context["shown"] = list(_alone(kept, sketch, design, mode) if alone else _sheet(kept, sketch, design))
    response = TemplateResponse(request, "editions/preview.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def draft_picture(request: HttpRequest, token: str, placement: str) -> HttpResponse:
    """A small picture of a kept draft; a reason in its place where it cannot be drawn."""
    path = _path(token)
    if placement not in placements() or not path.exists():
        raise Http404
    draft = KeptDraft(**json.loads(path.read_text(encoding="utf-8")))
    try:
        preview = draft.picture(placement, SMALL)
    except Superseded:
        return HttpResponse(status=409)  # the page that asked is gone
    except MediaToolsError as error:
        return HttpResponse(_in_a_picture(str(error)), content_type="image/svg+xml")
    response = HttpResponse(preview.content, content_type="image/webp")
    response.headers["Cache-Control"] = "private, max-age=600"
    return response


def forget_drafts() -> None:
    """Take away drafts that nobody has looked at for a day."""
    for path in Path(settings.DRAFTS).glob("*.json"):
        if path.stat().st_mtime < time() - _KEPT:
            path.unlink(missing_ok=True)


def _sheet(draft: KeptDraft, sketch: Sketch, design: "Design") -> Iterator[Shown]:
    for view in sketch.views:
        shown = [each for each in view.wanted if view.on_sheet and each.placement in placements()]
        token = _keep(replace(draft, view=view.drawn_by)) if shown else ""
        for each in shown:
            address = reverse("draft_picture", args=[token, each.placement])
            yield Shown(each.placement, each.label, design.slot(each), address)


def _alone(draft: KeptDraft, sketch: Sketch, design: "Design", placement: str) -> Iterator[Shown]:
    for view in sketch.views:
        for each in view.wanted:
            if each.placement == placement:
                seen = replace(draft, view=view.drawn_by)
                yield _drawn(seen, design.slot(each), view.label or each.label)


def _drawn(draft: KeptDraft, slot: Placement, label: str) -> Shown:
    try:
        preview = draft.picture(slot.name, LARGE)
    except Superseded:
        return Shown(slot.name, label, slot, problem=gettext("A newer draft is being drawn."))
    except MediaToolsError as error:
        return Shown(slot.name, label, slot, problem=str(error))
    source, *more = (_embedded(content) for content in (preview.content, *preview.more))
    return Shown(
        slot.name, label, slot, source, left_out=preview.left_out, more=tuple(more), seconds=preview.seconds
    )  # fmt: skip


def _embedded(picture: bytes) -> str:
    return f"data:image/webp;base64,{base64.b64encode(picture).decode('ascii')}"


def _keep(draft: KeptDraft) -> str:
    """Write the draft down under a name that nobody can guess without its content."""
    content = canonical_json(asdict(draft))
    token = sha256(settings.SECRET_KEY.encode() + content).hexdigest()
    Path(settings.DRAFTS).mkdir(parents=True, exist_ok=True)
    write_whole(_path(token), content)
    return token


def _path(token: str) -> Path:
    if not (len(token) == 64 and token.isalnum()):
        raise Http404
    return Path(settings.DRAFTS) / f"{token}.json"


def _in_a_picture(words: str) -> str:
    lines = "".join(f'<tspan x="16" dy="22">{escape(line)}</tspan>' for line in textwrap.wrap(words, 38))
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 200"><rect width="320" height="200" fill="#f6e3df"/>'
        f'<text y="16" font-family="sans-serif" font-size="15" fill="#7a1f10">{lines}</text></svg>'
    )
