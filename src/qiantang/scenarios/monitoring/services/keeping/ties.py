"""The network of the city's joint applicants: its communities and who stands between others, counted once after a load."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from qiantang.scenarios.monitoring.selectors import ties
from qiantang.scenarios.monitoring.selectors.holdings import holdings
from qiantang.scenarios.monitoring.services.keeping.files import write_kept

if TYPE_CHECKING:
    from qiantang.scenarios.monitoring.selectors.kept import KeptState


def write_networks(state: KeptState) -> None:
    """The joint applications up to the last year of a filing."""
    held = holdings(state.snapshot)
    if held is None:
        return  # something was removed meanwhile: the next job makes all of it
    joint = ties.joint_of(held, None, timezone.localdate())
    write_kept("networks", state, {"year": joint.year, **ties.told(ties.counted_joint(joint))})
