"""A ministry's own servers. What has no safe default comes from the environment, and is missed at once."""

import os

from cms.settings.base import *
from cms.settings.base import MIDDLEWARE, STORAGES

SECRET_KEY = os.environ["ATTACHE_SECRET_KEY"]
ALLOWED_HOSTS = os.environ["ATTACHE_HOSTS"].split(",")
DEBUG = False
WAGTAILADMIN_BASE_URL = os.environ["ATTACHE_ADDRESS"]
SHORT_ADDRESS = os.environ.get("ATTACHE_SHORT_ADDRESS", WAGTAILADMIN_BASE_URL)
CSRF_TRUSTED_ORIGINS = [WAGTAILADMIN_BASE_URL]

MIDDLEWARE = [MIDDLEWARE[0], "whitenoise.middleware.WhiteNoiseMiddleware", *MIDDLEWARE[1:]]

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

if "POSTGRES_DB" in os.environ:
    from cms.settings.postgres import DATABASES as DATABASES
    from cms.settings.postgres import INSTALLED_APPS as INSTALLED_APPS

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if "S3_BUCKET" in os.environ:
    STORAGES["default"] = {
        "BACKEND": "cms.variants.files.PrivateBucket",
        "OPTIONS": {
            "bucket_name": os.environ["S3_BUCKET"],
            "endpoint_url": os.environ.get("S3_ENDPOINT"),
            "region_name": os.environ.get("S3_REGION"),
            "access_key": os.environ.get("S3_ACCESS_KEY"),
            "secret_key": os.environ.get("S3_SECRET_KEY"),
        },
    }

EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "attache@localhost")
