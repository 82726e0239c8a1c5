"""Settings of the server under load: files as in production, a plain page beside ours."""

import os

from bench.settings import *  # noqa: F403
from bench.settings import BASE_DIR, STORAGES, TEMPLATES

DEBUG = False
ROOT_URLCONF = "bench.plain"
PAGE_CACHE_BYTES = int(os.environ.get("PAGE_CACHE_MB", "0")) * 1024 * 1024
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
TEMPLATES[0]["DIRS"].append(BASE_DIR / "bench" / "templates")
