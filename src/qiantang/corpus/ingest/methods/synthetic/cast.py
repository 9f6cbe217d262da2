"""The parties of the demo city: firms, universities, institutes, hospitals, persons, and firms abroad."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.days import LAST_YEAR, day
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Ints
from qiantang.corpus.ingest.methods.synthetic.people import Coinages, NameForm, agencies, chinese_people, variants
from qiantang.corpus.ingest.methods.synthetic.words import BRANCHES
from qiantang.corpus.ingest.methods.synthetic.words import names as words
from qiantang.corpus.ingest.methods.synthetic.words.places import QUARTERS, QUARTERS_ELSEWHERE, QUARTERS_HANGZHOU

KINDS = ("company", "university", "institute", "hospital", "person")
COMPANY, UNIVERSITY, INSTITUTE, HOSPITAL, PERSON = range(5)
HANGZHOU, ELSEWHERE, ABROAD = range(3)

_SHORT = {"浙江省杭州市": ("杭州", "Hangzhou"), "北京市": ("北京", "Beijing"), "上海市": ("上海", "Shanghai"), "天津市": ("天津", "Tianjin"),
    "广东省深圳市": ("深圳", "Shenzhen"), "广东省广州市": ("广州", "Guangzhou"), "江苏省南京市": ("南京", "Nanjing"),
    "江苏省苏州市": ("苏州", "Suzhou"), "湖北省武汉市": ("武汉", "Wuhan"), "四川省成都市": ("成都", "Chengdu"),
    "陕西省西安市": ("西安", "Xi'an"), "浙江省宁波市": ("宁波", "Ningbo"), "安徽省合肥市": ("合肥", "Hefei"),
    "浙江省绍兴市": ("绍兴", "Shaoxing"), "浙江省嘉兴市": ("嘉兴", "Jiaxing"), "山东省青岛市": ("青岛", "Qingdao")}  # fmt: skip
COUNTRIES = ("CN", *words.ABROAD_FORMS)
NO_CHANGE = 0
_HEAVY, _OLD = 60, 12  # first ranks: no persons among them; founded before the city begins
_ABROAD = len(words.ABROAD_FIRST) * len(words.ABROAD_SECOND)


@dataclass(frozen=True, slots=True)
class Cast:
    """Columns over all parties; a party is its position.

    group       HANGZHOU, ELSEWHERE or ABROAD; ``members`` lists the parties of each group, heaviest first
    weight      how often it files, relative
    quarter     first and second seat (positions in QUARTERS; abroad: 0), ``moved`` the day of the move or 0
    renamed     the day from which the official name holds instead of the former one, or 0
    pool        first number and size of its stock of inventors
    names       written forms, FORMS of them for each party
    """

    kind: Ints
    group: Ints
    country: Ints
    weight: Ints
    founded: Ints
    main: Ints
    second: Ints
    quarter: tuple[Ints, Ints]
    moved: Ints
    renamed: Ints
    pool: tuple[Ints, Ints]
    names: list[str]
    members: tuple[Ints, Ints, Ints]
    agencies: list[str]

    def __len__(self) -> int:
        return len(self.kind)


def _kinds(draws: Draws, ids: Ints, group: Ints, rank: Ints) -> Ints:
    """Persons are many but file little, so they stand only low in the ranks."""
    high = draws.pick("party.kind.high", ids, [80, 11, 6, 3])
    low = draws.pick("party.kind.low", ids, [58, 2, 3, 4, 33])
    return np.where(group == ABROAD, COMPANY, np.where(rank < _HEAVY, high, low))


def _seats(draws: Draws, ids: Ints, group: Ints, rank: Ints) -> Ints:
    """Quarters by weight; in the middle ranks each quarter has its turn, so that even a small city fills all districts."""
    first = len(QUARTERS_HANGZHOU)
    here = draws.pick("party.quarter", ids, [q.weight for q in QUARTERS_HANGZHOU])
    there = draws.pick("party.elsewhere", ids, [q.weight for q in QUARTERS_ELSEWHERE])
    turn = (rank >= _OLD) & (rank < _OLD + len(QUARTERS_ELSEWHERE))
    here = np.where(turn & (rank < _OLD + first), (rank - _OLD) % first, here)
    there = np.where(turn, rank - _OLD, there)
    return np.where(group == HANGZHOU, here, np.where(group == ELSEWHERE, first + there, 0))


def _branches(draws: Draws, ids: Ints, kind: Ints, label: str) -> Ints:
    any_branch = draws.pick(label, ids, [sum(b.rise) for b in BRANCHES])
    medical = np.array([i for i, b in enumerate(BRANCHES) if b.industry == "biomedicine"])
    clinical = medical[draws.below(f"{label}.clinical", ids, len(medical))]
    return np.where(kind == HOSPITAL, clinical, any_branch)


def _company(city: tuple[str, str], core: tuple[str, str], trade: tuple[str, str], turn: int) -> tuple[str, str]:
    form = words.COMPANY_FORMS[(0, 0, 0, 0, 1, 1, 0, 2)[turn % 8]]
    if turn % 5 == 0:
        return f"{core[0]}{trade[0]}（{city[0]}）{form[0]}", f"{core[1]} {trade[1]} ({city[1]}) {form[1]}"
    return f"{city[0]}{core[0]}{trade[0]}{form[0]}", f"{city[1]} {core[1]} {trade[1]} {form[1]}"


def _body(kind: int, city: tuple[str, str], core: tuple[str, str], turn: int) -> tuple[str, str]:
    """A university, an institute or a hospital."""
    if kind == UNIVERSITY:
        form = words.UNIVERSITIES[turn % len(words.UNIVERSITIES)]
        return core[0] + form[0], f"{core[1]} {form[1]}"
    forms = words.INSTITUTES if kind == INSTITUTE else words.HOSPITALS
    form = forms[turn % len(forms)]
    return f"{city[0]}{core[0]}{form[0]}", f"{city[1]} {core[1]} {form[1]}"


def _abroad(order: int, country: str) -> tuple[str, str]:
    first = words.ABROAD_FIRST[order % len(words.ABROAD_FIRST)]
    second = words.ABROAD_SECOND[order // len(words.ABROAD_FIRST) % len(words.ABROAD_SECOND)]
    latin, zh, _ = words.ABROAD_FORMS[country]
    # Past the last combination a firm carries the number of its round, so that no two share a name.
    turn = order // _ABROAD
    zh, number = (f"第{turn + 1}{zh}", f" {turn + 1}") if turn else (zh, "")
    return f"{first[1]}{second[1]}{zh}", f"{first[0]} {second[0]}{number} {latin}"


def _names(draws: Draws, kind: Ints, country: Ints, quarter: Ints, main: Ints, renamed: Ints) -> list[str]:
    ids = np.arange(len(kind))
    turns = draws.below("party.form", ids, 1 << 20)
    people_zh, people_en = (column.to_pylist() for column in chinese_people(draws, -1 - ids))
    coinages, others = Coinages(draws, "party.core"), Coinages(draws, "party.core.former")
    found: list[str] = []
    abroad = 0
    for party, one in enumerate(kind.tolist()):
        turn, former = int(turns[party]), ""
        if country[party]:
            official, english = _abroad(abroad // (len(COUNTRIES) - 1), COUNTRIES[country[party]])
            abroad += 1
        elif one == PERSON:
            official, english = people_zh[party], people_en[party]
        else:
            city, core = _SHORT[QUARTERS[quarter[party]].city], coinages.take()
            trades = words.TRADES[BRANCHES[main[party]].industry]
            trade = trades[turn % len(trades)]
            official, english = _company(city, core, trade, turn) if one == COMPANY else _body(one, city, core, turn)
            if renamed[party]:
                former = _company(city, others.take(), trades[(turn + 1) % len(trades)], 1)[0]
        found.extend(variants(official, former, english))
    return found


def _weights(rank: Ints, group: Ints, kind: Ints) -> Ints:
    """Zipf's law in whole numbers, flattened at the head; a person files a fifth of what a firm of that rank does."""
    weight = 2_000_000 // (rank + np.where(group == ABROAD, 3, 9))
    return np.where(kind == PERSON, weight // 5, weight) + 1


def _shuffled_ranks(draws: Draws, group: Ints) -> Ints:
    rank = np.empty(len(group), np.int64)
    for one in (HANGZHOU, ELSEWHERE, ABROAD):
        members = np.flatnonzero(group == one)
        rank[members[np.argsort(draws.bits("party.rank", members), kind="stable")]] = np.arange(len(members))
    return rank


def build_cast(draws: Draws, patents: int) -> Cast:
    """All parties of a city of so many patents: about one for 25 of them, at least 400."""
    count = max(400, patents // 25)
    ids = np.arange(count)
    group = draws.pick("party.group", ids, [56, 40, 4])
    rank = _shuffled_ranks(draws, group)
    kind = _kinds(draws, ids, group, rank)
    weight = _weights(rank, group, kind)
    quarter = _seats(draws, ids, group, rank)
    main, second = (_branches(draws, ids, kind, label) for label in ("party.main", "party.second"))
    country = np.where(group == ABROAD, 1 + (np.cumsum(group == ABROAD) - 1) % (len(COUNTRIES) - 1), 0)
    settled = (group == ABROAD) | (kind == PERSON) | (kind == UNIVERSITY)
    moves = draws.chance("party.moves", ids, 150) & (group == HANGZHOU) & (kind == COMPANY)
    moved = np.where(moves, draws.between("party.moved", ids, day(2012, 1, 1), day(2024, 6, 30)), NO_CHANGE)
    other = np.where(moves, draws.pick("party.quarter2", ids, [q.weight for q in QUARTERS_HANGZHOU]), quarter)
    change = draws.chance("party.renames", ids, 90) & ~settled & (kind == COMPANY)
    renamed = np.where(change, draws.between("party.renamed", ids, day(2011, 1, 1), day(2023, 12, 31)), NO_CHANGE)
    founded = LAST_YEAR - 2 - draws.below("party.founded", ids, 30)
    founded = np.where((kind == UNIVERSITY) | (kind == HOSPITAL) | (rank < _OLD), 2000, founded)
    stock = 2 + weight * (patents // 2) // int(weight.sum()) // 3
    cities = tuple(name for name, _ in _SHORT.values())
    return Cast(
        kind, group, country, weight, founded, main, second, (quarter, other), moved, renamed,
        (np.cumsum(stock) - stock, stock),
        _names(draws, kind, country, quarter, main, renamed),
        tuple(np.flatnonzero(group == g)[np.argsort(rank[group == g], kind="stable")] for g in range(3)),  # type: ignore[arg-type]  # three groups
        agencies(draws, cities[:4] * 3 + cities, 120),
    )  # fmt: skip


def name_form(cast: Cast, draws: Draws, parties: Ints, filed: Ints, index: Ints) -> Ints:
    """In which form a Chinese filing of that day writes the party's name: mostly officially."""
    slip = draws.pick("name.slip", index, [953, 25, 15, 7])
    form = np.array([NameForm.OFFICIAL, NameForm.WIDTH, NameForm.SPACED, NameForm.TYPO])[slip]
    return np.where(filed < cast.renamed[parties], int(NameForm.FORMER), form)
