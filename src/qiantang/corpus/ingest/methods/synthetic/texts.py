"""Titles, abstracts and claims, composed column by column from the words and the sentence patterns."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.arrow import Column, pa, pc
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import UTILITY_MODEL, Rows
from qiantang.corpus.ingest.methods.synthetic.words import BRANCHES
from qiantang.corpus.ingest.methods.synthetic.words import sentences as patterns
from qiantang.corpus.ingest.methods.synthetic.words.branches import Style
from qiantang.corpus.ingest.methods.synthetic.words.machines import LOOKS, PRODUCTS

Slot = tuple[Column, Ints]
"""Words, and for each row the position of its word."""

_SLOT = re.compile(r"\{(\w+)\}")
_LISTS: Mapping[str, Callable[[int], Sequence[tuple[str, str]]]] = {
    "things": lambda i: BRANCHES[i].things,
    "parts": lambda i: BRANCHES[i].parts,
    "means": lambda i: BRANCHES[i].means,
    "effects": lambda i: BRANCHES[i].effects,
    "faults": lambda i: BRANCHES[i].faults,
    "uses": lambda i: BRANCHES[i].uses,
}
_STEPS = np.array([1, 3, 5, 7])  # coprime with the eight parts of a branch: four steps meet four different parts
_VOWELS = "aeiou"


def _words(name: str, language: int) -> Column:
    return pa.array([pair[language] for i in range(len(BRANCHES)) for pair in _LISTS[name](i)])


def _with_article(text: str) -> str:
    return f"{'an' if text[0].lower() in _VOWELS else 'a'} {text}"


_ZH = {name: _words(name, 0) for name in _LISTS}
_EN = {name: _words(name, 1) for name in _LISTS}
_CAPITAL = pa.array([text[0].upper() + text[1:] for text in _EN["things"].to_pylist()])
_ARTICLE = pa.array([_with_article(text) for text in _EN["things"].to_pylist()])
_THE = pa.array([text if b.style == Style.MATERIAL else f"the {text}" for b in BRANCHES for _, text in b.parts])
_BRANCH_ZH = pa.array([b.name for b in BRANCHES])
_BRANCH_EN = pa.array([b.code.replace("_", " ") for b in BRANCHES])
_RIGHT = pa.array(["本发明", "本实用新型"])
_SMALL, _MIDDLE, _LARGE = (
    pa.array([str(n) for n in span]) for span in (range(2, 9), range(45, 96, 5), (32, 50, 64, 80, 100, 128, 200, 256))
)
_RANGES = pa.array(["0.5~2", "1~3", "2~5", "3~8", "5~10", "10~15", "0.1~0.8", "4~6"])
_DIGITS = pa.array([str(n) for n in range(6)])
_GROUP_OF_STYLE = np.array([
    [patterns.APPARATUS, patterns.APPARATUS_METHOD],
    [patterns.SYSTEM, patterns.PROCESSING],
    [patterns.SUBSTANCE, patterns.PREPARATION],
    [patterns.APPARATUS, patterns.PREPARATION],
])  # fmt: skip
_STYLES = np.array([b.style for b in BRANCHES])


@dataclass(frozen=True, slots=True)
class Choices:
    """What the words of each row are: pattern group, positions of its words, numbers; equal for members of a family."""

    work: Ints
    group: Ints
    slots: dict[str, Slot]
    english: dict[str, Slot]


def compose(forms: Sequence[str], choice: Ints, slots: Mapping[str, Slot]) -> Column:
    """One text for each row: the form its choice names, with the row's words in its slots."""
    chunks, places = [], []
    for number, form in enumerate(forms):
        at = np.flatnonzero(choice == number)
        if not len(at):
            continue
        pieces: list[str | Column] = []
        for i, piece in enumerate(_SLOT.split(form)):
            if i % 2:
                words, index = slots[piece]
                pieces.append(words.take(pa.array(index[at])))
            elif piece:
                pieces.append(piece)
        chunks.append(pc.binary_join_element_wise(*pieces, ""))
        places.append(at)
    if not chunks:
        return pa.array([], pa.string())
    back = np.empty(len(choice), np.int64)
    back[np.concatenate(places)] = np.arange(len(choice))
    return pa.concat_arrays(chunks).take(pa.array(back))


