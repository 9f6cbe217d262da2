"""Words that many definitions share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from qiantang.commons.metrics.types import AddressOf, CountingRule, Dimension, Figure, Metric, Text, TimeBasis

OWNER: Final = "measures"
D: Final = Dimension
PIECES: Final = Text("件", "pieces")
NO_UNIT: Final = Text("", "")
REGISTER: Final = Text("本平台专利登记库", "the patent register of this platform")
DIVISIONS: Final[tuple[Dimension, ...]] = tuple(Dimension)
FILING: Final = CountingRule(TimeBasis.FILING, AddressOf.APPLICANT)
PUBLICATION: Final = CountingRule(TimeBasis.PUBLICATION, AddressOf.APPLICANT)
GRANT: Final = CountingRule(TimeBasis.GRANT)
STOCK: Final = CountingRule(TimeBasis.STOCK)


def counted(
    id: str,  # noqa: A002 the word of the field
    zh: str,
    en: str,
    definition: tuple[str, str],
    *,
    formula: str,
    group: str,
    rule: CountingRule,
    **more: Any,
) -> Metric:
    """A metric that counts patents."""
    told: dict[str, Any] = {
        "unit": PIECES,
        "figure": Figure.COUNT,
        "source": REGISTER,
        "dimensions": DIVISIONS,
        "owner": OWNER,
    }
    return Metric(
        id=id, name=Text(zh, en), definition=Text(*definition), formula=formula, group=group, rule=rule, **(told | more)
    )


def same(one: Metric, id: str, group: str, **more: Any) -> Metric:  # noqa: A002 the word of the field
    """The metric under the id of another list."""
    told: dict[str, Any] = {name: getattr(one, name) for name in one.__slots__}
    return Metric(**(told | {"id": id, "group": group, "same_as": one.id} | more))


__all__: Sequence[str] = (
    "DIVISIONS",
    "FILING",
    "GRANT",
    "OWNER",
    "PIECES",
    "REGISTER",
    "STOCK",
    "D",
    "counted",
    "same",
)
