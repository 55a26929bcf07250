"""Where a link may lead: http(s) pages on hosts that the ministry allowed, and nowhere else."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_PORTS = (None, 80, 443)


def check_destination(address: str, hosts: set[str]) -> str:
    """The address, trimmed. Raises ValidationError with what to do."""
    trimmed = address.strip()
    if not trimmed.isprintable() or "\\" in trimmed or " " in trimmed:
        raise ValidationError(_("The address holds characters that no address has. Copy it from the address bar."))
    try:
        parts = urlsplit(trimmed)
        host, port = host_of(trimmed), parts.port
    except ValueError:
        host, port, parts = "", None, urlsplit("")
    if parts.scheme not in ("http", "https") or not host or port not in _PORTS or parts.username is not None:
        raise ValidationError(_("This is not the address of a web page. It begins with https:// and names a host."))
    if host == urlsplit(settings.SHORT_ADDRESS).hostname and parts.path.startswith("/q/"):
        raise ValidationError(_("A link cannot lead to another short link. Give the page itself."))
    if host not in hosts:
        raise ValidationError(
            _("Links may not lead to %(host)s. Choose a page of an allowed host, or ask an administrator to allow it."),
            params={"host": host},
        )
    return trimmed


def host_of(address: str) -> str:
    """As hosts are kept: in small letters, without the root's dot. Raises ValueError for what is no address at all."""
    return (urlsplit(address).hostname or "").rstrip(".")
