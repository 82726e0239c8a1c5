"""Settings common to every environment; what differs is read from environment variables."""

import os
from pathlib import Path

import dj_database_url
import django_stubs_ext
from django.utils.translation import gettext_lazy as _

from .accounts import *  # noqa: F403
from .csp import *  # noqa: F403
from .search import *  # noqa: F403

# Forms and fields take the type of their model: ModelForm[Region], DateField[date, date].
django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = Path(os.environ.get("VAR_DIR", BASE_DIR / "var"))

SECRET_KEY = os.environ.get("SECRET_KEY", "")
DEBUG = False
ALLOWED_HOSTS = [host for host in os.environ.get("ALLOWED_HOSTS", "").split(",") if host]

INSTALLED_APPS = [
    "demo",
    "home",
    "news",
    "examples",
    "funding",
    "checks",
    "knowledge",
    "workflows",
    "audit",
    "regions",
    "search",
    "cms",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.embeds",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_tasks",
    "django_tasks_db",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "cms.delivery.request_id.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "search.statistics.middleware.SearchStatisticsMiddleware",
    "cms.delivery.page_cache.PageCacheMiddleware",
    "cms.delivery.security_headers.HeadersMiddleware",
    "cms.delivery.errors.ErrorPagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.delivery.gone.GoneMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "cms.delivery.postprocessing.PostprocessingMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cms.delivery.admin_middleware.AdminMiddleware",
    "home.routing.canonical_path.CanonicalPathMiddleware",
    "home.routing.middleware.RequestCacheMiddleware",
]

# What concerns /admin/ alone, and runs there alone, in place of AdminMiddleware above: behind
# sign-in, because all of it asks who is there. SecondFactorMiddleware is not among them: it
# guards /konto/ too, and makes half a sign-in anonymous on public pages.
ADMIN_MIDDLEWARE = [
    "cms.accounts.expired_session_forms.ExpiredSessionFormMiddleware",
    "cms.delivery.errors.AdminErrorsMiddleware",
    "regions.isolation.url_guard.IsolationMiddleware",
    "workflows.middleware.ReviewMiddleware",
]

# Behind a proxy every visitor comes from the proxy; this header of its names the visitor.
CLIENT_ADDRESS_HEADER = os.environ.get("CLIENT_ADDRESS_HEADER", "")

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "home.context_processors.site",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{VAR_DIR / 'demo.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
# A page and its search entry agree because every admin request is one transaction.
DATABASES["default"]["ATOMIC_REQUESTS"] = True
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Two processes share the file (server and periodic work): wait for the
    # write lock instead of failing, and take it at the start of a transaction.
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["ENGINE"] = "cms.postgresql"
    # A server that is not there is noticed in seconds (libpq's parameters; those in DATABASE_URL
    # go first). tcp_user_timeout in milliseconds: Linux ends a connection nobody acknowledges.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 3,
        "tcp_user_timeout": 10_000,
        **DATABASES["default"].get("OPTIONS", {}),
    }
# Seconds that a connection to PostgreSQL waits for an answer; 0: for ever. Set by cms/wsgi.py.
DATABASE_ANSWER_SECONDS = float(os.environ.get("DATABASE_ANSWER_SECONDS", "0"))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "cms.User"
AUTHENTICATION_BACKENDS = ["cms.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

LANGUAGE_CODE = "de"
TIME_ZONE = "Europe/Berlin"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["cms.formats"]
LANGUAGES = [("de", _("German")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]

STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "cms.assets.generated_files.GeneratedFilesFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"
# Nobody's page but ours takes its files from here.
WHITENOISE_ALLOW_ALL_ORIGINS = False
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", VAR_DIR / "media"))
MEDIA_URL = "/media/"
# Documents and originals are for the service alone, which serves them after a check; renditions
# are served by the reverse proxy.
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_UPLOAD_HANDLERS = ["cms.files.upload_handler.UploadHandler"]
WAGTAILIMAGES_RENDITION_STORAGE = "renditions"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "renditions": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"file_permissions_mode": 0o644, "directory_permissions_mode": 0o755},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

TASKS = {"default": {"BACKEND": "cms.jobs.tasks.AfterCommitBackend"}}
if os.environ.get("TASK_WORKER") == "1":
    TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Mails become rows; periodic work takes them to the transport.
EMAIL_BACKEND = "cms.jobs.mail_queue.QueueBackend"
MAIL_TRANSPORT = os.environ.get("MAIL_TRANSPORT", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "haeuser@example.org")

# Wagtail
WAGTAIL_SITE_NAME = "Häuser der Kooperation"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Nobody has to choose among four hundred.
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
# The admin is German: its people are, and so are its date fields.
WAGTAILADMIN_PERMITTED_LANGUAGES = [("de", _("German"))]
WAGTAIL_DATE_FORMAT = "%d.%m.%Y"
WAGTAIL_DATETIME_FORMAT = "%d.%m.%Y %H:%M"
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "workflows.finish_action.publish_approved"
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_AUTO_UPDATE_PREVIEW_INTERVAL = 1000
# Only whole addresses of our pages become links to them: otherwise it asks, naming drafts.
WAGTAILADMIN_EXTERNAL_LINK_CONVERSION = "exact"
WAGTAILIMAGES_IMAGE_MODEL = "cms.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.editing.uploads.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "jfif", "png", "webp", "heic"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
# The most of any format; cms.files.pictures knows the limit of each.
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 200_000_000
# As small as a photo on a page may be before one sees it.
WAGTAILIMAGES_AVIF_QUALITY = 50
WAGTAILIMAGES_WEBP_QUALITY = 70
WAGTAILIMAGES_JPEG_QUALITY = 72
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"avif": "avif", "heic": "jpeg", "webp": "webp"}
WAGTAILDOCS_DOCUMENT_MODEL = "cms.CustomDocument"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.editing.document_forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ics", "odt", "ods", "pdf", "pptx", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
# Embeds load third-party players into the visitor's browser: none are offered.
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.editing.admin_search"}}

