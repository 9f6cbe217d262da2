"""For pytest: a database of its own for each process, jobs and events run on the spot."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import gettempdir

from qiantang.config.env import Environment
from qiantang.config.logs import logging_to_stderr
from qiantang.config.settings.base import *
from qiantang.config.settings.parts.database import sqlite_at

SECRET_KEY = "for-tests-only-for-tests-only-for-tests-only"  # noqa: S105 - protects nothing
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Several runs at once on one machine must not meet; nothing is created before a test asks for it.
QIANTANG_HOME = Path(gettempdir()) / f"qiantang-test-{os.getpid()}"
if Environment.read().database_url is None:
    # a file, not memory: the live server and concurrency tests open connections of their own
    DATABASES = {"default": {**sqlite_at(f"{QIANTANG_HOME}.sqlite3"), "TEST": {"NAME": f"{QIANTANG_HOME}.sqlite3"}}}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TEXT_MODEL = ""  # words are not learnt after every load of every test; the tests of that set a model
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": QUEUES}}
EVENTS_ON_COMMIT = "qiantang.commons.events.services.deliver_pending"
DELIVERY_ADAPTER = "qiantang.engines.delivery.folder.FolderDelivery"
SEAL_ADAPTER = ("qiantang.engines.seal.demo.DemoSealer", {"folder": Path(f"{QIANTANG_HOME}-seal")})
BUSINESS_REGISTER_ADAPTER = (
    "qiantang.engines.business_register.simulator.SimulatedRegister",
    {"folder": Path(f"{QIANTANG_HOME}-register")},
)
TEXTING_ADAPTER = "qiantang.engines.delivery.text_folder.FolderTexting"
TEXTING_OPTIONS = {"place": Path(f"{QIANTANG_HOME}-texts")}
DELIVERY_OPTIONS = {"place": Path(f"{QIANTANG_HOME}-mail")}
NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": Path(f"{QIANTANG_HOME}-authority")}),)
COURIER_OPTIONS = {**COURIER_OPTIONS, "loopback": True}
ANCHOR_OPTIONS = {**ANCHOR_OPTIONS, "loopback": True}  # a calendar that the tests serve
CAPTURE_OPTIONS = {**CAPTURE_OPTIONS, "loopback": True}  # pages that the tests serve; nowhere else
LOGGING = logging_to_stderr("WARNING")
