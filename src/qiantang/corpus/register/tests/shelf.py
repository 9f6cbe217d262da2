"""A small register of our own making, with something of everything: offices, families, citations, events, disputes.

No office has given these numbers to these inventions, and there are no such firms.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from qiantang.corpus.register.methods.batches import to_arrow
from qiantang.corpus.register.selectors.view import Register, open_register
from qiantang.corpus.register.services.index import advance_index
from qiantang.corpus.register.services.load import begin_load
from qiantang.corpus.register.types import (
    Citation,
    Classification,
    Event,
    Observation,
    Party,
    Publication,
    Text,
)
from qiantang.kernel import numbers

DAY = date(2026, 1, 1)
CLAIMS = "1. 一种电池冷却装置，其特征在于包括壳体。\n2. 根据权利要求1所述的装置，其特征在于壳体有孔。\n3. 一种电池组。"


class File(NamedTuple):
    """One source file: name, rank of its source, what it says, and how many rows it refused."""

    name: str
    rows: list[Observation]
    rank: int = 2
    refused: int = 0


def seen(
    row: int,
    *publications: tuple[str, str, str],
    office: str = "CN",
    title: str | None = None,
    names: tuple[str, ...] = ("钱潮甲厂",),
    classes: tuple[str, ...] = (),
    as_of: date | None = date(2020, 7, 10),
    address: str | None = None,
    **more,
) -> Observation:
    """An observation; ``publications`` are (number, kind, ISO date); the address is that of the first name."""
    made = Observation(row=row, office=office, as_of=as_of, type=more.pop("type", "invention"), **more)
    made.publications += [Publication(number, kind, date.fromisoformat(day)) for number, kind, day in publications]
    if title:
        made.texts.append(Text("title", "zh", title))
    made.parties += [
        Party("applicant", place, name, address=address if place == 1 else None) for place, name in enumerate(names, 1)
    ]
    made.classifications += [Classification("ipc", one, None, place == 0) for place, one in enumerate(classes)]
    return made


def keys_of(one: Observation) -> list[str]:
    """The identity keys, as readers work them out."""
    spelled = [f"{p.number}{p.kind or ''}" for p in one.publications]
    if one.application_number:
        spelled.append(one.application_number)
    return [numbers.parse(text, office=one.office).key for text in spelled]


def stock(home: Path, *files: File, day: date = DAY, index: bool = True, synthetic: bool = False) -> Register:
    """Load the files as one snapshot into a home, and index them."""
    opened = open_register(home)
    with begin_load(opened.place, opened.lake, day=day) as load:
        for file in files:
            load.begin_source(
                name=file.name,
                digest=f"digest of {file.name}",
                size_bytes=1,
                reader="test",
                reader_version=1,
                rank=file.rank,
                synthetic=synthetic,
            )
            if file.rows:
                load.staging.add(to_arrow(file.rows, [keys_of(one) for one in file.rows]))
            for number in range(file.refused):
                load.staging.refuse(1_000 + number, "date_impossible", "filing_date", {"value": "2019.13.45"}, "raw")
            load.staging.finish()
        load.publish()
    if index:
        advance_index(opened)
    return opened


def battery() -> Observation:
    """The patent that has everything."""
    one = seen(
        1,
        ("CN107000001", "A", "2018-01-12"),
        ("CN107000001", "B", "2020-07-10"),
        title="一种电池冷却装置",
        names=("钱潮甲厂", "西溪理工大学"),
        classes=("H01M10/613", "F28D15/02"),
        application_number="CN201710601862.3",
        filing_date=date(2017, 7, 21),
        claim_count=3,
        simple_family="F1",
        extended_family="X1",
        address="浙江省杭州市西湖区无名路7号",
    )
    one.texts += [
        Text("title", "en", "Battery cooling device"),
        Text("abstract", "zh", "本发明公开了一种电池冷却装置，壳体内设有液冷管路，散热均匀。"),
        Text("claims", "zh", CLAIMS),
    ]
    one.parties += [Party("inventor", 1, "章湖墅"), Party("inventor", 2, "沈文晖"), Party("agency", 1, "钱潮代理所")]
    one.citations += [
        Citation("CN106000002", "examiner", "X", date(2017, 1, 4), None),
        Citation("CN101999999", "applicant", None, None, None),
        Citation(None, "examiner", "A", None, "电池热管理综述，2015"),
    ]
    one.events += [
        Event("SE01", date(2018, 2, 6), date(2018, 2, 6), "实质审查的生效"),
        Event("GR01", date(2020, 7, 10), date(2020, 7, 10), "授权"),
        Event("CF01", date(2024, 7, 21), date(2025, 3, 4), "未缴年费专利权终止"),
    ]
    return one


def others() -> list[Observation]:
    cited = seen(
        2, ("CN106000002", "A", "2017-01-04"), title="一种液冷板", classes=("F28D15/02",), filing_date=date(2016, 6, 1)
    )
    later = seen(
        3,
        ("CN110000004", "A", "2019-07-12"),
        title="电池箱体及汽车",
        names=("(株)钱潮“乙”厂\\分部",),
        classes=("H01M10/613", "B60L50/64"),
        filing_date=date(2019, 3, 1),
        address="杭州市滨江区无名路8号",
    )
    later.citations += [
        Citation("CN107000001", "examiner", "Y", date(2018, 1, 12), None),
        Citation("CN106000002", None, None, None, None),
    ]
    latest = seen(4, ("CN111000005", "A", "2020-05-15"), title="冷却液", filing_date=date(2020, 1, 6))
    latest.citations.append(Citation("CN107000001", "applicant", None, date(2018, 1, 12), None))
    return [cited, later, latest, *of_other_kinds_and_offices()]


def of_other_kinds_and_offices() -> list[Observation]:
    return [
        seen(
            5,
            ("CN208000006", "U", "2018-10-26"),
            type="utility_model",
            title="泵",
            names=("章湖墅",),
            filing_date=date(2018, 3, 9),
            classes=("F04D13/06",),
        ),
        seen(6, type="design", names=("西溪理工大学",), application_number="CN95115608.X", as_of=None),
        seen(
            7,
            ("US10123456", "B2", "2018-11-13"),
            office="US",
            title="Battery cooling",
            names=("Qianchao Works",),
            filing_date=date(2017, 8, 1),
            simple_family="F1",
            extended_family="X1",
            classes=("H01M10/613",),
        ),
        seen(8, ("EP1234567", "B1", "2004-01-07"), office="EP", title="Pump", extended_family="X1", names=()),
        seen(
            9,
            ("WO2019123456", "A1", "2019-06-27"),
            office="WO",
            application_number="PCT/CN2018/071234",
            names=("钱潮甲厂",),
            title="冷却方法",
        ),
    ]


def disputed() -> list[Observation]:
    """One publication in two rows of a crawl: another name and another title than the gazette has, and a foreign number."""
    twice = battery()
    twice.row, twice.events, twice.citations, twice.as_of = 1, [], [], date(2021, 1, 1)
    twice.texts = [Text("title", "zh", "电池冷却裝置（机翻）"), Text("title", "en", "Accumulator chiller")]
    twice.parties = [Party("applicant", 1, "钱潮甲厂有限责任公司")]
    foreign = seen(
        2, ("CN106000002", "A", "2017-01-04"), title="张冠李戴", application_number="CN201911032622.1", as_of=None
    )
    return [twice, foreign]


def everything() -> tuple[File, ...]:
    """The whole shelf: 9 patents of a gazette, with 2 refused rows beside them; then a crawl that disputes two of them."""
    gazette = File("gazette.csv", [battery(), *others()], refused=2)
    # the patent whose publication the crawl gives to another application must have an application of its own
    gazette.rows[1].application_number = "CN202210851408.4"
    return gazette, File("crawl.csv", disputed(), rank=5)
