"""A hall with people on both sides, and forms filled in."""

from __future__ import annotations

import io

import pytest

from qiantang.commons.accounts import api as accounts
from qiantang.commons.casework import api as casework
from qiantang.commons.events.api import deliver_pending
from qiantang.kernel.actor import Actor
from qiantang.portal.hall.services import matters

SYSTEM = Actor.system("test")
PASSWORD = "a-long-password"
YOU = {"who": "person", "name": "林晓云", "contact": "林晓云", "phone": "0571-8700 0000"}
MATTER = {"subject": "许可备案", "account": "我把专利许可给钱塘泵业。", "agent": "no"}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def person(name, *roles):
    made = accounts.create_account(
        actor=SYSTEM, username=name, display_name=name.title(), password=PASSWORD, roles=list(roles)
    )
    return Actor(person_id=made.id, name=made.display_name, roles=frozenset(roles))


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("seal") / "keys"


@pytest.fixture
def hall(settings, tmp_path, seal_folder, db):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.SEAL_ADAPTER = ("qiantang.engines.seal.demo.DemoSealer", {"folder": seal_folder})
    return settings


@pytest.fixture
def lin(hall):
    return person("lin")


@pytest.fixture
def officer(hall):
    return person("gu", "case_officer")


@pytest.fixture
def lead(hall):
    return person("shen", "supervisor")


@pytest.fixture
def window(hall):
    return person("wu", "window_officer")


def filled(actor, number, **more):
    """All pages of the general form."""
    matters.save_step(actor=actor, number=number, step="you", given=YOU)
    matters.save_step(actor=actor, number=number, step="matter", given={**MATTER, **more})


def uploaded(actor, number, about, name="contract.pdf", content=PDF):
    return matters.hand_in_file(actor=actor, number=number, about=about, name=name, stream=io.BytesIO(content))


def handed_in(actor, code="0202", **told):
    """A matter that was handed in with all its papers."""
    opened = matters.open_matter(actor=actor, code=code, **told)
    filled(actor, opened.number)
    if code == "0202":
        uploaded(actor, opened.number, "licence_contract")
    matters.submit_matter(actor=actor, number=opened.number)
    return opened.number


def delivered():
    """What happened is told to who listens."""
    deliver_pending()


def state(number, actor=SYSTEM):
    return casework.case_sheet(actor, number).card.state
