"""Jobs of protection: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.kernel.actor import Actor
from qiantang.scenarios.protection.services import agreements, applications, connectors, registers


@task()
def tend_disputes() -> int:
    """Send what waits, report to courts, let simulated bodies go on, remind of what is due, end entries; how much was done."""
    actor = Actor.system("disputes by the clock")
    done = agreements.remind_of_performance(actor=actor)
    done += applications.remind_of_renewal(actor=actor)
    done += connectors.report_to_courts(actor=actor)
    done += registers.end_entries(actor=actor)
    played = connectors.play_simulators(actor=actor)
    return done + played + connectors.post_messages(actor=actor)
