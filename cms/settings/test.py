"""Settings of the test suite: SQLite in memory unless DATABASE_URL names another database."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")

from .base import *  # noqa: F403

SECRET_KEY = "tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
# Of this process: others test at the same time.
MEDIA_ROOT = Path(tempfile.gettempdir()) / f"haeuser-test-media-{os.getpid()}"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
SERVE_MEDIA = True
# Tests sign people in without the form; those of the second factor ask for it.
SECOND_FACTOR_REQUIRED = False
# Tests ask for a page right after they changed it; test_page_cache.py switches it on.
PAGE_CACHE_BYTES = 0
SEARCH_STATISTICS_SECONDS = 0
# Tests of Elasticsearch name the server themselves (tests/search/elasticsearch).
ELASTICSEARCH_URLS = []
