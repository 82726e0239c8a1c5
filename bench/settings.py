"""Settings of the measurements: as in production, without what needs a web server before it."""

import os
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import BASE_DIR, DATABASES, LOGGING, MIDDLEWARE, STORAGES, TEMPLATES

if "bench" not in str(DATABASES["default"]["NAME"]):
    raise RuntimeError("Measurements run in databases of their own: start them by python -m bench")

SECRET_KEY = "measurements-only"  # noqa: S105
ALLOWED_HOSTS = ["*"]
MAIL_TRANSPORT = os.environ.get("MAIL_TRANSPORT", "django.core.mail.backends.dummy.EmailBackend")
SERVE_MEDIA = False
# What pages cost to make is measured; cached ones are measured under load only.
PAGE_CACHE_BYTES = int(os.environ.get("PAGE_CACHE_MB", "0")) * 1024 * 1024
STATIC_ROOT = Path(os.environ["MEDIA_ROOT"]).parent / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
# Below the page cache: what comes from memory tells when it was made.
MIDDLEWARE.insert(
    MIDDLEWARE.index("cms.delivery.page_cache.PageCacheMiddleware") + 1, "bench.made.note_making"
)
# A plain page beside ours.
ROOT_URLCONF = "bench.plain"
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
# Pages that are not found are asked for on purpose.
LOGGING["handlers"]["console"]["level"] = "ERROR"
