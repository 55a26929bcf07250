"""One machine, SQLite and a folder: what `make demo` runs."""

from cms.settings.base import *
from cms.settings.base import VAR
from cms.settings.secret import kept_secret

DEBUG = True
SECRET_KEY = kept_secret(VAR / "secret")
ALLOWED_HOSTS = ["127.0.0.1", "localhost"]
MAIL_TRANSPORT = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
