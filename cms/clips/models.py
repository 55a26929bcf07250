from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as NotValid

from cms.clips.cues import Cues, no_cues
from cms.clips.faces import Search, looking
from cms.clips.found_paths import FoundPath, as_found
from cms.clips.framings import Framed, Framing
from cms.clips.lower_thirds import LowerThird
from cms.clips.moments import Moment, written
from cms.clips.paths import FramePath, Paths, read_paths
from cms.clips.ranges import Edges, Range, beyond, in_order, raw_ranges
from cms.editions.finished import Finished, Own, Report, Wanted
from cms.editions.frozen import Frozen
from cms.editions.models import Design, Edition
from cms.editions.previews import Sketch, View
from cms.editions.refusals import NotReady, in_words
from cms.jobs.models import Job
from cms.library.models import Media
from cms.library.rights import refusals
from cms.links.models import Link
from cms.missions.choices import Several, film_aspects, film_placements
from media_tools.clips.film import FORMAT
from media_tools.clips.story import Clip as Story
from media_tools.clips.story import Fit
from media_tools.errors import InvalidInput
from media_tools.open.document import problems
from media_tools.platforms import Placement, placements
from media_tools.recipe import content_digest
from media_tools.spec.brand import Brand
from media_tools.spec.cues import Style

__all__ = ["Clip", "FoundPath", "Framing", "LowerThird", "Range"]

_USUAL = ("instagram.reel", "instagram.feed_portrait", "instagram.feed_square", "x.post")
_STYLES = (
    (Style.BOX.value, _("a dark box behind each line")),
    (Style.OUTLINE.value, _("a dark outline")),
    (Style.PLAIN.value, _("nothing: white letters alone")),
)
_STAND_IN = "…"
_SHORTEST = 1.0  # seconds of music: the library repeats no less


def usual_film_placements() -> list[str]:
    return list(_USUAL)


