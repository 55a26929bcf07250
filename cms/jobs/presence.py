"""The worker that this process is, if it is one: when it was last seen, and whether it was told to end."""

import socket
from dataclasses import dataclass, field
from time import monotonic

from django.db.models.functions import Now

from cms.jobs.models import WorkerSeen

_EVERY = 5.0  # seconds between two signs of life


@dataclass
class Presence:
    worker: str
    told_to_stop: bool = False
    _last: float = field(default=float("-inf"))

    def renew(self) -> None:
        if monotonic() - self._last < _EVERY:
            return
        WorkerSeen.objects.update_or_create(
            worker=self.worker,
            defaults={"seen_at": Now()},
            create_defaults={"seen_at": Now(), "started_at": Now(), "host": socket.gethostname()},
        )
        self._last = monotonic()


_present: list[Presence] = []


def begin(worker: str) -> Presence:
    _present[:] = [Presence(worker)]
    return _present[0]


def renew() -> None:
    for presence in _present:
        presence.renew()


def stopping() -> bool:
    return any(presence.told_to_stop for presence in _present)
