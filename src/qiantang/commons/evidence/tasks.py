"""Jobs: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.commons.evidence.services import collecting, tending
from qiantang.kernel.actor import Actor


@task()
def seal() -> None:
    """Append what was just received, and have the checkpoint stamped."""
    tending.seal_and_stamp(actor=Actor.system("evidence log"))


@task(queue_name="captures")  # its own: while a page loads, nothing else has to wait
def capture(number: str) -> bool:
    """Visit one page and deposit what it brought."""
    return collecting.make_capture(actor=Actor.system("web capture"), number=number)


@task()
def tend() -> None:
    """The heartbeat, once a minute: what a dead worker or a silent authority left, renewals, the day's journal head."""
    tending.tend(actor=Actor.system("evidence log"))
