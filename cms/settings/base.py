"""What every installation shares. DATABASES, STORAGES and TASKS are the three switches; see production.py."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var"

INSTALLED_APPS = [
    "cms.demo",
    "cms.account_kits",
    "cms.playlists",
    "cms.packages",
    "cms.variants",
    "cms.clips",
    "cms.infographics",
    "cms.editions",
    "cms.campaigns",
    "cms.facts",
    "cms.links",
    "cms.brands",
    "cms.library",
    "cms.missions",
    "cms.jobs",
    "cms.accounts",
    "wagtailmedia",
    "wagtail.contrib.simple_translation",
    "wagtail.contrib.settings",
    "cms.accounts.apps.UsersConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.sites",
    "wagtail.images",
    "wagtail.documents",  # the admin asks for its addresses; nobody has a permission there
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.accounts.middleware.InterfaceLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.editions.middleware.RefusalsInWords",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR / "attache.sqlite3",
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # a writer waits at its start, not in the middle
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        },
    }
}

STORAGES = {
    "default": {"BACKEND": "cms.variants.files.PrivateFolder", "OPTIONS": {"location": VAR / "private"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640

TASKS = {
    "default": {
        "BACKEND": "django.tasks.backends.immediate.ImmediateBackend"
    },  # Wagtail's own: search index, references
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]},
}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"

USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LOCALE_PATHS = [ROOT / "cms" / "locale"]
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("en", "English"), ("vi", "Tiếng Việt"), ("ar", "العربية"), ("fr", "Français"), ("es", "Español"),
    ("pt", "Português"), ("de", "Deutsch"), ("ru", "Русский"), ("el", "Ελληνικά"), ("tr", "Türkçe"),
    ("id", "Bahasa Indonesia"), ("fa", "فارسی"), ("ur", "اردو"), ("he", "עברית"), ("hi", "हिन्दी"), ("bn", "বাংলা"),
    ("ta", "தமிழ்"), ("am", "አማርኛ"), ("th", "ไทย"), ("lo", "ລາວ"), ("km", "ខ្មែរ"), ("my", "မြန်မာ"),
    ("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("ja", "日本語"), ("ko", "한국어"),
]  # fmt: skip
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = INTERFACE_LANGUAGES = [("en", "English"), ("ar", "العربية")]
"""The languages that our own screens speak; content has many more."""

WAGTAIL_SITE_NAME = "Attaché"
WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
WAGTAILIMAGES_IMAGE_MODEL = "library.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.library.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 100_000_000
WAGTAILMEDIA = {"MEDIA_MODEL": "library.Media", "MEDIA_FORM_BASE": "cms.library.forms.MediaForm"}
WAGTAIL_FINISH_WORKFLOW_ACTION = "cms.editions.finish.publish_what_was_judged"
WAGTAIL_AUTOSAVE_INTERVAL = 0  # seen to stop the live preview
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_PASSWORD_RESET_ENABLED = False

DATA_UPLOAD_MAX_NUMBER_FIELDS = 25_000
"""Of one form: the captions of a long speech are 5,000 rows of four fields."""
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the preview panel is a frame of our own
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"

EMAIL_BACKEND = "cms.jobs.mail.QueuedMail"
EMAIL_TIMEOUT = 10
MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
"""What really sends, in the worker."""
MINISTRY_NAME = _("Ministry of Foreign Affairs")
MINISTRY_TIME_ZONE = "Asia/Ho_Chi_Minh"
TIME_ZONE = MINISTRY_TIME_ZONE
"""What staff read and write, unless their account says otherwise. The database keeps UTC."""
MINISTRY_CITY = _("Ha Noi")
SHORT_ADDRESS = "http://127.0.0.1:8000"
"""What stands before /q/<code> inside QR codes. It is printed, so it must stay for years."""
JOB_LEASE = 120
"""Seconds after which a worker that says nothing is taken for dead."""
JOB_ATTEMPTS = 3
DRAWING_SECONDS = 60
"""The longest that one file may take to draw before its process is ended."""
ORIGINALS = VAR / "cache" / "originals"
"""Copies of the pictures that are being drawn. They can be had again from the private store."""
ORIGINALS_BYTES = 20 * 1024**3
"""How much of them is kept, besides those of the last day."""
CARDS = VAR / "cache" / "cards"
"""Filmed end cards, kept from one clip to the next."""
CARDS_BYTES = 4 * 1024**3
DRAFTS = VAR / "cache" / "drafts"
"""Drafts while somebody looks at them, for a day."""
DRAWING_PROCESSES = 0
"""How many children draw for one web process or worker; 0: one a core."""
ORPHANS_AFTER = 3600
"""Seconds after which an object that no row points at was left by a crash."""
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.tasks": {"level": "WARNING"}, "django.request": {"level": "ERROR"}},
}