class Clip(Framed, Design):
    """A part of some footage with captions and an end card, in one language; every placement's clip is made from it."""

    placements = Several(_("placements"), options=film_placements, default=usual_film_placements)
    footage = models.ForeignKey(
        Media, null=True, on_delete=models.PROTECT, related_name="+", limit_choices_to={"type": "video"},
        verbose_name=_("footage"),
    )  # fmt: skip
    begins = Moment(_("in"), default=0, help_text=_("Where the clip begins in the footage: 0:09.4."))
    ends = Moment(_("out"), null=True, blank=True, help_text=_("Where it ends. Empty: with the footage."))
    titled = models.BooleanField(
        _("open with its title"), default=False,
        help_text=_("The title stands on the first picture of the footage, before that moves."),
    )  # fmt: skip
    title_kicker = models.CharField(
        _("words over it"), max_length=60, blank=True, help_text=_("What the clip belongs to: Expo 2025 Osaka.")
    )
    title_seconds = models.FloatField(
        _("seconds"), default=2.5, validators=[MinValueValidator(2), MaxValueValidator(5)],
        help_text=_("How long it stands, 2 to 5."),
    )  # fmt: skip
    paths = Paths(
        _("key frames"), default=dict, blank=True,
        help_text=_("Where a frame looks, and when. It stands on the subject where there are none."),
    )  # fmt: skip
    cues = Cues(
        _("captions"), default=no_cues, help_text=_("What is said, at times of the footage. Two never overlap.")
    )
    caption_style = models.CharField(
        _("set off by"), max_length=8, choices=_STYLES, default=Style.BOX.value,
        help_text=_("What keeps captions legible on the footage."),
    )  # fmt: skip
    caption_highlight = models.BooleanField(
        _("light the word that is heard"), default=False,
        help_text=_("Where the captions’ file says when each word is heard."),
    )  # fmt: skip
    music = models.ForeignKey(
        Media, null=True, blank=True, on_delete=models.PROTECT, related_name="+", limit_choices_to={"type": "audio"},
        verbose_name=_("music"),
        help_text=_("Lies under the whole clip, end card included, and is repeated where it is shorter."),
    )  # fmt: skip
    music_begins = Moment(_("begins at"), default=0, help_text=_("Where the music begins in its file: 0:09.4."))
    music_level = models.FloatField(
        _("loudness"), default=-8, validators=[MinValueValidator(-30), MaxValueValidator(6)],
        help_text=_(
            "In dB beside the footage’s own sound: -14 is quieter, -8 is normal, -2 is louder. While somebody speaks, "
            "it goes down by 12 dB more by itself."
        ),
    )  # fmt: skip
    card_verb = models.CharField(
        _("words"), max_length=60, blank=True,
        help_text=_("What the viewer is asked to do: See the pavilion. Empty: no end card."),
    )  # fmt: skip
    card_link = models.ForeignKey(
        Link, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("link")
    )
    card_seconds = models.FloatField(
        _("seconds"), default=3.5, validators=[MinValueValidator(3), MaxValueValidator(6)],
        help_text=_("How long it stands, 3 to 6."),
    )  # fmt: skip

    thumbnail_at = Moment(
        _("moment"), null=True, blank=True,
        help_text=_("Which picture of the footage it shows: 0:09.4. Empty: one from the first third."),
    )  # fmt: skip
    thumbnail_title = models.CharField(
        _("words"), max_length=60, blank=True, help_text=_("A few words over it. Empty: the clip’s title.")
    )

    class Meta(Design.Meta):
        verbose_name = _("clip")
        verbose_name_plural = _("clips")

    @classmethod
    def slot(cls, wanted: Wanted) -> Placement:
        return placements()[wanted.placement].film

    @classmethod
    def format_of(cls, wanted: Wanted) -> str:
        del wanted  # every platform takes it
        return FORMAT

    def frozen(self) -> Frozen:
        wrong = list(self._missing())
        try:
            story = Story.model_validate(self.raw())
            brand = self.brand.to_spec()
        except NotValid as error:
            raise NotReady(_in_words([*wrong, *self._wrong(error)])) from error
        except InvalidInput as error:
            raise NotReady(_in_words([*wrong, error])) from error
        wrong += self.lacking(brand)
        wrong += self._unframed()
        if wrong:
            raise NotReady(_in_words(wrong))
        return self._frozen(story, brand)

    @classmethod
    def files(cls, edition: Edition, wanted: Sequence[Wanted], folder: Path, report: Report) -> Iterator[Finished]:
        from cms.clips.filming import film_files

        return film_files(edition, wanted, folder, report)

    @classmethod
    def own_files(
        cls, edition: Edition, own: Own, wanted: Sequence[Wanted], folder: Path, report: Report
    ) -> Iterator[Finished]:
        from cms.clips.filming import own_film_files

        return own_film_files(edition, own, wanted, folder, report)

    @classmethod
    def shows_names(cls, edition: Edition) -> bool:
        """Its end card has them; all else of a clip is the same for every mission."""
        return edition.spec["end_card"] is not None

    def sketch(self) -> Sketch:
        missing, spec, brand = list(self._missing()), None, None
        if self.brand_id is None:
            missing.insert(0, InvalidInput(gettext("Brand kit"), gettext("is not chosen."), gettext("Choose one.")))
        else:
            try:
                brand = self.brand.to_spec().model_dump(mode="json")
            except InvalidInput as error:
                missing.insert(0, error)
        try:
            silent = {**self.raw(), "title": self.title or _STAND_IN, "music": None}  # a picture needs no sound
            spec = Story.model_validate(silent).model_dump(mode="json")
        except NotValid as error:
            missing += self._wrong(error)
        views = [View("clip", self.wanted)]
        if spec and spec["title_card"]:
            views.append(View("title_card", self.wanted, gettext("Title card"), on_sheet=False))
        if spec and spec["end_card"]:
            views.append(View("end_card", self.wanted, gettext("End card"), on_sheet=False))
        views.append(View("thumbnail", self.wanted, gettext("Thumbnail"), on_sheet=False))
        originals = ((self.footage.file.name, self.footage.file_name),) if self.footage else ()
        refused = refusals(media for media in (self.footage, self.music) if media)
        return Sketch(tuple(views), spec, brand, (*refused, *_in_words(missing)), originals)

    def save_revision(self, **options: Any) -> Any:
        """What was found since the last one is taken over, so that people see what will be submitted."""
        self._settle()
        return super().save_revision(**options)

    @property
    def shown(self) -> tuple[Edges, ...]:
        """All ranges of the footage, in order of showing."""
        return (Edges(self.begins, self.ends), *in_order(self.ranges.all()))

    def framed(self, aspect: str) -> Framed:
        return next((framing for framing in self.framings.all() if framing.aspect == aspect), self)

    @property
    def searches(self) -> dict[str, Search]:
        """What is to be found for the frames that follow faces, in whichever placements they are."""
        if self.footage is None:
            return {}
        following = {aspect: self.framed(aspect) for aspect, _label in film_aspects()}
        return {
            aspect: Search(self.footage.sha256, self.shown, aspect, framed.focal)
            for aspect, framed in following.items()
            if framed.fit == Fit.FACES
        }

    @property
    def unfound(self) -> list[str]:
        """The frames that follow faces that nobody has looked for."""
        return [aspect for aspect in self.searches if aspect not in self.paths]

    @property
    def outdated(self) -> list[str]:
        """The frames whose key frames were made for other footage, or another part of it."""
        searches = self.searches
        return [aspect for aspect, path in read_paths(self.paths).items() if self._is_outdated(aspect, path, searches)]

    def _is_outdated(self, aspect: str, path: FramePath, searches: Mapping[str, Search]) -> bool:
        if aspect in searches:
            return path.found != searches[aspect].digest
        shown = self.footage is not None and self.framed(aspect).fit != Fit.PAD
        return shown and path.footage not in ("", self.footage.sha256)

    def raw(self) -> dict[str, Any]:
        """The clip's JSON as far as it is filled in."""
        told: dict[str, Any] = {
            "version": 1,
            "language": self.language,
            "title": self.title,
            "footage": self._footage(),
            "captions": self.cues,
            "caption_look": {"style": self.caption_style, "highlight": self.caption_highlight},
            "qr": self.qr,
            "lower_thirds": [each.raw for each in sorted(self.lower_thirds.all(), key=lambda each: each.begins)],
        }
        if self.music:
            told["music"] = self._music(self.music)
        if self.titled:
            told["title_card"] = {"kicker": self.title_kicker, "seconds": self.title_seconds}
        if self.thumbnail_at is not None or self.thumbnail_title:
            at = None if self.thumbnail_at is None else self.thumbnail_at / 1000
            told["thumbnail"] = {"at": at, "title": self.thumbnail_title}
        if self.card_verb and self.card_link:
            link = {"url": self.card_link.address}
            told["end_card"] = {"verb": self.card_verb, "link": link, "seconds": self.card_seconds}
        return told

    def _footage(self) -> dict[str, Any]:
        footage = self.footage
        shown = {
            **raw_ranges(self.shown),
            "reframe": self._usual(),
            "by_aspect": self._by_aspect(),
        }
        if footage is None:
            return shown
        alt = self.alt_text or footage.description
        return {**shown, "path": footage.file_name, "alt": alt, "credit": footage.credit, "licence": footage.licence}

    def _music(self, music: Media) -> dict[str, Any]:
        sourced = {"path": music.file_name, "credit": music.credit, "licence": music.licence}
        return {**sourced, "start": self.music_begins / 1000, "level": self.music_level}

    def _usual(self) -> dict[str, Any]:
        """What holds for proportions that are on no list yet. No face is looked for while a file is made."""
        return {**self.reframe, "fit": Fit.CROP.value} if self.fit == Fit.FACES else self.reframe

    def _by_aspect(self) -> dict[str, dict[str, Any]]:
        told = {framing.aspect: framing.reframe for framing in self.framings.all()}
        for aspect, path in read_paths(self.paths).items():
            framed = self.framed(aspect)
            if framed.fit != Fit.PAD:
                told[aspect] = {**framed.reframe, "path": [key.model_dump(mode="json") for key in path.keys]}
        return told

    def _settle(self) -> None:
        """Take over what was found, but not in place of what somebody corrected."""
        if self.footage is None or not (self.paths or self.searches):
            return
        paths, searches = read_paths(self.paths), self.searches
        digests = {path.found for path in paths.values()} | {search.digest for search in searches.values()}
        found = {row.digest: row.path(self.footage) for row in FoundPath.objects.filter(digest__in=digests)}
        kept = {aspect: path for aspect, path in paths.items() if aspect in searches or not as_found(path, found)}
        for aspect, search in searches.items():
            old = kept.get(aspect)
            if search.digest in found and (old is None or (old.found != search.digest and as_found(old, found))):
                kept[aspect] = found[search.digest]
        made_for = {"footage": self.footage.sha256}
        settled = {aspect: path if path.footage else path.model_copy(update=made_for) for aspect, path in kept.items()}
        self.paths = {aspect: path.model_dump(mode="json") for aspect, path in settled.items()}

    def _unframed(self) -> Iterator[InvalidInput]:
        """People judge frames that they have seen, so no face is looked for behind their backs."""
        if self.unfound:
            field = gettext("Framing %(aspects)s") % {"aspects": ", ".join(self.unfound)}
            yield _still_to_be_found(field, looking(self.searches))
        if self.outdated:
            field = gettext("Framing %(aspects)s") % {"aspects": ", ".join(self.outdated)}
            why = gettext("has key frames that were made for other footage, or another part of it.")
            yield InvalidInput(field, why, gettext("Find faces again, or take the key frames out."))

    def _missing(self) -> Iterator[InvalidInput]:
        """What the file's own rules cannot say: they do not know that something was chosen by half."""
        if self.footage is None:
            yield InvalidInput(gettext("Footage"), gettext("is not chosen."), gettext("Choose one."))
        elif self.footage.duration:
            yield from beyond(self.shown, round(1000 * self.footage.duration))
            yield from self._past_the_end(self.footage.duration)
        if self.music and self.music.duration:
            yield from self._too_late(self.music.duration)
        if self.card_verb and not self.card_link:
            why, remedy = gettext("has words and no link."), gettext("Choose its link, or empty its words.")
            yield InvalidInput(gettext("End card"), why, remedy)
        if self.card_link and not self.card_verb:
            why, remedy = gettext("has a link and no words."), gettext("Say what the viewer is asked to do.")
            yield InvalidInput(gettext("End card"), why, remedy)

    def _past_the_end(self, length: float) -> Iterator[InvalidInput]:
        if self.thumbnail_at is not None and self.thumbnail_at >= 1000 * length:
            why = gettext("shows a moment after the footage’s end: it lasts %(length)s.")
            remedy = gettext("Choose an earlier moment, or leave it empty.")
            yield InvalidInput(gettext("Thumbnail"), why % {"length": written(round(1000 * length))}, remedy)

    def _too_late(self, length: float) -> Iterator[InvalidInput]:
        """Where less is left of music that lasts `length` seconds than can be repeated."""
        if self.music_begins / 1000 + _SHORTEST > length:
            why = gettext("begins too late: it lasts %(length)s.") % {"length": written(round(1000 * length))}
            remedy = gettext("Begin at least a second before its end, or choose longer music.")
            yield InvalidInput(gettext("Music"), why, remedy)

    def _wrong(self, error: NotValid) -> list[InvalidInput]:
        """What the file's rules say, without what `_missing` has said in better words."""
        return [problem for problem in problems(error) if self.footage or problem.field != "footage.path"]

    def _frozen(self, story: Story, brand: Brand) -> Frozen:
        footage = story.footage
        sourced = [footage, story.music] if story.music else [footage]
        return Frozen(
            spec=story.model_dump(mode="json"),
            brand=brand.model_dump(mode="json"),
            words={
                "title": self.title,
                "alt": footage.alt,
                "post": self.post_text,
                "short": self.post_short,
                "transcript": story.transcript,
            },
            campaign=self.campaign,
            message=self.message,
            content=content_digest(story, brand, lambda name: name.partition(".")[0]),
            footage=frozenset(media for media in (self.footage, self.music) if media),
            links=frozenset([self.card_link] if story.end_card else []),
            credits=tuple(dict.fromkeys((each.credit, each.licence) for each in sourced)),
        )


