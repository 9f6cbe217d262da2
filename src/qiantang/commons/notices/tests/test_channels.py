"""Text messages through a gateway, quiet hours, digests, reminders, previews, sending again."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts.api import grant_role
from qiantang.commons.audit import api as audit
from qiantang.commons.events.api import deliver_pending, subscribe
from qiantang.commons.events.types import SUBSCRIPTIONS
from qiantang.commons.notices import api
from qiantang.commons.notices.methods.gateway_simulator import gateway
from qiantang.commons.notices.methods.reminding import reminder_rules, rule_on
from qiantang.commons.notices.methods.rhythm import next_digest, sendable_at
from qiantang.commons.notices.models import Dispatch, Notice, NoticeProof
from qiantang.commons.notices.selectors.previews import previews
from qiantang.commons.notices.services import addressing, numbering, posting, reminding, replaying
from qiantang.commons.notices.types import KINDS, Digest, NoticeKind, Rhythm, Way
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted

from .conftest import KIND, OTHER, PASSWORD, SYSTEM, confirmed, person, tell

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-11")]
LEGAL = NoticeKind(
    code="test.legal",
    label="Legal ones",
    title="Answer in %(number)s",
    happened="You are asked.",
    deadline="By %(due)s.",
    link_label="Open",
    legal=True,
)


@pytest.fixture(autouse=True)
def legal(declared, monkeypatch):
    monkeypatch.setattr(KINDS, "_things", {**KINDS._things, LEGAL.code: LEGAL})


@pytest.fixture
def sms(settings):
    with gateway(login=("city", "seven rivers")) as server:
        settings.TEXTING_ADAPTER = "qiantang.engines.delivery.text_gateway.GatewayTexting"
        settings.TEXTING_OPTIONS = {"url": server.url.replace("seven rivers", "seven%20rivers"), "timeout": 5.0}
        yield server


def texts(sms):
    return list(sms.messages.values())


def with_number(actor, sms, settled, language="en"):
    settled(numbering.set_text_number, actor=actor, number="138 0013 8000", language=language)
    posting.post_due_mails(actor=SYSTEM)
    code = texts(sms)[-1]["text"].split()[1]
    numbering.confirm_text_number(actor=actor, code=code)
    sms.messages.clear()


def again():
    Dispatch.objects.filter(state="waiting").update(next_at=timezone.now() - timedelta(seconds=1), leased_until=None)
    posting.post_due_mails(actor=SYSTEM)


# --- text messages ---------------------------------------------------------------------------------------------------


def test_a_number_is_confirmed_by_its_code_and_gets_legal_notices(lin, sms, settled):
    with_number(lin, sms, settled)
    settled(tell, lin, "k1")
    settled(tell, lin, "k2", kind=LEGAL.code, due=date(2026, 12, 1))
    (told,) = texts(sms)
    assert told["to"] == "+8613800138000"
    assert told["text"].startswith("[Qiantang] Answer in CN1")
    assert "2026-12-01" in told["text"]
    assert told["text"].endswith("/inbox")
    steps = NoticeProof.objects.filter(channel=Way.TEXT).values_list("step", flat=True)
    assert sorted(steps) == ["delivered", "sent"]


def test_a_wrong_code_opens_nothing_and_five_close_the_number(lin, sms, settled):
    numbering.set_text_number(actor=lin, number="+85291234567", language="en")
    posting.post_due_mails(actor=SYSTEM)
    code = texts(sms)[0]["text"].split()[1]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _ in range(5):
        with pytest.raises(Invalid, match=r"notices\.code_wrong"):
            numbering.confirm_text_number(actor=lin, code=wrong)
    with pytest.raises(Invalid, match=r"notices\.code_wrong"):
        numbering.confirm_text_number(actor=lin, code=code)


@pytest.mark.parametrize("number", ["12345678901", "138001380", "＋12", "lin@example.org", "+0123456789"])
def test_what_is_no_number_is_refused(lin, number):
    with pytest.raises(Invalid, match=r"notices\.number_malformed"):
        numbering.set_text_number(actor=lin, number=number, language="en")
    assert not Dispatch.objects.exists()


def test_a_gateway_that_fails_is_asked_again_and_takes_each_message_once(lin, sms, settled):
    with_number(lin, sms, settled)
    told = json.dumps({"failing": 1, "status": 503}).encode()
    urlopen(Request(f"{sms.address}/control", data=told, method="POST"), timeout=5).close()
    settled(tell, lin, kind=LEGAL.code)
    row = Dispatch.objects.get(notice__isnull=False)
    assert (row.state, len(texts(sms))) == ("waiting", 0)
    again()
    replaying.replay_dispatch(actor=SYSTEM, dispatch=row.pk)
    again()
    assert (len(texts(sms)), sms.repeats) == (1, 1)
    row.refresh_from_db()
    assert row.state == "taken"


def test_a_gateway_refuses_what_its_account_has_not_signed(lin, sms, settled, settings):
    with_number(lin, sms, settled)
    settings.TEXTING_OPTIONS = {"url": sms.url.replace("seven rivers", "guessed"), "timeout": 5.0}
    settled(tell, lin, kind=LEGAL.code)
    assert Dispatch.objects.get(notice__isnull=False).state == "refused"
    assert texts(sms) == []


def test_a_withdrawn_consent_stops_text_messages(lin, sms, settled):
    with_number(lin, sms, settled)
    tell(lin, kind=LEGAL.code)
    audit.withdraw_consent(actor=lin, purpose="notices.text", person_id=lin.person_id)
    posting.post_due_mails(actor=SYSTEM)
    assert Dispatch.objects.get(notice__isnull=False).state == "dropped"
    assert texts(sms) == []


# --- quiet hours and digests -----------------------------------------------------------------------------------------

TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))
MOMENTS = st.integers(0, 365 * 1440).map(lambda one: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=one))


@given(TIMES, TIMES, MOMENTS)
def test_nothing_is_sent_in_quiet_hours_and_nothing_waits_longer_than_they_last(begin, end, moment):
    rhythm = Rhythm(quiet_from=begin, quiet_until=end, digest_at=time(8))
    at = sendable_at(moment, rhythm)
    assert timedelta(0) <= at - moment < timedelta(days=1)
    assert sendable_at(at, rhythm) == at
    if at != moment:
        assert at.time() == end


@given(TIMES, MOMENTS, st.sampled_from([Digest.DAILY, Digest.WEEKLY]))
def test_a_digest_comes_at_its_hour_within_a_day_or_a_week(hour, moment, digest):
    at = next_digest(moment, Rhythm(digest=digest, digest_at=hour))
    assert timedelta(0) < at - moment <= timedelta(days=1 if digest is Digest.DAILY else 7)
    assert at.time() == hour
    assert digest is Digest.DAILY or at.weekday() == 0


def test_in_quiet_hours_a_notice_waits_and_a_legal_one_does_not(lin, office, settled):
    confirmed(lin, office, settled)
    now = timezone.localtime()
    begin, end = (now - timedelta(hours=1)).time(), (now + timedelta(hours=2)).time()
    numbering.set_rhythm(actor=lin, rhythm=Rhythm(quiet_from=begin, quiet_until=end, digest_at=time(8)))
    settled(tell, lin, "k1")
    settled(tell, lin, "k2", kind=LEGAL.code)
    assert [mail["Subject"] for mail in office.mails] == ["Qiantang: Answer in CN1"]
    waiting = Dispatch.objects.get(state="waiting")
    assert timedelta(hours=1, minutes=59) < waiting.next_at - timezone.now() <= timedelta(hours=2)
    assert api.unread_count(lin) == 2  # the inbox knows no hours
    again()
    assert len(office.letters) == 2


def test_a_digest_tells_everything_once_and_legal_notices_go_alone(lin, office, settled):
    confirmed(lin, office, settled)
    numbering.set_rhythm(actor=lin, rhythm=Rhythm(digest=Digest.DAILY, digest_at=time(8)))
    settled(tell, lin, "k1")
    settled(tell, lin, "k2", kind=OTHER.code)
    settled(tell, lin, "k3", kind=LEGAL.code)
    assert [mail["Subject"] for mail in office.mails] == ["Qiantang: Answer in CN1"]
    again()
    digest = office.mails[-1]
    assert digest["Subject"] == "Qiantang: 2 notices"
    for told in ("Fee for CN1", "Pay it.", "It happened."):
        assert told in digest.get_content()
    assert len(office.letters) == 2
    assert set(Dispatch.objects.filter(notice__isnull=False).values_list("state", flat=True)) == {"taken"}
    proved = NoticeProof.objects.filter(channel=Way.MAIL, step="delivered").count()
    assert proved == 3
    settled(tell, lin, "k4")
    again()
    assert office.mails[-1]["Subject"] == "Qiantang: 1 notice"


def test_what_came_while_a_digest_went_out_is_not_lost(lin, office, settled):
    confirmed(lin, office, settled)
    numbering.set_rhythm(actor=lin, rhythm=Rhythm(digest=Digest.DAILY, digest_at=time(8)))
    settled(tell, lin, "k1")
    again()
    Dispatch.objects.filter(folded_into__isnull=False).update(state="folded")  # as if it had come in that moment
    posting.post_due_mails(actor=SYSTEM)
    assert office.mails[-1]["Subject"] == "Qiantang: Fee for CN1"


@pytest.mark.parametrize(("begin", "end"), [(time(22), None), (None, time(7)), (time(7), time(7))])
def test_half_of_the_quiet_hours_is_refused(lin, begin, end):
    with pytest.raises(Invalid, match=r"notices\.rhythm_malformed"):
        numbering.set_rhythm(actor=lin, rhythm=Rhythm(quiet_from=begin, quiet_until=end, digest_at=time(8)))


# --- unread legal notices --------------------------------------------------------------------------------------------


@pytest.mark.feature("X-10")
def test_an_unread_legal_notice_is_sent_again_and_in_the_end_escalated_once(lin, office, settled, monkeypatch):
    heard = []
    monkeypatch.setattr(SUBSCRIPTIONS, "_things", dict(SUBSCRIPTIONS._things))

    @subscribe("notices.legal.unread")
    def hear(event):
        heard.append(event.payload)

    confirmed(lin, office, settled)
    addressing.set_mail_wishes(actor=lin, wanted={LEGAL.code: False})
    settled(tell, lin, "k1", kind=LEGAL.code)
    settled(tell, lin, "k2")
    office.letters.clear()
    start = Notice.objects.get(key="k1").created_at
    rule = rule_on(timezone.localdate(start))
    days = [*rule.remind_after_days, rule.escalate_after_days]
    for number, day in enumerate(days):
        reminding.tend_legal(actor=SYSTEM, now=start + timedelta(days=day, seconds=-1))
        assert len(office.letters) == number
        for _ in range(2):  # the heartbeat comes more than once
            settled(reminding.tend_legal, actor=SYSTEM, now=start + timedelta(days=day))
            posting.post_due_mails(actor=SYSTEM)
    assert [mail["Subject"] for mail in office.mails] == ["Qiantang: Sent again: Answer in CN1"] * 2
    assert "has not been read" in office.mails[0].get_content()
    deliver_pending()
    assert [(one["subject"], one["person_id"], one["days"]) for one in heard] == [("patent:7", lin.person_id, days[-1])]


@pytest.mark.feature("X-10")
def test_what_is_read_is_not_sent_again(lin, office, settled):
    confirmed(lin, office, settled)
    settled(tell, lin, kind=LEGAL.code)
    office.letters.clear()
    notice = Notice.objects.get()
    api.mark_read(actor=lin, notice=notice.pk)
    assert reminding.tend_legal(actor=SYSTEM, now=notice.created_at + timedelta(days=60)) == 0
    assert office.letters == []


def test_the_days_are_dated_and_say_whether_they_were_verified():
    for rule in reminder_rules():
        assert rule.source
        assert rule.verified in (True, False)
    assert rule_on(date(1999, 1, 1)) is None


# --- sending again ---------------------------------------------------------------------------------------------------


def test_a_message_that_was_refused_is_sent_again_with_the_same_mark(lin, office, settled):
    confirmed(lin, office, settled)
    office.answers = {"RCPT": "550 no such person"}
    settled(tell, lin)
    office.answers = {}
    row = Dispatch.objects.get(notice__isnull=False)
    assert row.state == "refused"
    assert replaying.replay_since(actor=SYSTEM, since=timezone.localdate()) == 1
    with pytest.raises(Conflict, match=r"notices\.not_settled"):
        replaying.replay_dispatch(actor=SYSTEM, dispatch=row.pk)
    again()
    (mail,) = office.mails
    assert row.mark.hex in mail["Message-ID"]
    assert replaying.replay_since(actor=SYSTEM, since=timezone.localdate()) == 0
    assert replaying.replay_notice(actor=SYSTEM, notice=row.notice_id) == 1
    again()
    assert len({one["Message-ID"] for one in office.mails}) == 1
    assert Notice.objects.count() == 1


def test_a_channel_added_later_gets_a_notice_that_is_sent_again(lin, office, settled):
    tell(lin)
    assert not Dispatch.objects.exists()
    confirmed(lin, office, settled)
    assert replaying.replay_notice(actor=SYSTEM, notice=Notice.objects.get().pk) == 1
    again()
    assert len(office.letters) == 1


def test_only_operators_send_again_and_see_neither_text_nor_address(client, lin, office, settled):
    confirmed(lin, office, settled)
    settled(tell, lin)
    row = Dispatch.objects.get(notice__isnull=False)
    auditor = Actor(person_id=lin.person_id, name="Lin", roles=frozenset({"auditor"}))
    for actor in (lin, auditor):
        with pytest.raises(NotPermitted):
            replaying.replay_dispatch(actor=actor, dispatch=row.pk)
    client.login(username="lin", password=PASSWORD)
    assert client.get("/notices/messages").status_code == 403
    person("lu")
    grant_role(actor=SYSTEM, username="lu", role="operator")
    client.login(username="lu", password=PASSWORD)
    page = client.get("/notices/messages", headers={"accept-language": "en"}).content.decode()
    assert "Fees of the test" in page
    assert "example.org" not in page
    assert "900" not in page
    assert client.post(f"/notices/messages/{row.pk}/replay").status_code == 302
    again()
    assert len(office.letters) == 2


# --- previews and settings -------------------------------------------------------------------------------------------


def test_every_kind_reads_whole_in_every_language_and_channel():
    officer = Actor(person_id=1, name="Gu", roles=frozenset({"examiner"}))
    for kind in KINDS:
        told = previews(officer, kind.code)
        assert {one.language for one in told} == {"zh-hans", "en"}
        for one in told:
            whole = f"{one.notice.title} {one.mail_subject} {one.mail_text} {one.text}"
            assert "%(" not in whole
            assert one.notice.title
            assert len(one.text) < 300


def test_previews_are_for_the_office(client, lin):
    client.login(username="lin", password=PASSWORD)
    assert client.get("/notices/templates").status_code == 403
    with pytest.raises(NotPermitted, match=r"notices\.office_only"):
        previews(lin, KIND.code)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_number_and_hours_by_page(client, lin, sms, settled, language):
    client.login(username="lin", password=PASSWORD)
    head = {"accept-language": language}
    assert client.get("/inbox/texts", headers=head).status_code == 200
    assert client.post("/inbox/texts", {"number": "1", "language": language}, headers=head).status_code == 422
    settled(client.post, "/inbox/texts", {"number": "13800138000", "language": language, "kinds": [OTHER.code]})
    posting.post_due_mails(actor=SYSTEM)
    text = texts(sms)[0]["text"]
    code = next(word for word in text.replace("】", " ").split() if word[:6].isdecimal())[:6]
    assert client.post("/inbox/texts/confirm", {"code": "x"}, headers=head).status_code == 422
    assert client.post("/inbox/texts/confirm", {"code": code}, headers=head).status_code == 302
    given = {"quiet_from": "22:00", "quiet_until": "07:00", "digest": "weekly", "digest_at": "09:00"}
    assert client.post("/inbox/rhythm", given, headers=head).status_code == 302
    page = client.get("/inbox/texts", headers=head).content.decode()
    assert "+8613800138000" in page
    assert 'value="22:00"' in page
    settled(tell, lin, kind=OTHER.code)
    with translation.override(language):
        assert Dispatch.objects.filter(way="text", notice__isnull=False).exists()
