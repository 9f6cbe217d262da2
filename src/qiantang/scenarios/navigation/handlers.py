"""What the register asks of this room."""

from __future__ import annotations

from qiantang.corpus.register.types import SET_READERS


def patents_of_figure(name: str) -> tuple[str, ...] | None:
    """The patents behind a number of a report or page."""
    from qiantang.scenarios.navigation.selectors import editions  # noqa: PLC0415 - the register, when a set is asked for

    return editions.patents_of_set(name)


SET_READERS.register("navigation.figures", patents_of_figure)
