"""What a draft looks like while it is typed: drawn by child processes, kept for nobody."""

import base64
import json
import textwrap
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from time import time, time_ns
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from cms.infographics.models import Infographic, in_words
from cms.infographics.references import referenced
from cms.jobs.easels import Easels, Superseded
from cms.library import originals
from media_tools.errors import MediaToolsError
from media_tools.made import write_whole
from media_tools.platforms import Placement, placements
from media_tools.preview import Preview
from media_tools.recipe import canonical_json

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
class KeptDraft:
    """A draft by value, for the requests that ask for its pictures."""

    session: str
    generation: int
    spec: dict[str, Any]
    brand: dict[str, Any]

    def picture(self, placement: str, width: int) -> Preview:
        """Raises MediaToolsError, and Superseded when somebody typed on."""
        easels: Easels = apps.get_app_config("jobs").easels
        return easels.preview((self.session, self.generation), self.spec, self.brand, placement, width)


def preview_page(request: HttpRequest, design: Infographic, mode: str) -> HttpResponse:
    """One placement large, or the sheet of all, and a list of what is missing."""
    draft, brand = design.draft()
    missing = [in_words(problem, design.body) for problem in draft.missing]
    context = {"design": design, "missing": missing, "mode": mode, "shown": []}
    if draft.story is not None and brand is not None:
        for image in referenced(design.body).images:
            originals.bring(image.file.name, image.file_name)
        kept = KeptDraft(
            f"{request.user.pk} {design.pk}", time_ns(), draft.story.model_dump(mode="json"),
            brand.model_dump(mode="json"),
        )  # fmt: skip
        context["shown"] = _sheet(kept, design) if mode == "sheet" else [_alone(kept, mode)]
    response = TemplateResponse(request, "infographics/preview.html", context)
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


def _sheet(draft: KeptDraft, design: Infographic) -> list[Shown]:
    names = dict(design.preview_modes)
    token = _keep(draft)
    return [
        Shown(name, names[name], placements()[name], reverse("draft_picture", args=[token, name]))
        for name in design.placements
        if name in names
    ]


def _alone(draft: KeptDraft, mode: str) -> Shown:
    slot = placements()[mode]
    label = gettext(slot.label)
    try:
        preview = draft.picture(mode, LARGE)
    except Superseded:
        return Shown(mode, label, slot, problem=gettext("A newer draft is being drawn."))
    except MediaToolsError as error:
        return Shown(mode, label, slot, problem=str(error))
    data = base64.b64encode(preview.content).decode("ascii")
    return Shown(mode, label, slot, f"data:image/webp;base64,{data}", left_out=preview.left_out)


def _keep(draft: KeptDraft) -> str:
    """Write the draft down under a name that nobody can guess without its content."""
    fields = {name: getattr(draft, name) for name in ("session", "generation", "spec", "brand")}
    content = canonical_json(fields)
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
