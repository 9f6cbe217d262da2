"""People and names for the tests of parties."""

from __future__ import annotations

import pytest

from qiantang.commons.accounts.api import create_account
from qiantang.corpus.parties import api
from qiantang.corpus.parties.models import FiledName
from qiantang.corpus.parties.types import NameSeen
from qiantang.kernel.actor import Actor

PASSWORD = "seven quiet rivers"
SYSTEM = Actor.system("test")
OPERATOR = Actor(person_id=1, name="Lu", roles=frozenset({"operator"}))


def seen(name, **beside):
    """A name with what stood beside it, sets given as text for one or a set."""
    told = {k: {v} if isinstance(v, str) and k != "credit_code" else v for k, v in beside.items()}
    return NameSeen(name, **told)


def learn(*names):
    return api.learn_names(actor=SYSTEM, names=[seen(n) if isinstance(n, str) else n for n in names])


def party(name):
    return api.party_of(name)


def id_of(name):
    return FiledName.objects.get(text=name).pk


@pytest.fixture
def as_operator(client, db):
    create_account(actor=SYSTEM, username="lu", display_name="Lu", password=PASSWORD, roles=["operator"])
    client.login(username="lu", password=PASSWORD)
    return client
