"""The metrics of what moves between cities: rights that change hands, inventors who change their applicant."""

from __future__ import annotations

from typing import Final, NamedTuple

from qiantang.commons.metrics.types import AddressOf, CountingRule, Dimension, Figure, Metric, Sharing, Text, TimeBasis
from qiantang.kernel.legalstatus import EventKind
from qiantang.scenarios.monitoring.rules import CITY
from qiantang.scenarios.monitoring.types import Way

OWNER: Final = "monitoring"
_REGISTER: Final = Text("本平台专利登记库", "the patent register of this platform")
_TRANSFERS: Final = Text("件次", "transfers")
_LICENCES: Final = Text("件次", "licences")
_PEOPLE: Final = Text("人", "people")
_HOME: Final = Text(
    "当事人所在城市为其作为第一权利人的专利最多的城市，不明者不归入任何城市。",
    "The city of a party is that of most patents on which it stands first; where that tells nothing it is in no city.",
)
_PERSON: Final = Text(
    "截至该年末五年内，发明人先后列于两个申请人的申请、且两处均有同一名合作者，方予计入，故为“至少”；少于三人不予显示。",
    "Over the five years to the end of the year: inventors on applications of one applicant and later of another, in the company of a colleague of before; so it is “at least”. Fewer than three people are not shown.",
)


class FlowRule(NamedTuple):
    """Which dealings a metric counts: their kind, and on which side the city stands; None: on either."""

    kind: EventKind
    way: Way | None


def _flow(key: str, name: Text, what: Text, unit: Text) -> Metric:
    return Metric(
        id=key,
        name=name,
        definition=Text(f"{what.zh}{_HOME.zh}", f"{what.en} {_HOME.en}"),
        formula=Text("公报公布的事项次数", "count(entries of the gazette)"),
        unit=unit,
        figure=Figure.COUNT,
        rule=CountingRule(TimeBasis.EVENT, AddressOf.HOLDER, Sharing.WHOLE),
        source=_REGISTER,
        owner=OWNER,
        group="movement",
        dimensions=(Dimension.YEAR,),
    )


def _move(key: str, name: Text) -> Metric:
    return Metric(
        id=key,
        name=name,
        definition=_PERSON,
        formula=Text("不同发明人的人数", "count(distinct people)"),
        unit=_PEOPLE,
        figure=Figure.DISTINCT,
        rule=CountingRule(TimeBasis.FILING, AddressOf.APPLICANT),
        source=_REGISTER,
        owner=OWNER,
        group="movement",
        dimensions=(Dimension.YEAR,),
        regions=(CITY,),
    )


FLOWS: Final = {
    "FL-01": FlowRule(EventKind.TRANSFER, Way.CAME),
    "FL-02": FlowRule(EventKind.TRANSFER, Way.WENT),
    "FL-03": FlowRule(EventKind.TRANSFER, Way.WITHIN),
    "FL-04": FlowRule(EventKind.LICENCE_ON, None),
}
MOVES: Final = {"MV-01": Way.CAME, "MV-02": Way.WENT, "MV-03": Way.WITHIN}

METRICS: Final = (
    _flow(
        "FL-01",
        Text("专利转入件次", "Transfers into the city"),
        Text(
            "受让人在本市、转让人不在本市的专利权（申请权）转移。",
            "Transfers whose new holder is in the city and whose former holder is not.",
        ),
        _TRANSFERS,
    ),
    _flow(
        "FL-02",
        Text("专利转出件次", "Transfers out of the city"),
        Text(
            "转让人在本市、受让人不在本市的专利权（申请权）转移。",
            "Transfers whose former holder is in the city and whose new holder is not.",
        ),
        _TRANSFERS,
    ),
    _flow(
        "FL-03",
        Text("市内专利转让件次", "Transfers within the city"),
        Text("转让人与受让人均在本市的转移。", "Transfers between two holders in the city."),
        _TRANSFERS,
    ),
    _flow(
        "FL-04",
        Text("涉本市专利许可备案件次", "Licences with a party in the city"),
        Text("许可人或被许可人在本市的许可备案。", "Recorded licences with the licensor or the licensee in the city."),
        _LICENCES,
    ),
    _move("MV-01", Text("发明人流入人数", "Inventors who moved into the city")),
    _move("MV-02", Text("发明人流出人数", "Inventors who moved out of the city")),
    _move("MV-03", Text("市内流动发明人人数", "Inventors who moved within the city")),
)
