import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, ProtectedError, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from cms.links.destination import check_destination, host_of

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz"
"""Letters and digits that nobody takes for one another: no 0, O, o, 1, I, i, l, L."""
_LENGTH = 7


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(_LENGTH))


class Host(models.Model):
    """A host that links may lead to."""

    name = models.CharField(_("host"), max_length=253, unique=True, help_text=_("Such as www.mfa.example."))

    class Meta:
        verbose_name = _("allowed host")
        verbose_name_plural = _("allowed hosts")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        self.name = self.name.strip().lower().rstrip(".")
        if not self.name.replace(".", "").replace("-", "").isalnum():
            raise ValidationError({"name": _("Write the host alone, without https:// and without a path.")})
        before = Host.objects.filter(pk=self.pk).exclude(name=self.name).first()
        if before and before.links():
            sentence = _("Links lead to pages of %(host)s. Add the new host beside it, and change those links first.")
            raise ValidationError({"name": ValidationError(sentence, params={"host": before.name})})

    def links(self) -> "list[Link]":
        """Those that lead to a page of it, opened yet or not; withdrawn ones lead nowhere."""
        likely = Link.objects.filter(destination__icontains=self.name, withdrawn_at=None)
        return [link for link in likely if host_of(link.destination) == self.name]


class LinkQuerySet(models.QuerySet["Link"]):
    def open(self) -> "LinkQuerySet":
        """Those that lead somewhere now, by the database's clock."""
        return self.filter(Q(opens_at=None) | Q(opens_at__lte=Now()), withdrawn_at=None)


class Link(index.Indexed, models.Model):
    """A short address of our own. It is printed inside QR codes, so it stays; where it leads may change."""

    code = models.CharField(_("code"), max_length=32, unique=True, default=new_code, editable=False)
    title = models.CharField(_("what it leads to"), max_length=120)
    destination = models.URLField(_("destination"), max_length=500)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: at once."))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    scans = models.PositiveBigIntegerField(_("scans"), default=0, editable=False)

    objects = LinkQuerySet.as_manager()
    search_fields = [index.SearchField("title"), index.AutocompleteField("title"), index.SearchField("code")]

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def address(self) -> str:
        """What the QR code holds."""
        return f"{settings.SHORT_ADDRESS}/q/{self.code}"

    def clean(self) -> None:
        try:
            self.destination = self.checked_destination()
        except ValidationError as error:
            raise ValidationError({"destination": error}) from error

    def checked_destination(self) -> str:
        """Where it leads, if that is still allowed. Raises ValidationError with what to do."""
        return check_destination(self.destination, set(Host.objects.values_list("name", flat=True)))


def keep_while_links_lead_there(instance: Host, **_signal: Any) -> None:
    """Connected to pre_delete of hosts. Raises ProtectedError with the links: their codes are printed."""
    links = instance.links()
    if links:
        raise ProtectedError(f"{len(links)} links lead to {instance}.", links)


class Scan(models.Model):
    """One scan that has not been added up yet. Who scanned is nobody's business, so it is not here."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="+")

    @classmethod
    def add_up(cls) -> int:
        """Move the scans from the buffer into the links' counts. Safe to run twice at once."""
        counted = 0
        for link in Link.objects.filter(pk__in=cls.objects.values("link")):
            with transaction.atomic():
                taken, _rows = cls.objects.filter(link=link).delete()
                Link.objects.filter(pk=link.pk).update(scans=F("scans") + taken)
            counted += taken
        return counted
