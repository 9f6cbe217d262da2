"""People who keep things on the search desk, and small loads that change what their queries find."""

from __future__ import annotations

import shutil
from datetime import date

from qiantang.commons.accounts.api import create_account
from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.corpus.register.types import Event, Party
from qiantang.kernel.actor import Actor
from qiantang.scenarios.query.services import dossiers

PASSWORD = "seven quiet rivers"
SYSTEM = Actor.system("test")
LATER = date(2026, 6, 1)


def person(name, roles=()):
    made = create_account(actor=SYSTEM, username=name, display_name=name.title(), password=PASSWORD, roles=roles)
    return Actor(person_id=made.id, name=made.display_name, roles=frozenset(roles))


def pump(n, *, title="泵", owner="钱潮甲厂", granted=True, lapsed=False, as_of=date(2020, 7, 10)):
    """A patent for a pump; the number tells which."""
    number = f"CN1070{n:05d}"
    days = [(number, "A", "2018-01-12")] + ([(number, "B", "2020-07-10")] if granted else [])
    one = seen(n, *days, title=title, names=(owner,), filing_date=date(2017, 7, 21), as_of=as_of)
    one.parties.append(Party("holder", 1, owner))
    if lapsed:
        one.events.append(Event("CF01", date(2024, 7, 21), date(2025, 3, 4), "未缴年费专利权终止"))
    return one


_BEGUN = {}


def load(home, name, *rows, day=date(2026, 1, 1)):
    """One load of these patents under a name of its own; the snapshot it made. The same first load is made once."""
    first = None if (home / "register").exists() else repr((name, rows, day))
    if first in _BEGUN:
        shutil.copytree(_BEGUN[first], home, dirs_exist_ok=True)
        return 1
    snapshot = stock(home, File(name, list(rows)), day=day).manifest().snapshot
    if first is not None:
        _BEGUN[first] = shutil.copytree(home, home.parent / f"begun-{len(_BEGUN)}")
    return snapshot


def ids(*numbers):
    return [f"CN-P1070{n:05d}" for n in numbers]


def begin(actor, name="热管理", patents=()):
    key = dossiers.make_dossier(actor=actor, name=name)
    if patents:
        dossiers.add_patents(actor=actor, key=key, patent_ids=patents)
    return key
