"""A few child processes that draw: Skia holds Python's lock, so neither web process nor worker draws itself.

The children import this module and media_tools, never Django. pebble ends a child that takes too long, and replaces one
that dies; the standard library's pool would break as a whole.
"""

import resource
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from threading import Lock
from typing import Any

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from media_tools.easel import Drawn, Easel
from media_tools.errors import MediaToolsError
from media_tools.preview import Preview

_MEMORY = 3 * 1024**3  # bytes of address space: fonts, Skia and two 100-megapixel pictures
_RENEWED_AFTER = 500  # files: what leaks is given back
_SESSIONS = 200  # people typing at once, far more than a ministry has

_easel: list[Easel] = []
"""The one easel of a child process; empty in every other process."""


class DrawingFailed(MediaToolsError):
    """A drawing whose process took too long or died. Nothing else was lost."""

    def __init__(self, what: str, why: str) -> None:
        self.what, self.why = what, why
        super().__init__(what, why)

    def __str__(self) -> str:
        return f"{self.what} {self.why} Try again; if it fails twice, use a smaller picture or fewer blocks."


class Superseded(Exception):
    """Somebody typed on before this draft's picture was begun, so nobody waits for it."""


class Easels:
    """Draws stills, account pictures and previews; calls may come from any thread."""

    def __init__(self, folder: Path, count: int, seconds: float) -> None:
        self._make = partial(ProcessPool, count, _RENEWED_AFTER, _set_up, (str(folder),), get_context("spawn"))
        self._pool = self._make()
        self._seconds = seconds
        self._newest: OrderedDict[str, tuple[int, list[ProcessFuture]]] = OrderedDict()
        self._lock = Lock()

    def still(self, spec: Mapping[str, Any], brand: Mapping[str, Any], placement: str, kind: str, out: Path) -> Drawn:
        """One finished file. Raises MediaToolsError."""
        arguments = (spec, brand, placement, kind, str(out))
        drawn: Drawn = self._drawn(lambda: self._begun(_still, arguments), placement)
        return drawn

    def kit(self, account: Mapping[str, Any], brand: Mapping[str, Any], placement: str, out: Path) -> Drawn:
        """One picture of an account's own looks. Raises MediaToolsError."""
        arguments = (account, brand, placement, str(out))
        drawn: Drawn = self._drawn(lambda: self._begun(_kit, arguments), placement)
        return drawn

    def preview(
        self,
        draft: tuple[str, int],
        view: str,
        spec: Mapping[str, Any],
        brand: Mapping[str, Any],
        placement: str,
        width: int,
    ) -> Preview:
        """A small picture of a draft, known by who types and how often they have; `view` is one of `Easel.views`.

        What an older draft of the same session still waits for is dropped. Raises MediaToolsError and Superseded.
        """
        arguments = (view, spec, brand, placement, width)
        try:
            preview: Preview = self._drawn(lambda: self._queued(draft, _preview, arguments), placement)
        except CancelledError as error:
            raise Superseded from error
        return preview

    def looked_at[Seen](self, door: Callable[[Path], Seen], path: Path) -> Seen:
        """What `door`, a function that knows no Django, makes of a file. Raises what it does, and DrawingFailed."""
        seen: Seen = self._drawn(lambda: self._begun(door, (path,)), path.name)
        return seen

    def stop(self) -> None:
        self._pool.stop()
        self._pool.join()

    def _drawn(self, schedule: Callable[[], ProcessFuture], what: str) -> Any:
        """The result; once more where the pool broke because a child died while it had nothing to do."""
        try:
            return _result(schedule(), what)
        except BrokenProcessPool:
            return _result(schedule(), what)

    def _begun(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> ProcessFuture:
        with self._lock:
            return self._schedule(function, arguments)

    def _schedule(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> ProcessFuture:
        """Called with the lock: of two threads that find the pool broken, one makes the new one."""
        if not self._pool.active:
            self._pool = self._make()
        return self._pool.schedule(function, arguments, timeout=self._seconds)

    def _queued(
        self, draft: tuple[str, int], function: Callable[..., Any], arguments: tuple[Any, ...]
    ) -> ProcessFuture:
        session, generation = draft
        with self._lock:
            newest, futures = self._newest.pop(session, (generation, []))
            if generation < newest:
                self._newest[session] = newest, futures
                raise Superseded
            if generation > newest:
                for waiting in futures:
                    if not waiting.running():
                        waiting.cancel()
                futures = []
            future = self._schedule(function, arguments)
            self._newest[session] = generation, [*(other for other in futures if not other.done()), future]
            while len(self._newest) > _SESSIONS:
                self._newest.popitem(last=False)
        return future


def _result(future: ProcessFuture, what: str) -> Any:
    try:
        return future.result()
    except TimeoutError as error:
        raise DrawingFailed(what, "took too long to draw.") from error
    except ProcessExpired as error:
        raise DrawingFailed(what, "needed more memory than there is, or its process was ended.") from error
    except MemoryError as error:
        raise DrawingFailed(what, "needed more memory than there is.") from error


def _set_up(folder: str) -> None:
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))
    _easel[:] = [Easel(Path(folder))]


def _still(spec: Mapping[str, Any], brand: Mapping[str, Any], placement: str, kind: str, out: str) -> Drawn:
    return _easel[0].still(spec, brand, placement, kind, Path(out))


def _kit(account: Mapping[str, Any], brand: Mapping[str, Any], placement: str, out: str) -> Drawn:
    return _easel[0].kit(account, brand, placement, Path(out))


def _preview(view: str, spec: Mapping[str, Any], brand: Mapping[str, Any], placement: str, width: int) -> Preview:
    return _easel[0].preview(view, spec, brand, placement, width)
