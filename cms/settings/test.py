"""What the tests run on: everything in memory or in a temporary folder, jobs at once."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from cms.settings.base import *
from cms.settings.base import STORAGES, TASKS

VAR = Path(tempfile.mkdtemp(prefix="attache-test-"))
atexit.register(shutil.rmtree, VAR, ignore_errors=True)
STORAGES = {**STORAGES, "default": {**STORAGES["default"], "OPTIONS": {"location": VAR / "private"}}}
ORIGINALS = VAR / "originals"
CARDS = VAR / "cards"
DRAFTS = VAR / "drafts"
DRAWING_PROCESSES = 1
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": VAR / "attache.sqlite3"}}

SECRET_KEY = "for tests only"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {**TASKS, "jobs": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
if "POSTGRES_DB" in os.environ:
    from cms.settings.postgres import DATABASES as DATABASES
    from cms.settings.postgres import INSTALLED_APPS as INSTALLED_APPS
