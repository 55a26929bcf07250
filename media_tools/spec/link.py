"""A short address of the ministry's own, which a QR code carries."""

from enum import StrEnum
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from media_tools.spec import Spec, Words


class QRPolicy(StrEnum):
    """Where a code stands: where a second device can see it, everywhere, or nowhere."""

    SECOND_DEVICE = "second_device"
    ALWAYS = "always"
    NEVER = "never"


class Link(Spec):
    """Where a code or an address leads."""

    url: Words = Field(max_length=300, description="The address inside the QR code, with https://.")

    @field_validator("url")
    @classmethod
    def _web_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
        except ValueError:  # brackets that are no IPv6 address
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username is not None:
            raise ValueError("is not a web address. Write it whole, such as https://go.mfa.example/expo.")
        if any(character.isspace() for character in value):
            raise ValueError("has a space in it. Take the space out, or write it as %20.")
        return value

    @property
    def spoken(self) -> str:
        """The address as people read and type it: no scheme, no final slash."""
        return self.url.split("://", 1)[1].rstrip("/")
