from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import template
from django.db.models import prefetch_related_objects

from cms.jobs.models import Job
from cms.library.models import Media, Proxy, proxy_job_key

register = template.Library()


@dataclass(frozen=True, slots=True)
class Look:
    """A piece of footage or sound as a list shows it."""

    media: Media
    proxy: Proxy | None
    job: Job | None
    """The newest work on its small copies, where there are none."""

    @property
    def length(self) -> str:
        """1:05, to the second; empty where nobody knows it yet."""
        seconds = round(self.proxy.seconds if self.proxy else self.media.duration or 0)
        hours, minutes = seconds // 3600, seconds // 60 % 60
        front = f"{hours}:{minutes:02}" if hours else f"{minutes}"
        return f"{front}:{seconds % 60:02}" if seconds else ""

    @property
    def being_made(self) -> bool:
        return self.job is not None and self.job.state in Job.OPEN

    @property
    def failed(self) -> bool:
        return self.job is not None and self.job.state == Job.State.FAILED


@register.simple_tag
def looks(listed: Sequence[Media]) -> list[Look]:
    """What a list shows of each, by as many queries for a hundred as for one."""
    media = list(listed)
    prefetch_related_objects(media, "collection", "made_proxy")
    proxies = {each.pk: proxy for each in media for proxy in _made(each)}
    waiting = [proxy_job_key(each.pk) for each in media if each.pk not in proxies]
    jobs = {job.key: job for job in Job.objects.filter(key__in=waiting).order_by("pk")}
    return [Look(each, proxies.get(each.pk), jobs.get(proxy_job_key(each.pk))) for each in media]


def _made(media: Media) -> Iterator[Proxy]:
    """Its small copies where they are of the very bytes that it has now."""
    proxy = getattr(media, "made_proxy", None)
    if proxy is not None and proxy.sha256 == media.sha256:
        yield proxy
