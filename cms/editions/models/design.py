from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TranslatableMixin,
    WorkflowMixin,
)
from wagtail.search import index

from cms.brands.models import Brand
from cms.campaigns.models import Campaign, CoreMessage
from cms.editions.frozen import Frozen
from cms.editions.refusals import NotApproved
from cms.missions.choices import Several, still_placements

_USUAL = (
    "facebook.feed", "facebook.story", "facebook.cover", "x.post", "x.header", "instagram.feed_square",
    "instagram.feed_portrait", "instagram.story", "linkedin.post", "whatsapp.status", "telegram.post", "print.a4",
)  # fmt: skip


def usual_placements() -> list[str]:
    return list(_USUAL)


class Design(
    PreviewableMixin,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    TranslatableMixin,
    index.Indexed,
    ClusterableModel,
):
    """An infographic or a clip as people write it, in one language. What leaves is made from its editions."""

    title = models.CharField(_("title"), max_length=120)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="+", verbose_name=_("campaign"))
    message = models.ForeignKey(
        CoreMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("core message"), help_text=_("The message that it carries."),
    )  # fmt: skip
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+", verbose_name=_("brand kit"))
    placements = Several(_("placements"), options=still_placements, default=usual_placements)
    alt_text = models.TextField(
        _("alt text"), blank=True, max_length=1000,
        help_text=_("What the finished file shows, for people who cannot see it. Empty: written from its own words."),
    )  # fmt: skip
    post_text = models.TextField(
        _("post text"), blank=True, max_length=3000, help_text=_("What missions post with it.")
    )
    post_short = models.TextField(
        _("short post text"), blank=True, max_length=280, help_text=_("For platforms that take 280 characters.")
    )
    to_missions_at = models.DateTimeField(
        _("to missions from"), null=True, blank=True,
        help_text=_("Empty: as soon as it is approved. Times are the ministry’s, or those of your account’s zone."),
    )  # fmt: skip
    public_at = models.DateTimeField(
        _("public from"), null=True, blank=True, help_text=_("Missions are told not to publish earlier.")
    )

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.FilterField("locale"),
        index.FilterField("campaign"),
    ]

    class Meta(TranslatableMixin.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def language(self) -> str:
        return self.locale.language_code

    def frozen(self) -> Frozen:
        """The design by value, facts resolved. Raises NotReady with everything that is missing."""
        raise NotImplementedError

    def clean(self) -> None:
        super().clean()
        if self.to_missions_at and self.public_at and self.public_at < self.to_missions_at:
            raise ValidationError(
                {"public_at": _("It would be public before missions have it. Give a later time, or none.")}
            )

    def publish(self, revision: Revision, **options: Any) -> Any:
        """Only what was approved goes live, whichever button, schedule or command asks."""
        from cms.editions.models import Approval  # below us in this package

        if not Approval.objects.filter(revision=revision).exists():
            raise NotApproved
        return super().publish(revision, **options)
