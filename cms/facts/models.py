from decimal import Decimal

from django.conf import settings
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from cms.missions.choices import content_languages
from cms.missions.words import Worded
from media_tools.errors import InvalidInput
from media_tools.spec.figure import Bound, Figure, Notation
from media_tools.spec.language import Language


class Fact(
    Worded,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    index.Indexed,
    ClusterableModel,
):
    """A figure with what makes it a fact: unit, day, source, owner. Its value exists once, its words per language."""

    class Notation(models.TextChoices):
        NUMBER = Notation.NUMBER, _("a number")
        PERCENT = Notation.PERCENT, _("a percentage")
        GROWTH = Notation.GROWTH, _("growth in per cent, with its sign")

    class Bound(models.TextChoices):
        EXACT = Bound.EXACT, _("exactly")
        ABOUT = Bound.ABOUT, _("about")
        AT_LEAST = Bound.AT_LEAST, _("at least")

    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("A short name, for ever: expo-visitors."))
    value = models.DecimalField(_("value"), max_digits=21, decimal_places=6)
    notation = models.CharField(_("written as"), max_length=10, choices=Notation, default=Notation.NUMBER)
    bound = models.CharField(_("how exact"), max_length=10, choices=Bound, default=Bound.EXACT)
    as_of = models.DateField(
        _("as of"), help_text=_("The day that the figure describes, or the last day of its period.")
    )
    source = models.CharField(_("source"), max_length=160, help_text=_("Who says so, and when."))
    source_address = models.URLField(_("address of the source"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, verbose_name=_("owner")
    )
    look_again = models.DateField(_("look again on"), null=True, blank=True)

    search_fields = [
        index.SearchField("key"),
        index.AutocompleteField("key"),
        index.SearchField("source"),
        index.RelatedFields("words", [index.SearchField("label"), index.AutocompleteField("label")]),
    ]

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["key"]

    def __str__(self) -> str:
        words = self.for_reader()
        if words is None:
            return self.key
        figure = self._figure(label=words.label, unit=words.unit)
        return figure.said(Language(words.language), "latn")

    def to_spec(self, language: str) -> Figure:
        """The figure in `language`. Raises InvalidInput when the fact has no words in it."""
        words = {row.language: row for row in self.words.all()}.get(language)
        if words is None:
            raise InvalidInput(
                f"fact {self.key}", f"has no words in '{language}'.", "Add them to the fact, under Words."
            )
        return self._figure(
            label=words.label,
            unit=words.unit,
            as_of=words.as_of or str(self.as_of.year),
            source=words.source or self.source,
        )

    def shown_in(self, language: str) -> str:
        """All that readers of `language` are told, on one line: what editions remember. Raises InvalidInput."""
        figure = self.to_spec(language)
        said = figure.said(Language(language), "latn")
        return f"{said}, {figure.as_of}. {figure.source}"

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        readings = [(row.get_language_display(), row.language, self.to_spec(row.language)) for row in self.words.all()]
        written = [(name, tag, figure, figure.written(Language(tag), "latn")) for name, tag, figure in readings]
        return TemplateResponse(request, "facts/preview.html", {"fact": self, "readings": written})

    def _figure(self, **words: str) -> Figure:
        value = Decimal(self.value).normalize()
        plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        return Figure(value=plain, notation=self.notation, bound=self.bound, fact=self.key, **words)


class FactWords(models.Model):
    """What a fact counts, said in one language."""

    fact = ParentalKey(Fact, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=12, choices=content_languages)
    label = models.CharField(_("what it counts"), max_length=120)
    unit = models.CharField(_("unit"), max_length=24, blank=True, help_text=_("Beside the amount: a day, of 98."))
    as_of = models.CharField(_("as of, in words"), max_length=40, blank=True, help_text=_("Empty: the year."))
    source = models.CharField(_("source, in words"), max_length=160, blank=True, help_text=_("Empty: as above."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "language"], name="one_wording_a_language")]
        ordering = ["pk"]