def _part_numbers(draws: Draws, rows: Rows) -> list[Ints]:
    """Four different parts of each row's branch; most patents of one topic share theirs."""
    topic = (rows.branch * 8 + rows.thing) * 8 + rows.means
    own = draws.chance("text.parts.own", rows.work, 350)
    base = np.where(own, draws.below("text.parts", rows.work, 8), draws.below("text.parts.topic", topic, 8))
    step = _STEPS[np.where(own, draws.below("text.step", rows.work, 4), draws.below("text.step.topic", topic, 4))]
    return [rows.branch * 8 + (base + turn * step) % 8 for turn in range(4)]


def choose(draws: Draws, rows: Rows) -> Choices:
    """The words of all rows (designs excepted: they have a title only)."""
    work, branch = rows.work, rows.branch
    effect = draws.below("text.effect", work, 4)
    other = (effect + 1 + draws.below("text.effect2", work, 3)) % 4
    parts = _part_numbers(draws, rows)
    index = {
        "o": ("things", branch * 6 + rows.thing),
        "m": ("means", branch * 5 + rows.means),
        "e1": ("effects", branch * 4 + effect),
        "e2": ("effects", branch * 4 + other),
        "q": ("faults", branch * 3 + draws.below("text.fault", work, 3)),
        "u": ("uses", branch * 3 + draws.below("text.use", work, 3)),
        **{f"p{i + 1}": ("parts", part) for i, part in enumerate(parts)},
    }
    numbers: dict[str, Slot] = {
        "n1": (_SMALL, draws.below("text.n1", work, len(_SMALL))),
        "n2": (_MIDDLE, draws.below("text.n2", work, len(_MIDDLE))),
        "n3": (_LARGE, draws.below("text.n3", work, len(_LARGE))),
        "r": (_RANGES, draws.below("text.range", work, len(_RANGES))),
    }
    right = (rows.type == UTILITY_MODEL).astype(np.int64)
    chinese = (
        {key: (_ZH[name], at) for key, (name, at) in index.items()}
        | numbers
        | {"b": (_BRANCH_ZH, branch), "v": (_RIGHT, right)}
    )
    english = {key: (_THE if name == "parts" else _EN[name], at) for key, (name, at) in index.items()} | numbers
    thing = branch * 6 + rows.thing
    english |= {"O": (_CAPITAL, thing), "a": (_ARTICLE, thing), "B": (_BRANCH_EN, branch)}
    english |= {"t1": (_EN["parts"], parts[0]), "t2": (_EN["parts"], parts[1])}
    return Choices(work, _GROUP_OF_STYLE[_STYLES[branch], rows.form], chinese, english)


def narrowed(choices: Choices, at: Ints) -> Choices:
    """The choices of some rows."""
    slots, english = (
        {key: (words, index[at]) for key, (words, index) in side.items()} for side in (choices.slots, choices.english)
    )
    return Choices(choices.work[at], choices.group[at], slots, english)


_FLAT_SUBJECTS = [pair for group in patterns.SUBJECTS for pair in group]


def _in_sentence(form: str) -> str:
    return form.replace("{O}", "{a}", 1) if form.startswith("{O}") else _with_article(form[0].lower() + form[1:])


def _subject(draws: Draws, choices: Choices, forms: Sequence[str], slots: Mapping[str, Slot]) -> Column:
    drawn = draws.below("text.subject", choices.work, patterns.SUBJECTS_PER_GROUP)
    return compose(forms, choices.group * patterns.SUBJECTS_PER_GROUP + drawn, slots)


def _of_group(draws: Draws, choices: Choices, label: str, table: Sequence[Sequence[str]]) -> tuple[list[str], Ints]:
    """The forms of all groups in one list, and for each row one of its group."""
    width = len(table[0])
    return [form for group in table for form in group], choices.group * width + draws.below(label, choices.work, width)


