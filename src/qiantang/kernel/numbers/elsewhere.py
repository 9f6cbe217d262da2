"""Numbers of the offices that have no module of their own, as worldwide data write them: office, number, kind.

Source: the spelling of EPO's DOCDB (WIPO ST.3 code, number as the office counts, ST.16 kind). No office's own spellings and
no check characters are known here; a letter behind the digits that is no kind is such a character and is left out.
"""

from __future__ import annotations

import re
from typing import Final

from qiantang.kernel.numbers.model import NumberRole, PatentNumber, PatentType

# WIPO ST.3: offices and states that publish or once published patents, without those that have a module of their own.
_CODES: Final = (
    "AD AE AF AG AI AL AM AN AO AP AR AT AU AW AZ BA BB BD BE BF BG BH BI BJ BM BN BO BR BS BT BW BX BY BZ CA CD CF "
    "CG CH CI CL CM CO CR CS CU CV CY CZ DD DJ DK DM DO DZ EA EC EE EG EM ER ES ET FI FJ FR GA GB GC GD GE GG GH GM "
    "GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JE JM JO KE KG KH KM KN KP KW KZ LA LB LC LI LK LR LS "
    "LT LU LV LY MA MC MD ME MG MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI NL NO NP NZ OA OM PA PE PG PH PK "
    "PL PT PY QA QZ RH RO RS RU RW SA SC SD SE SG SI SK SL SM SN SO SR ST SU SV SY SZ TD TG TH TJ TM TN TO TR TT TZ "
    "UA UG UY UZ VC VE VN XN YE YU ZA ZM ZW "
)
OFFICES: Final = frozenset(_CODES.split())
_NUMBER: Final = re.compile(
    r"([A-Z]{0,4}[0-9]{1,14}(?:[A-Z]{1,5}[0-9]{4,8})?)[A-Z]??([ABCDEFHIKLMNPQRSTUVWYZ][0-9]?)?"
).fullmatch
_SHORTEST: Final = 3
_SHORTEST_WITHOUT_KIND: Final = 6
# ST.16: groups of kind codes whose numbers are counted for themselves.
_MODELS: Final = "UYZ"
_INVENTIONS: Final = "ABC"


def read(office: str, body: str) -> tuple[PatentNumber, ...]:
    """Publication and application, as one spelling serves for both, of a folded text without its office.

    An application's kind is part of its number where it is not A: the same digits name an application to the office and,
    with T, a European one that took effect there.
    """
    found = _NUMBER(re.sub(r"[-./]", "", body))
    if found is None:
        return ()
    serial, kind = found.groups()
    digits = sum(map(str.isdigit, serial))
    if digits < (_SHORTEST if kind else _SHORTEST_WITHOUT_KIND):
        return ()
    letter = (kind or " ")[0]
    series, patent_type = _series(letter)
    document = PatentNumber(office, NumberRole.PUBLICATION, f"docdb-{series}", serial, kind, patent_type)
    # An application is spelled without its kind: fewer digits would not be read again.
    if (kind is not None and len(kind) > 1) or digits < _SHORTEST_WITHOUT_KIND:
        return (document,)
    own = serial if letter in " A" else serial + letter
    return document, PatentNumber(office, NumberRole.APPLICATION, "docdb-application", own, None, patent_type)


def _series(letter: str) -> tuple[str, PatentType | None]:
    if letter in _MODELS:
        return "utility-model", "utility_model"
    if letter == "S":
        return "design", "design"
    return "publication", "invention" if letter in _INVENTIONS else None
