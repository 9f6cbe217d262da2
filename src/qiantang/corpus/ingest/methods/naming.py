"""The names of a load, with what stood beside each: from the records the load wrote.

What stands beside a name counts only on patents where it is the only applicant: joint applicants share their inventors and
their patents without being one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qiantang.corpus.parties.methods.former import name_changes
from qiantang.corpus.parties.types import NameSeen

COLUMNS = ("patent_id", "parties", "events", "simple_family", "extended_family")
_OWNING = ("applicant", "holder")
_MOST = 200  # of one kind kept for one name


def names_in(rows: Iterable[dict[str, Any]]) -> list[NameSeen]:
    """Every applicant, holder and agency of the records, once, in order of appearance.

    rows    records with ``COLUMNS`` as plain values
    """
    seen: dict[str, NameSeen] = {}
    for row in rows:
        parties = row["parties"] or ()
        inventors = [p["name"] for p in parties if p["role"] == "inventor" and p["name"]]
        families = [one for one in (row["simple_family"], row["extended_family"]) if one]
        for role in _OWNING:
            of_role = [p for p in parties if p["role"] == role and p["name"]]
            for party in of_role:
                one = _of(seen, party["name"])
                if len(of_role) == 1:
                    _beside(one, inventors, party["address"], families)
        for party in parties:
            if party["role"] == "agency" and party["name"]:
                _of(seen, party["name"])
        for event in row["events"] or ():
            for before, after in name_changes(event["code"] or "", event["text"]):
                _of(seen, after).former.add(before)
    return list(seen.values())


def _of(seen: dict[str, NameSeen], name: str) -> NameSeen:
    return seen.setdefault(name, NameSeen(name))


def _beside(one: NameSeen, inventors: Iterable[str], address: str | None, families: Iterable[str]) -> None:
    if len(one.inventors) < _MOST:
        one.inventors.update(inventors)
    if address and len(one.addresses) < _MOST:
        one.addresses.add(address)
    if len(one.families) < _MOST:
        one.families.update(families)
