from decimal import Decimal
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from pydantic import ValidationError as NotValid
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from cms.missions.choices import content_languages
from cms.missions.words import Worded
from media_tools.errors import InvalidInput
from media_tools.open.document import problems
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
        try:
            figure = self._figure(label=words.label, unit=words.unit)
        except InvalidInput:  # lists and choosers name every fact, also one that nobody can use yet
            return self.key
        return figure.said(Language(words.language), "latn")

    def clean(self) -> None:
        super().clean()
        _ask_the_library(value=self.value, notation=self.notation, bound=self.bound, source=self.source)

    def to_spec(self, language: str) -> Figure:
        """The figure in `language`. Raises InvalidInput when the fact has no words in it, or none that can be shown."""
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
        readings = [self._reading(row) for row in self.words.all()]
        return TemplateResponse(request, "facts/preview.html", {"fact": self, "readings": readings})

    def _reading(self, words: "FactWords") -> dict[str, Any]:
        """What readers of one language get, or the problem that stands in the way."""
        reading = {"name": words.get_language_display(), "tag": words.language}
        try:
            figure = self.to_spec(words.language)
        except InvalidInput as problem:
            return {**reading, "problem": problem}
        return {**reading, "figure": figure, "written": figure.written(Language(words.language), "latn")}

    def _figure(self, **words: str) -> Figure:
        value = Decimal(self.value).normalize()
        plain = value.quantize(Decimal(1)) if value == value.to_integral_value() else value
        try:
            return Figure(value=plain, notation=self.notation, bound=self.bound, fact=self.key, **words)
        except NotValid as error:
            first = problems(error)[0]
            raise InvalidInput(f"fact {self.key}.{first.field}", first.why, first.remedy) from error


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

    def clean(self) -> None:
        super().clean()
        _ask_the_library(label=self.label, unit=self.unit, as_of=self.as_of, source=self.source)


def _ask_the_library(**filled: Any) -> None:
    """Raises ValidationError for each field whose content a figure refuses. What is empty, the form asks for."""
    try:
        Figure.model_validate({"value": 0, "label": "-", **filled})
    except NotValid as error:
        wrong = {problem.field: f"{problem.why} {problem.remedy}" for problem in problems(error)}
        sayable = {name: ValidationError(words) for name, words in wrong.items() if filled.get(name) not in (None, "")}
        if sayable:
            raise ValidationError(sayable) from error
