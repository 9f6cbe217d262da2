"""A city's installation, behind a proxy that speaks TLS and sets X-Forwarded-Proto itself."""

from __future__ import annotations

from qiantang.config.env import Environment
from qiantang.config.settings.base import *

_environment = Environment.read()
SECRET_KEY = _environment.secret(may_make=False)

CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in _environment.allowed_hosts if not name.startswith(("[", "."))]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True

WHITENOISE_USE_FINDERS = False
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
