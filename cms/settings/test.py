"""What the tests run on: everything in memory or in a temporary folder, jobs at once."""

import os

from cms.settings.base import *
from cms.settings.base import TASKS

SECRET_KEY = "for tests only"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {**TASKS, "jobs": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
if "POSTGRES_DB" in os.environ:
    from cms.settings.postgres import DATABASES as DATABASES
    from cms.settings.postgres import INSTALLED_APPS as INSTALLED_APPS
