"""A branch of technology of the demo city: its words in two languages, its IPC symbols, its place in the industries.

Each word list is written ``中文=English；…``. Things are what a patent is about, parts what a thing is made of (modules in
software, ingredients in materials), means how it is done; effects, faults and uses follow verbs of the sentence patterns.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Style(IntEnum):
    """How patents of a branch are written: as apparatus, as data processing, as substance, as a structure of layers."""

    DEVICE = 0
    SOFTWARE = 1
    MATERIAL = 2
    LAYER = 3


@dataclass(frozen=True, slots=True)
class Branch:
    """One branch.

    code, name      identifier and Chinese name
    industry        one of INDUSTRIES
    rise            share of filings in 2005 and in 2025, relative to other branches
    ipc             symbols, the first ones are main classes more often
    wipo            WIPO technology field of each symbol (WIPO IPC-technology concordance)
    things … uses   pairs (Chinese, English)
    """

    code: str
    name: str
    industry: str
    style: Style
    rise: tuple[int, int]
    ipc: tuple[str, ...]
    wipo: tuple[int, ...]
    things: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    means: tuple[tuple[str, str], ...]
    effects: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...]
    uses: tuple[tuple[str, str], ...]


INDUSTRIES: dict[str, str] = {
    "artificial_intelligence": "人工智能",
    "biomedicine": "智慧医疗与生物医药",
    "high_end_equipment": "高端装备制造",
    "integrated_circuits": "集成电路",
    "new_energy_materials": "新能源与新材料",
    "digital_security": "数字安全与物联网",
    "general": "其他产业",
}


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """``中文=English；…`` as pairs."""
    found = []
    for item in text.replace("\n", "").split("；"):
        zh, _, en = item.strip().partition("=")
        found.append((zh, en))
    return tuple(found)


def branch(head: str, ipc: str, *lists: str) -> Branch:
    """A branch from its head line ``code 名称 industry wipo STYLE rise rise``, its symbols and its six word lists.

    A symbol of another WIPO field than the branch's carries its own after a colon.
    """
    code, name, industry, wipo, style, before, after = head.split()
    things, parts, means, effects, faults, uses = (pairs(text) for text in lists)
    rise = (int(before), int(after))
    symbols = [symbol.partition(":") for symbol in ipc.split()]
    return Branch(
        code,
        name,
        industry,
        Style[style],
        rise,
        tuple(symbol for symbol, _, _ in symbols),
        tuple(int(field or wipo) for _, _, field in symbols),
        things,
        parts,
        means,
        effects,
        faults,
        uses,
    )
