"""What is tied to a number: the patents that cite it, and those that claim its priority."""

from __future__ import annotations

from typing import Any

from qiantang.corpus.register.selectors.view import register

# key of a query field -> the table whose ``key`` is the number
_TABLES = {"CT": "citations", "PR": "family_links"}


def tied_to(key: str, number: str) -> tuple[str, ...]:
    """Ids of the patents on record that cite a number (CT) or claim its priority (PR), sorted.

    number  an identity key; where a patent has it, all its numbers count, since it may be cited by any of them
    """
    _, view = register().current()
    owners = view.lookup("aliases", [number], ["patent_id"])["patent_id"].to_pylist()
    own = [f"id:{one}" for one in owners]
    places = [n for n in view.lookup("aliases", own, ["n"])["n"].to_pylist() if n is not None] if own else []
    keys = {number}
    for row in view.lookup("records", places, ["keys"]).to_pylist() if places else ():
        keys.update(row["keys"] or ())
    found: list[Any] = view.lookup(_TABLES[key], sorted(keys), ["patent_id"])["patent_id"].to_pylist()
    return tuple(sorted(set(found)))
