"""PostgreSQL, for teams: POSTGRES_DB and, where libpq's defaults do not hold, _USER, _PASSWORD, _HOST, _PORT."""

import os

from cms.settings.base import INSTALLED_APPS as BASE_APPS

INSTALLED_APPS = [*BASE_APPS, "django.contrib.postgres"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["POSTGRES_DB"],
        "USER": os.environ.get("POSTGRES_USER", ""),
        "PASSWORD": os.environ.get("POSTGRES_PASSWORD", ""),
        "HOST": os.environ.get("POSTGRES_HOST", ""),
        "PORT": os.environ.get("POSTGRES_PORT", ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
