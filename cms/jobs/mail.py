"""Mail goes out by the worker: a mail server that is down holds up nobody's click."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from cms.jobs.queue import enqueue


class QueuedMail(BaseEmailBackend):
    """Takes messages as jobs; `MAIL_TRANSPORT` names the backend that really sends."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        written = [as_written(message) for message in email_messages]
        for message in written:
            enqueue("jobs.send_mail", key=f"mail {uuid4()}", message=message)
        return len(written)


def as_written(message: EmailMessage) -> dict[str, Any]:
    """What EmailMultiAlternatives is called with to have the same message again. Raises ValueError for attachments."""
    if message.attachments:
        raise ValueError("Mail with attachments is not queued. Put a link into it instead.")
    if message.content_subtype != "plain":
        raise ValueError("Mail is queued as plain text. Give other forms of it as alternatives.")
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", ())],
    }