# wagtail-localize publishes synchronised pages past the review when this is on.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILLOCALIZE_DISABLE_ON_DEMAND_UPDATE = False

# Seams downwards: the foundation calls the rooms above by these names.
PUBLISH_GATE = "workflows.gate.require_approval"
WORKFLOW_RULE = "workflows.rules.workflow_for"
CONTACT_RULE = "regions.finder.contacts.contact_for"
REGION_RULE = "regions.access.region_of"
REFERENCE_RULE = "regions.isolation.references.out_of_reach"
FILE_RULE = "regions.isolation.files.check_file"
PAGE_PERMISSION_TESTER = "workflows.permissions.ReviewedPagePermissionTester"

# Pages kept in the memory of each process, for readers without a cookie (docs/adr/0012).
PAGE_CACHE_BYTES = int(os.environ.get("PAGE_CACHE_MB", "32")) * 1024 * 1024
PAGE_CACHE_SECONDS = 60
# Requests of one network that a process answers; those that the page cache answers are not counted.
API_REQUESTS_PER_MINUTE = int(os.environ.get("API_REQUESTS_PER_MINUTE", "120"))
# Who knows it may read /-/metrics; while it is empty nobody may.
METRICS_TOKEN = os.environ.get("METRICS_TOKEN", "")
# How often counts of searches are written; 0 counts none.
SEARCH_STATISTICS_SECONDS = int(os.environ.get("SEARCH_STATISTICS_SECONDS", "60"))
# Names of the parameters whose pages may be kept; with any other a page is made anew.
PAGE_CACHE_PARAMETERS = ["search.registry.parameters", "regions.finder.selected_region.parameters"]
# Tables of packages, by the beginning of their names, of which no public page shows anything; our
# own models declare it (changes_public_pages). A write to any other table makes every page anew:
# one that is missing here costs time, never a wrong page.
THIRD_PARTY_PRIVATE_TABLES = [
    "account_",
    "auth_",
    "django_",
    "mfa_",
    "taggit_",
    "usersessions_",
    "wagtail_localize_",
    "wagtailadmin_",
    "wagtailcore_apitoken",
    "wagtailcore_collection",
    "wagtailcore_comment",
    "wagtailcore_group",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_pagesubscription",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_task",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflow",
    "wagtailembeds_",
    "wagtailimages_",
    "wagtailsearch_",
    "wagtailusers_",
]

# Asks the pages of funders whether they are still there; off in the demo.
LINK_CHECKS = os.environ.get("LINK_CHECKS", "") == "1"

# Days after which filled-in self-checks are deleted: so long after their last use.
CHECK_KEEP_DAYS = int(os.environ.get("CHECK_KEEP_DAYS", "730"))
CHECK_DRAFT_DAYS = int(os.environ.get("CHECK_DRAFT_DAYS", "90"))
# So many measures fit into the action plan of one.
CHECK_MOST_MEASURES = int(os.environ.get("CHECK_MOST_MEASURES", "10"))

# Called once before the web processes are forked, so that no first visitor waits for it.
WARM_UP = [
    # German nouns, lemmas and synonyms: they take longer to load than a page, and the processes
    # share the memory.
    "search.analysis.nouns.noun_table",
    "search.analysis.thesaurus.load_initial_thesaurus",
    # Every page needs these, and they ask the database: that saves the first page of each process a
    # dozen queries. What they cache is read again after the next change of the content.
    "home.routing.request_cache.warm_up",
    "search.results.run.warm_up",
    "funding.places.directory",
    "funding.models.additions.houses_that_add",
    "funding.models.variants.public_variants",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {request_id} {name} {message}", "style": "{"}
    },
    "filters": {
        "request_ids": {"()": "cms.delivery.logging_filters.RequestIds"},
        "no_titles": {"()": "cms.delivery.logging_filters.NoTitles"},
        "no_signed_links": {"()": "cms.delivery.logging_filters.NoSignedLinks"},
        "recurring_errors": {"()": "cms.delivery.logging_filters.RecurringErrors"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["request_ids", "no_titles", "no_signed_links", "recurring_errors"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
