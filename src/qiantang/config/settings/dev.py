"""One machine: a developer or the demo. As production, but for TLS; events are delivered at the commit."""

from __future__ import annotations

from qiantang.config.env import Environment
from qiantang.config.settings.base import *

SECRET_KEY = Environment.read().secret(may_make=True)
COURIER_OPTIONS = {**COURIER_OPTIONS, "loopback": True}  # the simulated platforms run on this machine
EVENTS_ON_COMMIT = "qiantang.commons.events.services.deliver_pending"
