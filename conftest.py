"""What holds for every test of the house."""

from __future__ import annotations

import pytest


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:  # noqa: ARG001 the hook's shape
    """Bytes name no case: archives carry the clock, and parallel runs must collect the same names."""
    return argname if isinstance(val, bytes) else None
