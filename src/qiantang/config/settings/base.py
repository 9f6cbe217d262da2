"""What holds everywhere."""

from __future__ import annotations

from qiantang.config.arrow import leave_pandas_out
from qiantang.config.env import PROJECT_ROOT, Environment
from qiantang.config.logs import logging_to_stderr
from qiantang.config.settings.parts.database import *
from qiantang.config.settings.parts.engines import *
from qiantang.config.settings.parts.security import *
from qiantang.config.settings.parts.tasks import *
from qiantang.config.settings.parts.templates import *

leave_pandas_out()
_environment = Environment.read()

DEBUG = False
PORT = _environment.port
ALLOWED_HOSTS = list(_environment.allowed_hosts)
WATCH_FOLDER = _environment.watch_folder
SNAPSHOTS_KEPT = _environment.snapshots_kept
PROXIES = _environment.proxies
API_PUBLIC_QUOTA = _environment.api_public_quota
API_TOKEN_QUOTA = _environment.api_token_quota
PUBLIC_URL = _environment.public_url or f"http://127.0.0.1:{_environment.port}"
IDENTITY_PROVIDERS = tuple(one._asdict() for one in _environment.identity_providers or ())
IDENTITY_SECRETS = _environment.identity_secrets or {}
CITY_CODE = _environment.city_code
CITY_NAME_ZH = _environment.city_name_zh
CITY_NAME_EN = _environment.city_name_en
MAP_REVIEW_NUMBER = _environment.map_review_number
ROOT_URLCONF = "qiantang.config.urls"
WSGI_APPLICATION = "qiantang.config.wsgi.application"

INSTALLED_APPS = [
    "qiantang.config",
    "qiantang.commons.ui",
    "qiantang.commons.refdata",
    "qiantang.commons.events",
    "qiantang.commons.audit",
    "qiantang.commons.accounts",
    "qiantang.commons.files",
    "qiantang.commons.notices",
    "qiantang.commons.rulebook",
    "qiantang.commons.metrics",
    "qiantang.commons.documents",
    "qiantang.commons.evidence",
    "qiantang.commons.catalogue",
    "qiantang.commons.casework",
    "qiantang.corpus.classes",
    "qiantang.corpus.places",
    "qiantang.corpus.parties",
    "qiantang.corpus.register",
    "qiantang.corpus.measures",
    "qiantang.corpus.ingest",
    "qiantang.scenarios.query",
    "qiantang.scenarios.protection",
    "qiantang.scenarios.preexam",
    "qiantang.scenarios.monitoring",
    "qiantang.scenarios.navigation",
    "qiantang.portal.cockpit",
    "qiantang.portal.gateway",
    "qiantang.portal.deadlines",
    "qiantang.portal.hall",
    "qiantang.portal.exchange",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "qiantang.config.middleware.metrics.MetricsMiddleware",
    "qiantang.config.middleware.correlation.CorrelationMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "qiantang.config.middleware.actor.ActorMiddleware",
    "qiantang.config.middleware.api.ApiMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "qiantang.config.middleware.refusal.RefusalMiddleware",
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PROJECT_ROOT / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = PROJECT_ROOT / "var" / "static"
STATICFILES_DIRS = [("ui", PROJECT_ROOT / "frontend"), ("vendor", PROJECT_ROOT / "var" / "vendor")]
PRINT_FONTS = PROJECT_ROOT / "var" / "vendor" / "print"  # whole fonts, for documents made by the server
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# name -> callable without arguments that raises where the platform cannot serve; asked by /health/ready
READINESS_CHECKS = {"database": "qiantang.config.health.database", "search": "qiantang.config.health.search"}

# size of the demo city's register where nobody asks for another
QIANTANG_DEMO_PATENTS = 100_000

LOGGING = logging_to_stderr("INFO")