def chinese_texts(draws: Draws, choices: Choices) -> tuple[Column, Column, Column, Ints]:
    """Title, abstract, claims and number of claims of each row."""
    subject = _subject(draws, choices, [zh for zh, _ in _FLAT_SUBJECTS], choices.slots)
    rows = np.arange(len(choices.work))
    slots = {**choices.slots, "s": (subject, rows)}
    title = compose(patterns.TITLES, draws.below("text.title", choices.work, len(patterns.TITLES)), slots)
    body_forms, body = _of_group(draws, choices, "text.body", patterns.BODIES)
    abstract = pc.binary_join_element_wise(
        compose(patterns.OPENINGS, draws.below("text.opening", choices.work, len(patterns.OPENINGS)), slots),
        compose(body_forms, body, slots),
        compose(patterns.CLOSINGS, draws.below("text.closing", choices.work, len(patterns.CLOSINGS)), slots),
        "",
    )
    count = 3 + draws.pick("text.claims", choices.work, [50, 30, 20])
    return title, abstract, _claims(draws, choices, slots, count), count


def _claims(draws: Draws, choices: Choices, slots: Mapping[str, Slot], count: Ints) -> Column:
    forms, first = _of_group(draws, choices, "text.claim1", patterns.FIRST_CLAIMS)
    lines = [pc.binary_join_element_wise("1. ", compose(forms, first, slots), "")]
    lengths = np.array([len(group) for group in patterns.DEPENDENT_CLAIMS])
    starts = np.cumsum(lengths) - lengths
    start = draws.below("text.claims.start", choices.work, 7)
    flat = [form for group in patterns.DEPENDENT_CLAIMS for form in group]
    for number in range(2, int(count.max(initial=0)) + 1):
        at = np.flatnonzero(count >= number)
        parent = 1 + draws.below(f"text.parent{number}", choices.work[at], number - 1)
        group = choices.group[at]
        choice = starts[group] + (start[at] + number) % lengths[group]
        inner = {key: (words, index[at]) for key, (words, index) in slots.items()} | {"k": (_DIGITS, parent)}
        line = compose([f"\n{number}. {patterns.CLAIM}{form}" for form in flat], choice, inner)
        back = np.full(len(count), len(at))
        back[at] = np.arange(len(at))
        lines.append(pa.concat_arrays([line, pa.array([""])]).take(pa.array(back)))
    return pc.binary_join_element_wise(*lines, "")


def english_texts(draws: Draws, choices: Choices) -> tuple[Column, Column]:
    """Title and abstract in English."""
    title = _subject(draws, choices, [en for _, en in _FLAT_SUBJECTS], choices.english)
    subject = _subject(draws, choices, [_in_sentence(en) for _, en in _FLAT_SUBJECTS], choices.english)
    slots = {**choices.english, "s": (subject, np.arange(len(choices.work)))}
    forms, body = _of_group(draws, choices, "text.en.body", patterns.ENGLISH_BODIES)
    abstract = pc.binary_join_element_wise(
        compose(
            patterns.ENGLISH_OPENINGS,
            draws.below("text.en.opening", choices.work, len(patterns.ENGLISH_OPENINGS)),
            slots,
        ),
        compose(forms, body, slots),
        compose(
            patterns.ENGLISH_CLOSINGS,
            draws.below("text.en.closing", choices.work, len(patterns.ENGLISH_CLOSINGS)),
            slots,
        ),
        " ",
    )
    return title, abstract


def product_of(draws: Draws, rows: Rows) -> Ints:
    """The product of each design: a position in PRODUCTS."""
    topic = rows.party * 4 + draws.below("design.line", rows.work, 4)  # a maker keeps to a few lines of products
    return draws.below("design.product", topic, len(PRODUCTS))


def design_titles(draws: Draws, rows: Rows) -> Column:
    """Titles of designs, all in Chinese."""
    slots: dict[str, Slot] = {
        "p": (pa.array([zh for zh, _, _ in PRODUCTS]), product_of(draws, rows)),
        "l": (pa.array([zh for zh, _ in LOOKS]), draws.below("design.look", rows.work, len(LOOKS))),
    }
    return compose(("{p}", "{p}（{l}）", "{l}{p}"), draws.pick("design.title", rows.work, [20, 50, 30]), slots)
