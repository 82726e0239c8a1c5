"""Production: everything that is secret or differs comes from the environment."""

import os

from django.core.exceptions import ImproperlyConfigured

from .base import *  # noqa: F403
from .base import ALLOWED_HOSTS, STORAGES

#: What has a default that suits the demo, and nothing else.
REQUIRED = {
    "SECRET_KEY": "a long random value",
    "ALLOWED_HOSTS": "the host names of the site, comma-separated",
    "BASE_URL": "the address of the site, as links in mails begin",
    "DATABASE_URL": "postgres://user:password@host:port/name",
    "DEFAULT_FROM_EMAIL": "the sender of all mails",
}
if missing := [name for name in REQUIRED if not os.environ.get(name)]:
    raise ImproperlyConfigured("; ".join(f"set {name} to {REQUIRED[name]}" for name in missing))

STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}

SECURE_SSL_REDIRECT = os.environ.get("SECURE_SSL_REDIRECT", "1") == "1"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "*"]
SERVE_MEDIA = False

LINK_CHECKS = os.environ.get("LINK_CHECKS", "1") == "1"
