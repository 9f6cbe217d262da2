"""A job that nobody works off: tests send when they mean to."""

from __future__ import annotations


class Job:
    """Takes the place of ``tasks.send_events``."""

    def enqueue(self) -> None:
        """Nothing follows."""


JOB = Job()
