"""System checks of the house itself; run by ``check`` and before every command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from qiantang.config.settings.parts.templates import TEMPLATE_LOADERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.apps import AppConfig


@register
def template_loaders_are_in_order(app_configs: Sequence[AppConfig] | None, **kwargs: object) -> list[CheckMessage]:  # noqa: ARG001 - Django's signature
    """The loaders of cotton and template-partials silence each other unless they stand in this one order."""
    if settings.TEMPLATES[0]["OPTIONS"].get("loaders") == TEMPLATE_LOADERS:
        return []
    return [
        Error(
            "The template loaders were changed.",
            hint="Keep settings/parts/templates.py and both SimpleAppConfigs: a default AppConfig rewrites the loaders.",
            id="qiantang.E001",
        ),
    ]
