"""Footage that came in before small copies were made, or whose work was lost on the way."""

from itertools import islice

from django.db.models import F, Q

from cms.jobs.models import Job
from cms.library.models import Media, proxy_job_key

_AT_ONCE = 20  # a minute: what people ask for meanwhile waits no longer than for these


def make_missing_proxies() -> None:
    """Ask for those that nobody has asked for. What failed waits for somebody to ask again."""
    missing = Media.objects.filter(Q(made_proxy=None) | ~Q(made_proxy__sha256=F("sha256"))).exclude(sha256="")
    asked = set(
        Job.objects.filter(key__startswith="proxy ").exclude(state=Job.State.DONE).values_list("key", flat=True)
    )
    wanted = (media for media in missing.order_by("-pk").iterator() if proxy_job_key(media.pk) not in asked)
    for media in islice(wanted, _AT_ONCE):
        media.make_proxy()
