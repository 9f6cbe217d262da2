"""Templates. cotton and template-partials each wrap the loaders and silence the other, so the chain is written out."""

from __future__ import annotations

from typing import Any

_SOURCES = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATE_LOADERS: list[Any] = [
    ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _SOURCES)]),
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "OPTIONS": {
            "loaders": TEMPLATE_LOADERS,
            "builtins": ["django_cotton.templatetags.cotton", "template_partials.templatetags.partials"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "qiantang.config.context.house",
            ],
        },
    },
]
COTTON_DIR = "cotton"
