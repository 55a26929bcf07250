"""Where files are kept: a private folder or a private bucket. This is the one caller of boto3."""

import os
from pathlib import Path
from typing import Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from django.urls import reverse
from storages.backends.s3 import S3Storage

PART = ".part"
MINUTES = 5
"""How long a presigned address lives: long enough for clocks that differ, short enough to be worthless in a log."""


class PrivateFolder(FileSystemStorage):
    """A folder that no web server knows. Each object appears whole under its name."""

    def url(self, name: str | None) -> str:
        return gate_address(name)

    def delete(self, name: str) -> None:
        """The object, and what a killed process left of it."""
        super().delete(name)
        Path(self.path(name + PART)).unlink(missing_ok=True)

    def _save(self, name: str, content: File[bytes]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(path.name + PART)
        try:
            with part.open("xb") as copy:
                for chunk in content.chunks():
                    copy.write(chunk)
                copy.flush()
                os.fsync(copy.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return name


class PrivateBucket(S3Storage):
    """A bucket without public access; browsers get one object for a few minutes, after they were let through."""

    def __init__(self, **options: Any) -> None:
        quiet = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",  # other makers' servers do not know AWS's newer checksums
            response_checksum_validation="when_required",
            retries={"max_attempts": 4, "mode": "standard"},
        )
        alone = TransferConfig(use_threads=False)  # who reads says that it is alive, on its own connection
        ours = {"default_acl": None, "file_overwrite": True, "client_config": quiet, "transfer_config": alone}
        super().__init__(**{**ours, **options})

    def url(self, name: str | None, *arguments: Any, **keywords: Any) -> str:
        return gate_address(name)

    def presigned(self, name: str, disposition: str, content_type: str) -> str:
        """An address that answers for MINUTES, with these headers."""
        parameters = {
            "Bucket": self.bucket_name,
            "Key": name,
            "ResponseContentDisposition": disposition,
            "ResponseContentType": content_type,
        }
        address: str = self._signer().generate_presigned_url("get_object", Params=parameters, ExpiresIn=60 * MINUTES)
        return address

    def _signer(self) -> Any:
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint_url,
            region_name=self.region_name or "us-east-1",
            aws_access_key_id=self.access_key,
            aws_secret_access_key=self.secret_key,
            config=self.client_config,
        )


def gate_address(name: str | None) -> str:
    """Every file's address is the gate's, which asks who wants it."""
    if not name:
        raise ValueError("A file that was not saved has no address.")
    return reverse("file", args=[name.replace("\\", "/")])
