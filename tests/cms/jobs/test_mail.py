"""A message that waits in the queue goes out as it was written."""

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives

from cms.jobs.mail import QueuedMail
from cms.jobs.models import Job


def test_everything_of_a_message_goes_out(db, at_commit):
    written = EmailMultiAlternatives(
        "Subject", "Body", "from@mfa.example", ["to@mfa.example"], cc=["cc@mfa.example"], bcc=["bcc@mfa.example"],
        reply_to=["desk@mfa.example"], headers={"Auto-Submitted": "auto-generated"},
    )  # fmt: skip
    written.attach_alternative("<p>Body</p>", "text/html")

    with at_commit():
        assert QueuedMail().send_messages([written]) == 1

    (sent,) = mail.outbox
    for name in ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to", "extra_headers", "alternatives"):
        assert getattr(sent, name) == getattr(written, name), name


@pytest.mark.parametrize("spoil", ["attachment", "html"])
def test_what_cannot_be_queued_is_an_error_and_no_message_of_the_batch_is_lost_in_silence(spoil, db):
    plain, other = EmailMessage("Subject", "Body", to=["a@mfa.example"]), EmailMessage("Subject", "Body")
    if spoil == "html":
        other.content_subtype = "html"
    else:
        other.attach("list.csv", "a,b", "text/csv")

    with pytest.raises(ValueError, match=r"link|alternatives"):
        QueuedMail().send_messages([plain, other])

    assert not Job.objects.exists()
