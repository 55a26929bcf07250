from collections.abc import Iterable
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin, LockableMixin, PreviewableMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from cms.accounts.models import User
from cms.missions.choices import content_languages
from cms.missions.words import Worded

HELD, LIFTED = "attache.hold", "attache.lift_hold"
"""What the history of a campaign calls them."""


class Campaign(
    Worded,
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    index.Indexed,
    ClusterableModel,
):
    """A period of communication with a purpose. One row, with its words per language."""

    name = models.CharField(_("name"), max_length=120, help_text=_("As headquarters calls it."))
    slug = models.SlugField(_("short name"), max_length=60, unique=True, help_text=_("It stands in addresses."))
    starts = models.DateField(_("begins"))
    ends = models.DateField(_("ends"), null=True, blank=True)
    held = models.BooleanField(
        _("on hold"), default=False, editable=False, help_text=_("Nothing of it leaves: for crises.")
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-starts"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("starts")),
                name="campaign_ends_after_it_begins",
                violation_error_message=_("The campaign ends before it begins. Correct one of the two days."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """A hold is set and lifted by itself alone: an older copy of the row that is saved meanwhile lifts none."""
        if update_fields is None and type(self).objects.filter(pk=self.pk).exists():
            fields = {field.name for field in self._meta.concrete_fields if not field.primary_key}
            update_fields = (fields | {row.get_accessor_name() for row in get_all_child_relations(self)}) - {"held"}
        super().save(update_fields=update_fields, **options)

    def hold(self, by: User) -> None:
        self._set_held(True, HELD, by)

    def lift_hold(self, by: User) -> None:
        self._set_held(False, LIFTED, by)

    @transaction.atomic
    def _set_held(self, held: bool, action: str, by: User) -> None:
        if Campaign.objects.exclude(held=held).filter(pk=self.pk).update(held=held):
            log(instance=self, action=action, user=by)
        self.held = held

    def with_content_json(self, content: dict[str, Any]) -> "Campaign":
        """A draft says nothing of the hold: publishing an old one must not lift it."""
        draft: Campaign = super().with_content_json(content)
        draft.held = self.held
        return draft

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return TemplateResponse(request, "campaigns/preview.html", {"campaign": self})


class CampaignWords(models.Model):
    """A campaign's title and purpose in one language."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=12, choices=content_languages)
    title = models.CharField(_("title"), max_length=120)
    purpose = models.CharField(_("purpose"), max_length=300, blank=True, help_text=_("One sentence."))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "language"], name="one_title_a_language")]
        ordering = ["pk"]


class Keyword(models.Model):
    """A word that every product of a campaign may use, in one language."""

    campaign = ParentalKey(Campaign, on_delete=models.CASCADE, related_name="keywords")
    language = models.CharField(_("language"), max_length=12, choices=content_languages)
    word = models.CharField(_("keyword"), max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["campaign", "language", "word"], name="each_keyword_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.word


class CoreMessage(Worded, DraftStateMixin, RevisionMixin, index.Indexed, ClusterableModel):
    """One sentence that a campaign says, agreed once and worded in each language."""

    campaign = models.ForeignKey(
        Campaign, on_delete=models.PROTECT, related_name="messages", verbose_name=_("campaign")
    )
    key = models.SlugField(_("key"), max_length=80, unique=True, help_text=_("A short name, for ever."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    search_fields = [
        index.SearchField("key"),
        index.AutocompleteField("key"),
        index.RelatedFields("words", [index.SearchField("text"), index.AutocompleteField("text")]),
    ]

    class Meta:
        verbose_name = _("core message")
        verbose_name_plural = _("core messages")
        ordering = ["campaign", "order", "pk"]

    def __str__(self) -> str:
        words = self.for_reader()
        return words.text if words else self.key


class MessageWords(models.Model):
    """A core message in one language."""

    message = ParentalKey(CoreMessage, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(_("language"), max_length=12, choices=content_languages)
    text = models.CharField(_("sentence"), max_length=240)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "language"], name="one_sentence_a_language")]
        ordering = ["pk"]
