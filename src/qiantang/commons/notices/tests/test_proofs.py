"""Proof of service: sent, delivered, shown, opened, each with the digest of the text that was there to be read."""

from __future__ import annotations

from hashlib import sha256

import pytest
from django.test import Client
from django.utils import translation

from qiantang.commons.notices import api
from qiantang.commons.notices.models import Notice, NoticeProof
from qiantang.commons.notices.selectors.inbox import text_of
from qiantang.commons.notices.selectors.proofs import is_text_served
from qiantang.commons.notices.services import posting
from qiantang.kernel.paging import PageRequest

from .conftest import PASSWORD, SYSTEM, confirmed, tell

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-12")]


def steps(subject="patent:7"):
    return [(one.step, one.way) for told in api.service_of(subject) for one in told.proofs]


def signed_in(name):
    client = Client(headers={"accept-language": "en"})
    client.post("/sign-in", {"username": name, "password": PASSWORD})
    return client


def test_a_notice_is_delivered_shown_and_opened_once_each(lin):
    tell(lin)
    assert steps() == [("delivered", "inbox")]
    browser = signed_in("lin")
    for _ in range(2):
        browser.get("/inbox")
    assert steps() == [("delivered", "inbox"), ("shown", "inbox")]
    for _ in range(2):
        browser.post(f"/inbox/{Notice.objects.get().pk}/open")
    assert steps() == [("delivered", "inbox"), ("shown", "inbox"), ("opened", "inbox")]
    (told,) = api.service_of("patent:7")
    assert (told.person, told.title) == ("Lin", "Fee for CN1")
    assert told.opened_at is not None
    times = [one.at for one in told.proofs]
    assert times == sorted(times)


def test_the_digest_is_of_the_text_that_was_shown_and_of_no_other(lin):
    tell(lin)
    signed_in("lin").get("/inbox")
    (notice,) = api.inbox(lin, PageRequest()).items
    text = text_of(notice)
    row = NoticeProof.objects.get(step="shown")
    assert (row.text_sha256, row.language) == (sha256(text.encode()).hexdigest(), "en")
    assert is_text_served(notice.id, text)
    assert not is_text_served(notice.id, text.replace("900", "90"))
    with translation.override("zh-hans"):
        delivered = NoticeProof.objects.get(step="delivered")
        assert delivered.text_sha256 == sha256(text_of(api.inbox(lin, PageRequest()).items[0]).encode()).hexdigest()


def test_marking_all_as_read_opens_each(lin):
    tell(lin)
    tell(lin, "second")
    signed_in("lin").post("/inbox/read")
    assert steps().count(("opened", "inbox")) == 2


def test_another_persons_page_shows_nothing_of_it(lin, shen):
    tell(lin)
    signed_in("shen").get("/inbox")
    assert steps() == [("delivered", "inbox")]


def test_by_mail_the_text_is_that_of_the_mail_and_its_taking_is_proved(lin, office, settled):
    confirmed(lin, office, settled)
    settled(tell, lin)
    assert ("sent", "mail") in steps()
    assert ("delivered", "mail") in steps()
    written = office.mails[-1].get_content().replace("\r\n", "\n")
    kept = set(NoticeProof.objects.filter(channel="mail").values_list("text_sha256", flat=True))
    assert len(kept) == 1
    assert kept & {
        sha256(one.encode()).hexdigest() for one in (written, written.rstrip("\n"), written.rstrip("\n") + "\n")
    }


def test_a_mail_that_nobody_took_is_not_delivered(lin, office, settled, settings):
    confirmed(lin, office, settled)
    settings.DELIVERY_OPTIONS = {"url": "smtp://127.0.0.1:1", "timeout": 1.0}
    settled(tell, lin)
    posting.post_due_mails(actor=SYSTEM)
    assert steps() == [("delivered", "inbox")]
