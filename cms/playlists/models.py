from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable
from wagtail.search import index

from cms.accounts.models import User
from cms.clips.models import Clip
from cms.editions.models import Design
from cms.infographics.models import Infographic
from cms.missions.choices import content_languages
from cms.variants.models import Audience, Public, StoredFile, Variant, named
from media_tools.clips.playlist import Hearing, screens
from media_tools.clips.sidecars import caption_name
from media_tools.platforms import Placement, placements
from media_tools.spec.finding import Level


def screen_placements() -> list[tuple[str, str]]:
    return [(name, _(placements()[name].label)) for name in screens()]


class Playlist(index.Indexed, ClusterableModel):
    """What a screen in a hall shows, in order and without an end: clips and infographics in one language."""

    title = models.CharField(_("title"), max_length=120)
    placement = models.CharField(_("screen"), max_length=60, choices=screen_placements, default="screen.hd")
    language = models.CharField(_("language"), max_length=12, choices=content_languages)
    hearing = models.CharField(
        _("sound"), max_length=10, default=Hearing.BOTH.value,
        choices=[
            (Hearing.BOTH.value, _("A film with sound and one without")),
            (Hearing.SOUND.value, _("With sound")),
            (Hearing.SILENT.value, _("Without sound")),
        ],
    )  # fmt: skip

    search_fields = [index.SearchField("title"), index.AutocompleteField("title")]

    class Meta:
        verbose_name = _("playlist")
        verbose_name_plural = _("playlists")
        ordering = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def slot(self) -> Placement:
        return placements()[self.placement]

    @property
    def screen(self) -> str:
        return gettext(self.slot.label)


class Entry(Orderable):
    """A design in a playlist: an infographic or a clip, of which the playlist takes its own language's version."""

    playlist = ParentalKey(Playlist, on_delete=models.CASCADE, related_name="entries")
    clip = models.ForeignKey(
        Clip, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("clip")
    )
    infographic = models.ForeignKey(
        Infographic, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("infographic")
    )
    seconds = models.PositiveSmallIntegerField(
        _("seconds"), null=True, blank=True, validators=[MinValueValidator(2), MaxValueValidator(120)],
        help_text=_("How long an infographic stands that does not move. Empty: eight."),
    )  # fmt: skip

    class Meta(Orderable.Meta):
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.design)

    @property
    def design(self) -> Design:
        return self.clip or self.infographic

    def clean(self) -> None:
        if bool(self.clip) == bool(self.infographic):
            raise ValidationError(_("Choose a clip or an infographic; of both, one is enough."))


class FilmQuerySet(models.QuerySet["Film"]):
    def leaving(self, to: Audience) -> "FilmQuerySet":
        """Made films of which every part may leave to `to` at this moment: to staff who see playlists, and missions."""
        if isinstance(to, Public) or (isinstance(to, User) and not _may_see(to)):
            return self.none()
        parts = Variant.objects.leaving(to).filter(pk=OuterRef("variant"))
        held_back = FilmPart.objects.filter(~Exists(parts), film=OuterRef("pk"))
        return self.filter(~Exists(held_back), made_at__isnull=False)


def _may_see(person: User) -> bool:
    posted = person.is_active and getattr(person, "posting", None) is not None
    return posted or bool(person.has_perm("playlists.view_playlist"))


class Film(models.Model):
    """A playlist as it was ordered once: one film of parts that are frozen, with sound and without."""

    playlist = models.ForeignKey(Playlist, on_delete=models.CASCADE, related_name="films")
    digest = models.CharField(max_length=64, editable=False)
    wanted = models.JSONField(help_text="The playlist by value, as it was when it was ordered.")
    sound = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="playlist_films")
    silent = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="silent_playlist_films")
    thumbnail = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="playlist_thumbnails")
    seconds = models.FloatField(default=0)
    findings = models.JSONField(default=list)
    made_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FilmQuerySet.as_manager()
    wagtail_reference_index_ignore = True  # it can be made again, so it keeps no playlist in being

    class Meta:
        default_permissions = ()
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["playlist", "digest"], name="each_playlist_film_once")]

    def __str__(self) -> str:
        return f"{self.playlist} {self.digest[:12]}"

    @property
    def job_key(self) -> str:
        return f"playlist film {self.pk}"

    @property
    def refusals(self) -> list[dict[str, Any]]:
        return [finding for finding in self.findings if finding["level"] == Level.BLOCKING]

    @property
    def files(self) -> list[StoredFile]:
        """The films themselves."""
        return [file for file in (self.sound, self.silent) if file]

    def not_before(self, to: Audience) -> datetime | None:
        """From when all of it may be public, as far as `to` is told."""
        parts = Variant.objects.leaving(to).filter(pk__in=self.parts.values("variant"))
        return max(filter(None, (getattr(part, "not_before", None) for part in parts)), default=None)

    def name_of(self, key: str, to: Audience) -> str | None:
        """What people's computers call one of its objects; None for one that is none of its."""
        public_at = self.not_before(to)
        wait = f"_not-before-{public_at.astimezone(UTC):%Y%m%dT%H%MZ}" if public_at else ""
        stem = f"{named(self.playlist)}_{self.wanted['language']}_{self.wanted['placement']}{wait}"
        ending = PurePosixPath(key).suffix
        if any(file and file.key == key for file in (self.sound, self.thumbnail)):
            return f"{stem}{ending}"
        if self.silent and self.silent.key == key:
            return f"{stem}_silent{ending}"
        if self.words.filter(file__key=key).exists():
            return f"{caption_name(stem, self.wanted['language'])}{ending}"
        return None


class FilmPart(models.Model):
    """A finished file inside a film, in its order."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="parts")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["film", "number"], name="each_film_part_once")]

    def __str__(self) -> str:
        return self.variant.edition.title


_KINDS = {"srt": _("Captions (SRT)"), "vtt": _("Captions (VTT)"), "txt": _("Transcript")}


class FilmWords(models.Model):
    """Captions or the transcript of a whole film."""

    film = models.ForeignKey(Film, on_delete=models.CASCADE, related_name="words")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="playlist_words")

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["film", "file"], name="each_film_words_once")]

    def __str__(self) -> str:
        return self.kind

    @property
    def kind(self) -> str:
        return str(_KINDS[PurePosixPath(self.file.key).suffix[1:]])


def holding(key: str) -> Q:
    """Films that have an object among theirs."""
    return Q(sound__key=key) | Q(silent__key=key) | Q(thumbnail__key=key) | Q(words__file__key=key)