def _still_to_be_found(field: str, job: Job | None) -> InvalidInput:
    if job is not None and job.state in Job.OPEN:
        why = gettext("follows faces that are being looked for now.")
        return InvalidInput(field, why, gettext("Wait until they are found, look at the frames, and submit again."))
    if job is not None and job.state == Job.State.FAILED:
        why = gettext("follows faces, and looking for them failed: %(problem)s") % {"problem": job.problem}
        return InvalidInput(field, why, gettext("Or choose another framing."))
    if job is not None and job.state == Job.State.DONE:
        why = gettext("follows faces that have just been found.")
        return InvalidInput(field, why, gettext("Look at the frames, and submit again."))
    return InvalidInput(
        field, gettext("follows faces that nobody has looked for."), gettext("Find faces, then submit.")
    )


def _in_words(wrong: Iterable[InvalidInput]) -> list[str]:
    labels = {
        "footage.then": gettext("Further ranges"),
        "footage.start": gettext("In"),
        "footage.end": gettext("Out"),
        "captions.cues": gettext("Captions"),
        "lower_thirds": gettext("Lower thirds"),
        "end_card": gettext("End card"),
        "music": gettext("Music"),
        "footage": gettext("Footage"),
    }
    return [in_words(problem, labels) for problem in wrong]
