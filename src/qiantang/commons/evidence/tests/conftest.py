"""A home with an empty store, an authority whose keys last as long as the run, and people."""

from __future__ import annotations

import io

import pytest

from qiantang.commons.accounts import api as accounts
from qiantang.commons.evidence import api
from qiantang.kernel.actor import Actor

SYSTEM = Actor.system("test")


@pytest.fixture(scope="session")
def authority_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("authority") / "keys"


@pytest.fixture(scope="session")
def evidence_seal_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("evidence-seal") / "keys"


@pytest.fixture
def house(settings, tmp_path, authority_folder, evidence_seal_folder):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": authority_folder}),)
    settings.SEAL_ADAPTER = ("qiantang.engines.seal.demo.DemoSealer", {"folder": evidence_seal_folder})
    return settings


@pytest.fixture
def lin(db):
    person = accounts.create_account(
        actor=SYSTEM, username="lin", display_name="林晓云", password="a-long-password", roles=[]
    )
    return Actor(person_id=person.id, name="林晓云")


@pytest.fixture
def keep():
    """Deposit some bytes which the platform keeps."""

    def kept(actor, content=b"claim 1: a battery", name="battery.txt", **told):
        asked = api.Asked(name=name, digests={}, size_bytes=0, **told)
        return api.deposit_file(actor=actor, stream=io.BytesIO(content), asked=asked)

    return kept


@pytest.fixture
def stamped(house, db, keep):
    """The same, in the log and stamped."""

    def made(actor=SYSTEM, content=b"claim 1: a battery", **told):
        number = keep(actor, content, **told)
        api.seal_and_stamp(actor=SYSTEM)
        return number

    return made


@pytest.fixture
def package(stamped, tmp_path):
    """A package on disk."""
    number = stamped(statement="made before the talk")
    target = tmp_path / f"{number}.zip"
    api.make_package(actor=SYSTEM, number=number, target=target)
    return target
