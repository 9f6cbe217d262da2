"""The settings of a house on one machine that may also capture pages of this machine: for the journey that serves them itself."""

from __future__ import annotations

from qiantang.config.settings import dev
from qiantang.config.settings.dev import *  # noqa: F403 - settings are composed so

CAPTURE_OPTIONS = {**dev.CAPTURE_OPTIONS, "loopback": True}
