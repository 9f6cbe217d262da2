"""Names of the city's people, its firms and its agencies, composed from syllables; and what may go wrong with a name."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.arrow import Column, pa, pc
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Ints
from qiantang.corpus.ingest.methods.synthetic.words import names as words


class NameForm(IntEnum):
    """In which form a name is written; the position in a party's row of the name table."""

    OFFICIAL = 0
    FORMER = 1
    WIDTH = 2
    SPACED = 3
    TYPO = 4
    ENGLISH = 5
    ENGLISH_CAPITALS = 6


FORMS = len(NameForm)
_SHORTEST_SLIP = 6
CORES = tuple(
    (first + second, (first_sound + second_sound).capitalize())
    for first, first_sound in words.CORE_FIRST
    for second, second_sound in words.CORE_SECOND
    if first + second not in words.CORES_LEFT_OUT
    and (first_sound + second_sound).capitalize() not in words.SOUNDS_LEFT_OUT
)


def variants(official: str, former: str, english: str) -> tuple[str, ...]:
    """The seven written forms of one name, in the order of NameForm; a form that makes no sense repeats the official one."""
    if "（" in official:
        width = official.replace("（", "(").replace("）", ")")
    elif official.endswith("有限责任公司"):
        width = official.replace("有限责任公司", "有限公司")
    elif official.endswith("公司") and "股份" not in official:
        width = official.replace("有限公司", "有限责任公司")
    else:
        width = official
    middle = len(official) // 2
    # Two neighbours swapped: the slip that harmonisation must forgive; short names of people stay as they are.
    typo = (
        official
        if len(official) < _SHORTEST_SLIP
        else official[: middle - 1] + official[middle] + official[middle - 1] + official[middle + 1 :]
    )
    spaced = f"{official[:2]} {official[2:]}"
    return (
        official,
        former or official,
        width,
        spaced,
        typo,
        english,
        english.upper().replace(",", "").replace(".", ""),
    )


def chinese_people(draws: Draws, ids: Ints) -> tuple[Column, Column]:
    """Names of people by their number: Chinese and spelled; one number has one name, a name may have several numbers."""
    surname = draws.below("person.surname", ids, len(words.SURNAMES))
    core = draws.below("person.given", ids, len(CORES))
    family = pa.array([zh for zh, _ in words.SURNAMES]), pa.array([sound.upper() for _, sound in words.SURNAMES])
    given = pa.array([zh for zh, _ in CORES]), pa.array([sound for _, sound in CORES])
    zh = pc.binary_join_element_wise(family[0].take(pa.array(surname)), given[0].take(pa.array(core)), "")
    en = pc.binary_join_element_wise(family[1].take(pa.array(surname)), given[1].take(pa.array(core)), ", ")
    return zh, en


def people_abroad(draws: Draws, ids: Ints) -> Column:
    """Names of people of firms abroad."""
    family = pa.array([name.upper() for name in words.ABROAD_FAMILY])
    given = pa.array(words.ABROAD_GIVEN)
    first = family.take(pa.array(draws.below("abroad.family", ids, len(words.ABROAD_FAMILY))))
    second = given.take(pa.array(draws.below("abroad.given", ids, len(words.ABROAD_GIVEN))))
    return pc.binary_join_element_wise(first, second, ", ")


class Coinages:
    """Hands out core words in an order of its own, no one twice: when all are gone, with one more character."""

    def __init__(self, draws: Draws, label: str) -> None:
        self._order = np.argsort(draws.bits(label, np.arange(len(CORES))), kind="stable")
        self._next = 0

    def take(self) -> tuple[str, str]:
        """The next core word: Chinese and spelled."""
        turn, place = divmod(self._next, len(CORES))
        self._next += 1
        zh, sound = CORES[int(self._order[place])]
        if not turn:
            return zh, sound
        more, more_sound = words.CORE_SECOND[turn - 1]
        return zh + more, sound + more_sound


def agencies(draws: Draws, cities: tuple[str, ...], count: int) -> list[str]:
    """Names of patent agencies."""
    coinages = Coinages(draws, "agency.core")
    city = draws.below("agency.city", np.arange(count), len(cities))
    form = draws.below("agency.form", np.arange(count), len(words.AGENCIES))
    return [cities[int(city[i])] + coinages.take()[0] + words.AGENCIES[int(form[i])] for i in range(count)]
