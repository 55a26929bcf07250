from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cms.campaigns.models import Campaign
from cms.missions.models import Mission
from cms.variants.models import Audience, StoredFile, Variant


class PackageQuerySet(models.QuerySet["Package"]):
    def leaving(self, to: Audience) -> "PackageQuerySet":
        """Finished packages of the mission `to` whose parts may all leave at this moment."""
        if not isinstance(to, Mission):
            return self.none()
        held_back = PackagePart.objects.filter(package=OuterRef("pk")).exclude(as_said(to))
        return self.filter(~Exists(held_back), mission=to, file__isnull=False)


class Package(models.Model):
    """What a mission downloads in one go: files, post copy, alt texts, credits and a manifest, as one ZIP."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="packages")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="packages")
    digest = models.CharField(max_length=64, editable=False)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="packages")
    file_name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PackageQuerySet.as_manager()

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["mission", "digest"], name="each_package_once")]

    def __str__(self) -> str:
        return self.file_name


class PackagePart(models.Model):
    """A variant inside a package."""

    package = models.ForeignKey(Package, on_delete=models.CASCADE, related_name="parts")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    not_before = models.DateTimeField(null=True, help_text="From when it may be public, as the package says.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["package", "variant"], name="each_part_once")]


def as_said(to: Mission) -> Q:
    """Parts that may leave to a mission now, and not to be published before the time that their package gives."""
    now = Variant.objects.leaving(to).filter(pk=OuterRef("variant"))
    at_once = Q(not_before=None) & Exists(now.filter(not_before=None))
    return at_once | Q(Exists(now.filter(not_before=OuterRef("not_before"))))


class Taken(models.Model):
    """A mission took a file: whom to tell when it is withdrawn."""

    mission = models.ForeignKey(Mission, on_delete=models.PROTECT, related_name="+")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="taken")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["mission", "variant"])]


class Visit(models.Model):
    """When a person last came by: what is new is counted from there."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="visit")
    before = models.DateTimeField(_("the visit before this one"), null=True)
    latest = models.DateTimeField(_("this visit"))
