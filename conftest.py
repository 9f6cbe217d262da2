"""What holds for every test of the house."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says something about the machine, nothing about the rule. What is landed is held against the
# same examples each time; at a desk they are drawn anew.
settings.register_profile(
    "house", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


def pytest_collection_finish(session: pytest.Session) -> None:  # noqa: ARG001 the hook's shape
    """Thousands of tests stay to the end: the garbage collector, which each load calls, need not look through them."""
    gc.collect()
    gc.freeze()


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:  # noqa: ARG001 the hook's shape
    """Bytes name no case: archives carry the clock, and parallel runs must collect the same names."""
    return argname if isinstance(val, bytes) else None
