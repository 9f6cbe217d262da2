"""The settings of a house that learns no words: five thousand of the demo city take the model forty seconds of a core.

The journeys there search by words. Those that search by meaning have the other house, which learns as every house does.
"""

from __future__ import annotations

from qiantang.config.settings.dev import *  # noqa: F403 - settings are composed so

TEXT_MODEL = ""
