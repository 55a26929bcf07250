from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import models
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as NotValid
from wagtail.blocks import StreamValue
from wagtail.search import index

from cms.editions.finished import Finished, Own, Report, Wanted
from cms.editions.frozen import Frozen
from cms.editions.models import Design, Edition
from cms.editions.previews import Sketch, View
from cms.editions.refusals import NotReady, in_words
from cms.infographics.body import Body
from cms.infographics.chosen import Reading
from cms.infographics.inputs import BLOCK_FORMS
from cms.infographics.override_input import Overrides
from cms.infographics.overrides import as_overrides, named
from cms.infographics.references import referenced, vanished
from cms.library.rights import refusals
from cms.missions.choices import Several, film_placements
from media_tools.alt_text import alt_text
from media_tools.clips.film import FORMAT
from media_tools.draft import drawable
from media_tools.errors import InvalidInput
from media_tools.infographic import THEMES
from media_tools.infographic import Infographic as Story
from media_tools.made import suited
from media_tools.open.document import problems
from media_tools.platforms import Placement
from media_tools.recipe import content_digest
from media_tools.spec.brand import Brand


def _themes() -> list[tuple[str, str]]:
    return [(name, name.capitalize()) for name in THEMES]


class Infographic(Design):
    """A list of blocks, written once; every placement's picture is made from it."""

    theme = models.CharField(_("theme"), max_length=40, choices=_themes, blank=True, help_text=_("Empty: the brand's."))
    date = models.CharField(
        _("day or period"), max_length=40, blank=True, help_text=_("What the page speaks of, in words: Early 2026.")
    )
    source = models.CharField(
        _("source"), max_length=160, blank=True, help_text=_("Who says so, where no block names its own source.")
    )
    carousel = models.BooleanField(
        _("carousel"), default=True,
        help_text=_("What one page cannot hold goes on more slides, where the platform takes several pictures."),
    )  # fmt: skip
    animated = Several(
        _("also as a clip"), options=film_placements, default=list, blank=True,
        help_text=_(
            "A clip of 6 to 20 seconds without sound, in which the blocks come one by one; its last picture is the "
            "still."
        ),
    )  # fmt: skip
    body = Body(BLOCK_FORMS, verbose_name=_("blocks"), blank=True)
    overrides = Overrides(
        _("differences by placement"), default=list, blank=True,
        help_text=_("What single placements show in another way. All else follows the blocks and their changes."),
    )  # fmt: skip

    search_fields = [*Design.search_fields, index.SearchField("body")]

    class Meta(Design.Meta):
        verbose_name = _("infographic")
        verbose_name_plural = _("infographics")

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        return (*super().wanted, *(Wanted(name, animated=True) for name in self.animated))

    @classmethod
    def slot(cls, wanted: Wanted) -> Placement:
        still = super().slot(wanted)
        return still.film if wanted.animated else still

    @classmethod
    def format_of(cls, wanted: Wanted) -> str:
        return FORMAT if wanted.animated else suited(cls.slot(wanted))

    def frozen(self) -> Frozen:
        missing = vanished(self.body)
        if missing:
            raise NotReady(missing)
        reading = Reading(self.language)
        raw = self.raw(reading)
        try:
            story = Story.model_validate(raw)
            brand = self.brand.to_spec()
        except NotValid as error:
            raise NotReady(self._in_words([*reading.problems, *problems(error)])) from error
        except InvalidInput as error:
            raise NotReady(self._in_words([*reading.problems, error])) from error
        wrong = [*reading.problems, *self.lacking(brand)]
        if wrong:
            raise NotReady(self._in_words(wrong))
        return self._frozen(story, brand)

    @classmethod
    def files(cls, edition: Edition, wanted: Sequence[Wanted], folder: Path, report: Report) -> Iterator[Finished]:
        from cms.infographics.drawing import draw_files

        return draw_files(edition, edition.brand, wanted, folder, report)

    @classmethod
    def own_files(
        cls, edition: Edition, own: Own, wanted: Sequence[Wanted], folder: Path, report: Report
    ) -> Iterator[Finished]:
        from cms.infographics.drawing import draw_files

        return draw_files(edition, own.brand, wanted, folder, report)

    def sketch(self) -> Sketch:
        reading = Reading(self.language)
        draft = drawable(self.raw(reading))
        missing = (*reading.problems, *draft.missing)
        spec, brand = (draft.story and draft.story.model_dump(mode="json")), None
        if self.brand_id is None:
            no_kit = InvalidInput(gettext("Brand kit"), gettext("is not chosen."), gettext("Choose one."))
            missing = (no_kit, *missing)
        else:
            try:
                brand = self.brand.to_spec().model_dump(mode="json")
            except InvalidInput as error:
                missing = (error, *missing)
        shown = referenced(self.body)
        originals = tuple((asset.file.name, asset.file_name) for asset in (*shown.images, *shown.drawings))
        views = (
            View("infographic", tuple(each for each in self.wanted if not each.animated)),
            View("animation", tuple(each for each in self.wanted if each.animated)),
        )
        refused = refusals((*shown.images, *shown.drawings))
        return Sketch(views, spec, brand, (*refused, *self._in_words(missing)), originals)

    def raw(self, reading: Reading) -> dict[str, Any]:
        """The story's JSON as far as it is filled in."""
        prefetch_related_objects(referenced(self.body).facts, "words")
        overrides = as_overrides(self.overrides, self.body, {*self.placements, *self.animated})
        keys = named(overrides)
        return {
            "version": 1,
            "language": self.language,
            "theme": self.theme,
            "date": self.date,
            "source": self.source,
            "qr": self.qr,
            "carousel": self.carousel,
            "blocks": [
                {"block": child.block_type, **_key(child, keys), **child.block.read(child.value, reading)}
                for child in self.body
            ],
            "overrides": overrides,
        }

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
            drawings=frozenset(shown.drawings),
            links=frozenset(shown.links),
            credits=tuple((each.credit, each.licence) for each in (*story.pictures, *story.artworks)),
            sources=tuple(story.sources),
        )

    def _in_words(self, wrong: Iterable[InvalidInput]) -> list[str]:
        labels = {f"blocks[{number}]": str(child.block.label) for number, child in enumerate(self.body)}
        return [in_words(problem, labels) for problem in wrong]


def _key(child: StreamValue.StreamChild, keys: Collection[str]) -> dict[str, str]:
    """Only for blocks that an override names: equal content stays equal, whatever ids its blocks have."""
    return {"key": child.id} if child.id in keys else {}
