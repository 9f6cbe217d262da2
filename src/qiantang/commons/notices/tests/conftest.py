"""People, a kind of notice of the tests' own, and a real mail server on loopback."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from qiantang.commons.accounts.api import create_account
from qiantang.commons.notices.api import Draft, NoticeKind, send_notice
from qiantang.commons.notices.services import addressing
from qiantang.commons.notices.types import KINDS
from qiantang.kernel.actor import Actor
from tests.engines.post_office import post_office

PASSWORD = "seven quiet rivers"
SYSTEM = Actor.system("test")
KIND = NoticeKind(
    code="test.fee",
    label="Fees of the test",
    title="Fee for %(number)s",
    happened="The fee of %(amount)s for %(number)s is open.",
    details=(("late", "Late by %(late)s days."),),
    advice="Pay it.",
    deadline="By %(due)s.",
    follows="After that the right ends.",
    link_label="Open the patent",
)
OTHER = NoticeKind(code="test.other", label="Others", title="Other", happened="It happened.", link_label="Look")


@pytest.fixture(autouse=True)
def declared(monkeypatch):
    kept = {kind.code: kind for kind in (KIND, OTHER)}
    monkeypatch.setattr(KINDS, "_things", {**KINDS._things, **kept})


@pytest.fixture(autouse=True)
def in_english():
    """Words are compared in English, whatever language a page of another test was read in."""
    with translation.override("en"):
        yield


def person(name):
    made = create_account(actor=SYSTEM, username=name, display_name=name.title(), password=PASSWORD)
    return Actor(person_id=made.id, name=made.display_name)


@pytest.fixture
def lin(db):
    return person("lin")


@pytest.fixture
def shen(db):
    return person("shen")


@pytest.fixture
def office(settings):
    """The house's mail server."""
    with post_office() as opened:
        settings.DELIVERY_ADAPTER = "qiantang.engines.delivery.smtp.SmtpDelivery"
        settings.DELIVERY_OPTIONS = {"url": f"smtp://127.0.0.1:{opened.port}", "timeout": 5.0}
        yield opened


@pytest.fixture
def settled(django_capture_on_commit_callbacks):
    """Do something, and with it what its commit sets off, and what that sets off in its turn."""

    def do(act, *given, **named):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*given, **named)

    return do


def tell(actor, key="fee:7:2026", *, kind=KIND.code, **more):
    told = {"facts": {"number": "CN1", "amount": 900}, "subject": "patent:7", "link": "/patents/7"}
    draft = Draft(person_id=actor.person_id, kind=kind, key=key, **(told | more))
    return send_notice(actor=SYSTEM, draft=draft)


def token_in(mail):
    return re.search(r"token=(\S+)", mail.get_content())[1]


def confirmed(actor, office, settled, address="lin@example.org", language="en"):
    """An address that its reader has confirmed; the mail of the confirmation is taken out of the office."""
    settled(addressing.set_mail_address, actor=actor, address=address, language=language)
    addressing.confirm_mail_address(actor=actor, token=token_in(office.mails[-1]))
    office.letters.clear()
