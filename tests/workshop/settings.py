"""A workshop of its own on disk, with short leases, for tests that start real processes and kill them."""

import os
from pathlib import Path

from cms.settings.base import *
from cms.settings.base import DATABASES, STORAGES

VAR = Path(os.environ["ATTACHE_TEST_VAR"])
SECRET_KEY = "for tests only"  # noqa: S105
DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {"default": {**DATABASES["default"], "NAME": VAR / "attache.sqlite3"}}
STORAGES = {
    **STORAGES,
    "default": {**STORAGES["default"], "OPTIONS": {"location": VAR / "private"}},
}
ORIGINALS = VAR / "originals"
CARDS = VAR / "cards"
DRAFTS = VAR / "drafts"
DRAWING_PROCESSES = 1
JOB_LEASE = 4
JOB_ATTEMPTS = 20  # ten kills on a busy machine may all come before the first file
ORPHANS_AFTER = int(os.environ.get("ATTACHE_TEST_ORPHANS", "3600"))
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.dummy.EmailBackend"
if "POSTGRES_DB" in os.environ:
    from cms.settings.postgres import DATABASES as DATABASES
    from cms.settings.postgres import INSTALLED_APPS as INSTALLED_APPS
