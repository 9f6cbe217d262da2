"""The page of permissions: what tests/contract/permissions.toml declares, with the names of roles and standings."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def permissions(table: Callable[[tuple[str, ...], Sequence[tuple[str, ...]]], str]) -> tuple[str, ...]:
    """Who is let in where, as declared for the test that asks every address as every role."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qiantang.config.settings.test")
    import django  # noqa: PLC0415 - few pages need it

    django.setup()
    from qiantang.commons.accounts.rules import ROLE_TITLES, STANDING_TITLES  # noqa: PLC0415 - after django.setup

    declared = tomllib.loads((ROOT / "tests" / "contract" / "permissions.toml").read_text(encoding="utf-8"))
    titles = {
        **{one.value: title for one, title in STANDING_TITLES.items()},
        **{one.value: title for one, title in ROLE_TITLES.items()},
    }
    sets = [(f"`{name}`", ", ".join(who) or "nobody") for name, who in declared["audiences"].items()]
    rows = [
        (
            f"`{name}`",
            row.get("GET", ""),
            "; ".join(
                told if method == "POST" else f"{method}: {told}" for method, told in row.items() if method != "GET"
            ),
        )
        for name, row in sorted(declared["answers"].items())
    ]
    opening = (
        "Each line is asked as each role and as a stranger by `tests/contract/test_permissions.py`; data: "
        "[permissions.toml](../../tests/contract/permissions.toml). The applicant is the owner of what is asked for, the agency "
        "somebody with whom it is shared, the analyst the lead of the project. An auditor reads what the office reads and "
        "writes nothing; a system administrator sees no more than any person."
    )
    return (
        opening,
        table(("caller", "is"), [(f"`{key}`", title) for key, title in titles.items()]),
        table(("audience", "callers"), sets),
        table(("address", "reads", "writes"), rows),
    )
