from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision, TaskState

from cms.brands.models import Brand
from cms.campaigns.models import Campaign, CoreMessage
from cms.editions.finished import Wanted
from cms.editions.frozen import Frozen
from cms.editions.models.design import Design
from cms.editions.refusals import NotReady
from cms.facts.models import Fact
from cms.library.models import Drawing, Image, Media, Sourced
from cms.library.rights import refusals
from cms.links.models import Link


class Edition(models.Model):
    """A design frozen at submission: what people judge, approve and recall, and what all files are made from."""

    design_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    design_id = models.PositiveBigIntegerField()
    design = GenericForeignKey("design_type", "design_id")
    title = models.CharField(_("title"), max_length=120)
    language = models.CharField(_("language"), max_length=12)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="editions")
    brand_kit = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="+")
    spec = models.JSONField()
    brand = models.JSONField()
    words = models.JSONField(help_text="title, alt, post, short: what goes out beside the files.")
    credits = models.JSONField(default=list, help_text="Who made what is shown, and under which licence: pairs.")
    sources = models.JSONField(default=list)
    content = models.CharField(max_length=64, db_index=True)
    digest = models.CharField(max_length=64)
    translation_key = models.UUIDField(db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True)

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        constraints = [
            models.UniqueConstraint(fields=["design_type", "design_id", "digest"], name="one_edition_a_content")
        ]
        indexes = [models.Index(fields=["design_type", "design_id"])]

    def __str__(self) -> str:
        return f"{self.title} ({self.language}, {self.digest[:12]})"

    @property
    def kind(self) -> type[Design]:
        """What it was before it was frozen: the class of infographics, or of clips."""
        kind = ContentType.objects.get_for_id(self.design_type_id).model_class()  # it keeps them
        if kind is None or not issubclass(kind, Design):
            raise TypeError(f"Edition {self.pk} is of no kind of design that is installed.")
        return kind

    @property
    def edit_url(self) -> str:
        """Where its design is edited."""
        return reverse(self.kind.snippet_viewset.get_url_name("edit"), args=[self.design_id])

    @property
    def assets(self) -> list[Sourced]:
        """Everything that it shows and somebody uploaded."""
        images, drawings = self.images.select_related("image"), self.drawings.select_related("drawing")
        footage = self.footage.select_related("media")
        return [
            *(row.image for row in images), *(row.drawing for row in drawings), *(row.media for row in footage),
        ]  # fmt: skip

    @classmethod
    @transaction.atomic
    def of(cls, design: Design) -> Self:
        """The edition of a design as it stands; the same content finds the same edition. Raises NotReady."""
        frozen = design.frozen()
        refused = list(refusals(frozen.assets))
        if refused:
            raise NotReady(refused)
        edition, made = cls.objects.get_or_create(
            design_type=ContentType.objects.get_for_model(design),
            design_id=design.pk,
            digest=frozen.digest,
            defaults={
                "title": design.title,
                "language": design.language,
                "campaign": frozen.campaign,
                "brand_kit": design.brand,
                "spec": frozen.spec,
                "brand": frozen.brand,
                "words": frozen.words,
                "credits": frozen.credits,
                "sources": frozen.sources,
                "content": frozen.content,
                "translation_key": design.translation_key,
            },
        )
        if made:
            edition._show(frozen)
        return edition

    def _show(self, frozen: Frozen) -> None:
        EditionFact.objects.bulk_create(
            EditionFact(edition=self, fact=fact, shown=shown) for fact, shown in frozen.facts.items()
        )
        EditionImage.objects.bulk_create(
            EditionImage(edition=self, image=image, **OfAsset.fields_of(image)) for image in frozen.images
        )
        EditionDrawing.objects.bulk_create(
            EditionDrawing(edition=self, drawing=drawing, **OfAsset.fields_of(drawing)) for drawing in frozen.drawings
        )
        EditionFootage.objects.bulk_create(
            EditionFootage(edition=self, media=media, **OfAsset.fields_of(media)) for media in frozen.footage
        )
        EditionLink.objects.bulk_create(EditionLink(edition=self, link=link) for link in frozen.links)
        if frozen.message is not None:
            EditionMessage.objects.create(edition=self, message=frozen.message)


class OfEdition(models.Model):
    """A row that belongs to an edition, and is called by its title where people are told about it."""

    edition: Edition

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.edition.title


class EditionFact(OfEdition):
    """A fact as an edition shows it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="facts")
    fact = models.ForeignKey(Fact, on_delete=models.PROTECT, related_name="editions")
    shown = models.TextField()


class OfAsset(OfEdition):
    """An asset that an edition shows, by its bytes: a file uploaded later changes nothing here."""

    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=200)
    name = models.CharField(max_length=100)

    class Meta:
        abstract = True

    @staticmethod
    def fields_of(asset: Sourced) -> dict[str, str]:
        return {"sha256": asset.sha256, "key": asset.file.name, "name": asset.file_name}


class EditionImage(OfAsset):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="images")
    image = models.ForeignKey(Image, on_delete=models.PROTECT, related_name="editions")


class EditionDrawing(OfAsset):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="drawings")
    drawing = models.ForeignKey(Drawing, on_delete=models.PROTECT, related_name="editions")


class EditionFootage(OfAsset):
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="footage")
    media = models.ForeignKey(Media, on_delete=models.PROTECT, related_name="editions")


class EditionMessage(OfEdition):
    """A core message that an edition carries."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="messages")
    message = models.ForeignKey(CoreMessage, on_delete=models.PROTECT, related_name="editions")


class EditionLink(OfEdition):
    """A link that an edition shows."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="links")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="editions")


class Submission(OfEdition):
    """What lies before an approver: the edition that was frozen when a step of a workflow began."""

    task_state = models.OneToOneField(TaskState, on_delete=models.CASCADE, related_name="submission")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="submissions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    placements = models.JSONField(_("placements"))
    animated = models.JSONField(_("as clips"), default=list)
    to_missions_at = models.DateTimeField(null=True)
    public_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """The files that are judged."""
        return (*(Wanted(name) for name in self.placements), *(Wanted(name, animated=True) for name in self.animated))


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def in_force(self, *times: str) -> "ApprovalQuerySet":
        """Those that let something leave now, the newest first; `times` names the moments from which, by preference."""
        return self.standing(*times).filter(Q(due=None) | Q(due__lte=Now())).order_by("-at", "-pk")

    def standing(self, *times: str) -> "ApprovalQuerySet":
        """Those that let something leave once they are `due`, or do already; `times` as in `in_force`.

        A later approval that came before this one was due takes its place: what was postponed stays in.
        """
        due = Coalesce(*times) if len(times) > 1 else F(times[0])
        overtaken = Approval.objects.filter(
            edition__design_type=OuterRef("edition__design_type"),
            edition__design_id=OuterRef("edition__design_id"),
            pk__gt=OuterRef("pk"),
            at__lt=OuterRef("due"),
        )
        return self.annotate(due=due).filter(~Exists(overtaken))


class Approval(OfEdition):
    """Somebody's yes to an edition, with the times from which it may leave."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="approvals")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    stage = models.CharField(max_length=255)
    to_missions_at = models.DateTimeField(null=True)
    public_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["edition", "-at"])]


class ApprovedPlacement(models.Model):
    """A placement whose file was judged with an approval: others of the edition do not leave."""

    approval = models.ForeignKey(Approval, on_delete=models.CASCADE, related_name="placements")
    placement = models.CharField(_("placement"), max_length=60)
    animated = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["approval", "placement", "animated"], name="each_placement_once")
        ]

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.placement, self.animated)
