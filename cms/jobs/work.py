"""What the worker does for the queue's own app."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from cms.jobs.run import Progress


def send_mail(progress: Progress, *, message: dict[str, Any]) -> None:
    """One message. A mail server that is down is a fault: tried again, then told with its number."""
    progress.alive()
    with get_connection(settings.MAIL_TRANSPORT) as connection:
        connection.send_messages([EmailMultiAlternatives(**message, connection=connection)])
