"""Production, without TLS and with a few more addresses: those of the error pages."""

from cms.settings.production import *  # noqa: F403

ROOT_URLCONF = "quality.urls"
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
SERVE_MEDIA = True
