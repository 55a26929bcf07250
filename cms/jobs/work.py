"""What the worker does for the queue's own app."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from cms.jobs.run import Progress


def send_mail(progress: Progress, *, subject: str, body: str, to: list[str], sender: str) -> None:
    """One message. A mail server that is down is a fault: tried again, then told with its number."""
    progress.alive()
    with get_connection(settings.MAIL_TRANSPORT) as connection:
        connection.send_messages([EmailMessage(subject, body, sender, bcc=to, connection=connection)])
