"""Short documents with a wide vocabulary, and random queries over them: enough for facets with ties and pages with runs."""

from __future__ import annotations

from random import Random

from qiantang.engines.search.port import (
    And,
    Document,
    Everything,
    Exists,
    FacetRequest,
    FieldKind,
    How,
    IndexField,
    IndexSchema,
    Not,
    Or,
    Phrase,
    Places,
    Prefix,
    Query,
    Range,
    Slot,
    Sort,
    Term,
    Wild,
)

SCHEMA = IndexSchema(
    version=1,
    fields=(
        IndexField("title", FieldKind.TEXT),
        IndexField("characters", FieldKind.CHARS),
        IndexField("symbol", FieldKind.KEYWORD, facet=True),
        IndexField("owner", FieldKind.KEYWORD, facet=True),
        IndexField("day", FieldKind.INTEGER, sortable=True),
        IndexField("year", FieldKind.INTEGER, facet=True, sortable=True),
    ),
)
_LETTERS = "石墨烯锂离子电池固态热管理装置方法系统"
PAIRS = [a + b for a in _LETTERS for b in _LETTERS[::3]]
LATIN = [f"{stem}{end}" for stem in ("cell", "graph", "comput", "wolf", "ion") for end in ("", "s", "er", "ed", "ing")]
WORDS = PAIRS + LATIN
SYMBOLS = [f"{section}{klass:02d}{letter}" for section in "ABCFGH" for klass in (1, 6, 16) for letter in "BFMN"]


def _often(random: Random, values: list[str]) -> str:
    """One of the values, the first ones much more often."""
    return values[int(len(values) * random.random() ** 3)]


def document(number: int, random: Random) -> Document:
    words = [_often(random, WORDS) for _ in range(random.randrange(3, 30))]
    day = random.choice([None, *[random.randrange(20150101, 20251231)] * 9])
    return Document(
        id=f"CN{number:06d}",
        card=f"card {number}",
        fields={
            "title": " ".join(words),
            "characters": " ".join(dict.fromkeys("".join(one for one in words if one in PAIRS))),
            "symbol": [_often(random, SYMBOLS) for _ in range(random.randrange(4))],
            "owner": [f"owner {int(900 * random.random() ** 2)}"],
            "day": day,
            "year": day and day // 10_000,
        },
    )


def documents(count: int, seed: int = 3) -> list[Document]:
    random = Random(seed)
    return [document(number, random) for number in range(count)]


def _near(random: Random) -> Query:
    first, second = _often(random, WORDS), _often(random, WORDS)
    how = random.choice([How.EXACT, How.EXACT, How.BEGINS])
    low = random.choice([1, 1, 2])
    steps = range(low, low + random.randrange(1, 6))
    ways = [(Slot(0, first), Slot(step, second, how)) for step in steps]
    if random.random() < 0.5:
        ways += [(Slot(0, second, how), Slot(step, first)) for step in steps]
    return Or(tuple(Places("title", slots) for slots in ways))


def _text(random: Random) -> Query:
    word = _often(random, WORDS)
    kind = random.randrange(7)
    if kind < 2:
        return Term("title", word)
    if kind == 2:
        return Term("characters", random.choice(_LETTERS))
    if kind == 3:
        return Phrase("title", (word, _often(random, WORDS)), random.random() < 0.3)
    if kind == 4:
        return Places("title", (Slot(0, word[0] + "*", How.WILD), Slot(random.randrange(1, 4), _often(random, WORDS))))
    if kind == 5:
        return Places("title", (Slot(0, word[:-1] + random.choice("?#*"), How.WILD),))
    return _near(random)


def _filter(random: Random) -> Query:
    symbol = _often(random, SYMBOLS)
    year = random.randrange(2014, 2027)
    return random.choice(
        [
            Term("symbol", symbol),
            Prefix("symbol", symbol[: random.randrange(1, 4)]),
            Wild("symbol", f"{symbol[0]}*{symbol[-1]}"),
            Term("owner", f"owner {int(900 * random.random() ** 2)}"),
            Range("day", year * 10_000 + 101, (year + random.randrange(4)) * 10_000 + 1231),
            Range("year", year, None),
            Exists(random.choice(["day", "symbol", "year"])),
            Everything(),
        ]
    )


def query(random: Random, depth: int = 2) -> Query:
    if depth == 0 or random.random() < 0.35:
        return _text(random) if random.random() < 0.65 else _filter(random)
    parts = tuple(query(random, depth - 1) for _ in range(random.randrange(2, 4)))
    return random.choice([And(parts), Or(parts), And((parts[0], Not(parts[1])))])


def words(random: Random) -> Query:
    """Words and phrases, together with a filter."""
    parts = [
        Term("title", _often(random, WORDS))
        if random.random() < 0.7
        else Phrase("title", (_often(random, WORDS), _often(random, WORDS)))
        for _ in range(random.randrange(1, 4))
    ]
    return And((Or(tuple(parts)), _filter(random)))


def sort(random: Random) -> Sort:
    return Sort(random.choice(["day", "year"]), random.random() < 0.7)


FACETS = (FacetRequest("symbol", 7), FacetRequest("owner", 12), FacetRequest("year", 20))
