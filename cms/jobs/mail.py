"""Mail goes out by the worker: a mail server that is down holds up nobody's click."""

from collections.abc import Sequence
from uuid import uuid4

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

from cms.jobs.queue import enqueue


class QueuedMail(BaseEmailBackend):
    """Takes messages as jobs; `MAIL_TRANSPORT` names the backend that really sends."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            enqueue(
                "jobs.send_mail",
                key=f"mail {uuid4()}",
                subject=str(message.subject),
                body=message.body,
                to=list(message.recipients()),
                sender=message.from_email,
            )
        return len(email_messages)
