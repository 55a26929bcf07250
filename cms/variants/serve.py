"""A stored object as an answer, whole or in the part that was asked for: thin lines break and go on."""

import mimetypes
import re
from collections.abc import Iterator
from typing import IO, Any

from django.core.files.storage import Storage
from django.http import (
    FileResponse,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from cms.variants.files import PrivateBucket

_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_SHOWN = ("image/", "video/", "audio/")


def serve(request: HttpRequest, storage: Storage, key: str, name: str) -> HttpResponseBase:
    """The object under the name that the person's computer will give it; the caller has asked whether it may leave."""
    content_type = mimetypes.guess_type(key)[0] or "application/octet-stream"
    attached = "download" in request.GET or not content_type.startswith(_SHOWN)
    disposition = content_disposition_header(attached, name) or "inline"
    if isinstance(storage, PrivateBucket):
        response: HttpResponseBase = HttpResponseRedirect(storage.presigned(key, disposition, content_type))
    else:
        response = _from_folder(request, storage, key)
        response.headers["Content-Type"] = content_type
        response.headers["Content-Disposition"] = disposition
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, no_cache=True)  # the gate is asked each time; equal bytes cost a 304
    return response


def _from_folder(request: HttpRequest, storage: Storage, key: str) -> HttpResponseBase:
    tag = f'"{key.rsplit("/", 1)[-1]}"'  # objects are written once, so the key names the bytes
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag})
    size = storage.size(key)
    wanted = _wanted(request, size, tag)
    if wanted is None:
        response: HttpResponseBase = FileResponse(storage.open(key))
        response.headers["Content-Length"] = str(size)
    elif wanted.start >= wanted.stop:
        response = HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    else:
        response = StreamingHttpResponse(_part(storage.open(key), wanted), status=206)
        response.headers["Content-Length"] = str(len(wanted))
        response.headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{size}"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = tag
    return response


def _wanted(request: HttpRequest, size: int, tag: str) -> range | None:
    """The bytes asked for; None for all. An empty range cannot be satisfied. RFC 9110, section 14."""
    match = _RANGE.fullmatch(request.headers.get("Range", ""))
    if match is None or match[0] == "bytes=-" or request.headers.get("If-Range", tag) != tag:
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    return range(int(first), min(int(last) + 1, size) if last else size)


def _part(source: IO[Any], wanted: range) -> Iterator[bytes]:
    with source:
        source.seek(wanted.start)
        left = len(wanted)
        while left and (chunk := source.read(min(_CHUNK, left))):
            left -= len(chunk)
            yield chunk
