"""Jobs and events. The worker takes jobs from the database; nothing else need run."""

from __future__ import annotations

from typing import Any

QUEUES = ["default", "captures"]
TASKS: dict[str, dict[str, Any]] = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": QUEUES}}

# What a commit with events in it sets off: a job for the worker, or delivery on the spot (dev, test).
EVENTS_ON_COMMIT = "qiantang.commons.events.tasks.enqueue_delivery"
