"""The embedded default: SQLite, local media, mails printed, everything in one process."""

import os

from .base import *  # noqa: F403
from .base import VAR_DIR

DEBUG = os.environ.get("DEBUG", "") == "1"
SECRET_KEY = os.environ.get("SECRET_KEY", "development-only-never-in-production")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
INTERNAL_IPS = ["127.0.0.1"]
MAIL_TRANSPORT = os.environ.get("MAIL_TRANSPORT", "django.core.mail.backends.console.EmailBackend")
# Static files straight from the checkout: no collectstatic step on a bare machine.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True
# The demo's log-ins work at once; `SECOND_FACTOR=required` shows the site as it is in production.
SECOND_FACTOR_REQUIRED = os.environ.get("SECOND_FACTOR", "optional") == "required"

VAR_DIR.mkdir(parents=True, exist_ok=True)
