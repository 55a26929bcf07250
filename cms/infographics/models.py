from collections.abc import Iterator
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as NotValid
from wagtail.blocks import StreamValue
from wagtail.search import index

from cms.editions.frozen import Frozen
from cms.editions.models import Design
from cms.editions.refusals import NotReady
from cms.infographics.body import Body
from cms.infographics.inputs import BLOCK_FORMS, Reading
from cms.infographics.references import referenced, vanished
from cms.missions.choices import still_placements
from media_tools.alt_text import alt_text
from media_tools.draft import Draft, drawable
from media_tools.errors import InvalidInput, MediaToolsError
from media_tools.infographic import THEMES
from media_tools.infographic import Infographic as Story
from media_tools.open.document import problems
from media_tools.recipe import content_digest
from media_tools.spec.brand import Brand


def _themes() -> list[tuple[str, str]]:
    return [(name, name.capitalize()) for name in THEMES]


class Infographic(Design):
    """A list of blocks, written once; every placement's picture is made from it."""

    class QR(models.TextChoices):
        SECOND_DEVICE = "second_device", _("where a second device can see it")
        ALWAYS = "always", _("everywhere")
        NEVER = "never", _("nowhere: the address in letters")

    theme = models.CharField(_("theme"), max_length=40, choices=_themes, blank=True, help_text=_("Empty: the brand's."))
    date = models.CharField(
        _("day or period"), max_length=40, blank=True, help_text=_("What the page speaks of, in words: Early 2026.")
    )
    source = models.CharField(
        _("source"), max_length=160, blank=True, help_text=_("Who says so, where no block names its own source.")
    )
    qr = models.CharField(_("QR code"), max_length=20, choices=QR, default=QR.SECOND_DEVICE)
    body = Body(BLOCK_FORMS, verbose_name=_("blocks"), blank=True)

    search_fields = [*Design.search_fields, index.SearchField("body")]

    class Meta(Design.Meta):
        verbose_name = _("infographic")
        verbose_name_plural = _("infographics")

    def frozen(self) -> Frozen:
        missing = vanished(self.body)
        if missing:
            raise NotReady(missing)
        reading = Reading(self.language)
        raw = self.raw(reading)
        wrong = [*reading.problems, *self._unpublished()]
        try:
            story = Story.model_validate(raw)
            brand = self.brand.to_spec()
        except NotValid as error:
            raise NotReady([in_words(problem, self.body) for problem in (*wrong, *problems(error))]) from error
        if not self.placements:
            wrong.append(InvalidInput("placements", gettext("names nothing."), gettext("Tick at least one.")))
        if self.language not in brand.names:
            why = gettext("has no name of the ministry in “%(language)s”.") % {"language": self.language}
            wrong.append(InvalidInput(gettext("Brand kit"), why, gettext("Add it to the brand kit.")))
        if wrong:
            raise NotReady([in_words(problem, self.body) for problem in wrong])
        return self._frozen(story, brand)

    def draft(self) -> tuple[Draft, Brand | None]:
        """What can be drawn of it now, and what is missing for the rest. Raises MediaToolsError for a broken brand."""
        reading = Reading(self.language)
        draft = drawable(self.raw(reading))
        missing = (*reading.problems, *draft.missing)
        if self.brand_id is None:
            no_kit = InvalidInput(gettext("Brand kit"), gettext("is not chosen."), gettext("Choose one."))
            return Draft(None, (no_kit, *missing)), None
        return Draft(draft.story, missing), self.brand.to_spec()

    def raw(self, reading: Reading) -> dict[str, Any]:
        """The story's JSON as far as it is filled in."""
        prefetch_related_objects(referenced(self.body).facts, "words")
        return {
            "version": 1,
            "language": self.language,
            "theme": self.theme,
            "date": self.date,
            "source": self.source,
            "qr": self.qr,
            "blocks": [{"block": child.block_type, **child.block.read(child.value, reading)} for child in self.body],
        }

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        names = dict(still_placements())
        return [("sheet", _("All placements")), *((name, names[name]) for name in self.placements if name in names)]

    @property
    def default_preview_mode(self) -> str:
        return self.preview_modes[1][0] if len(self.preview_modes) > 1 else "sheet"

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        return [{"name": "panel", "icon": "desktop", "device_width": 760, "label": _("As wide as the panel")}]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        from cms.infographics.previews import preview_page  # it draws this model

        return preview_page(request, self, mode_name)

    def _unpublished(self) -> Iterator[InvalidInput]:
        """What it stands on must be agreed: missions read the campaign and the message beside it."""
        for row in (self.campaign, self.message):
            if row is not None and not row.live:
                why = gettext("“%(row)s” is a draft that nobody has published.") % {"row": row}
                yield InvalidInput(str(row._meta.verbose_name), why, gettext("Publish it, then submit."))

    def _frozen(self, story: Story, brand: Brand) -> Frozen:
        shown = referenced(self.body)
        words = {
            "title": self.title,
            "alt": self.alt_text or alt_text(story, brand),
            "post": self.post_text,
            "short": self.post_short,
        }
        return Frozen(
            spec=story.model_dump(mode="json"),
            brand=brand.model_dump(mode="json"),
            words=words,
            campaign=self.campaign,
            message=self.message,
            content=content_digest(story, brand, lambda name: name.partition(".")[0]),
            facts={fact: fact.shown_in(self.language) for fact in shown.facts},
            images=frozenset(shown.images),
            links=frozenset(shown.links),
        )


def in_words(problem: MediaToolsError, body: StreamValue) -> str:
    """A problem with its place in the form rather than in the file: Key figures, row 2, label …"""
    if not isinstance(problem, InvalidInput):
        return str(problem)
    place = problem.field
    for number, child in enumerate(body):
        place = place.replace(f"blocks[{number}]", str(child.block.label))
    place = place.replace("[", " ").replace("]", "").replace(".", ": ").replace("_", " ")
    return f"{place}: {problem.why} {problem.remedy}"
