"""The inbox: told once, in the reader's language, to nobody else."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import pytest
from django.utils import translation

from qiantang.commons.notices import api
from qiantang.commons.notices.models import Notice
from qiantang.commons.notices.selectors.inbox import inbox
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound, NotPermitted
from qiantang.kernel.paging import PageRequest

from .conftest import OTHER, PASSWORD, SYSTEM, tell

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-10")]
PAGE = PageRequest()


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_a_notice_says_what_happened_what_to_do_by_when_and_what_follows(lin):
    tell(lin, due=date(2026, 12, 1))
    (told,) = inbox(lin, PAGE).items
    assert (told.title, told.happened) == ("Fee for CN1", "The fee of 900 for CN1 is open.")
    assert (told.advice, told.deadline) == ("Pay it.", "By 2026-12-01.")
    assert (told.follows, told.link_label, told.link) == (
        "After that the right ends.",
        "Open the patent",
        "/patents/7",
    )
    assert told.read_at is None


def test_details_are_told_where_there_are_such_facts(lin):
    tell(lin)
    tell(lin, "k2", facts={"number": "CN1", "amount": 1, "late": 3})
    late, first = inbox(lin, PAGE).items
    assert (first.details, late.details) == ((), ("Late by 3 days.",))


def test_without_a_day_there_is_no_deadline_and_what_is_not_known_reads_so(lin):
    tell(lin, facts={"number": "CN1", "amount": None})
    (told,) = inbox(lin, PAGE).items
    assert told.deadline == ""
    assert told.happened == "The fee of not known for CN1 is open."
    with translation.override("zh-hans"):
        assert "不详" in inbox(lin, PAGE).items[0].happened


@pytest.mark.feature("X-11")
def test_the_same_event_twice_is_one_notice(lin, shen):
    assert [tell(lin), tell(lin), tell(shen), tell(lin, "fee:7:2027")] == [True, False, True, True]
    assert inbox(lin, PAGE).total == 2
    assert api.unread_count(lin) == 2


def test_a_link_to_elsewhere_and_a_kind_of_nobody_are_faults_of_the_program(lin):
    for link in ("https://elsewhere.example", "//elsewhere.example", "patents/7"):
        with pytest.raises(ValueError, match="page of this platform"):
            tell(lin, link=link)
    with pytest.raises(KeyError):
        tell(lin, kind="test.nobody")
    assert not Notice.objects.exists()


OPERATOR = Actor(person_id=None, name="Lu", roles=frozenset({"operator"}))


@pytest.mark.parametrize("who", ["other", "operator", "platform", "public"])
def test_nobody_else_reads_it(lin, shen, who):
    tell(lin)
    notice = Notice.objects.get().pk
    actor = {
        "other": shen,
        "operator": Actor(person_id=shen.person_id, name="Shen", roles=frozenset({"operator"})),
        "platform": SYSTEM,
        "public": Actor.public(),
    }[who]
    assert api.unread_count(actor) == 0
    if actor.person_id is None:
        with pytest.raises(NotPermitted, match=r"notices\.sign_in_first"):
            inbox(actor, PAGE)
        with pytest.raises(NotPermitted):
            api.mark_read(actor=actor, notice=notice)
    else:
        assert inbox(actor, PAGE).total == 0
        with pytest.raises(NotFound, match=r"notices\.unknown"):
            api.mark_read(actor=actor, notice=notice)
    assert Notice.objects.get().read_at is None


def test_what_is_gone_takes_its_notices_along(lin, shen):
    tell(lin)
    tell(shen, "k2")
    tell(lin, "k3", subject="patent:8")
    assert api.forget_notices(actor=SYSTEM, subject="patent:7") == 2
    assert [one.subject for one in Notice.objects.all()] == ["patent:8"]


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def as_lin(client, lin):
    client.login(username="lin", password=PASSWORD)
    return client


def get(client, address="/inbox", language="en"):
    return client.get(address, headers={"accept-language": language})


def test_strangers_are_led_to_signing_in(client, lin):
    for address in ("/inbox", "/inbox/settings"):
        assert client.get(address).url.startswith("/sign-in")
    assert "/inbox" not in get(client, "/coverage").content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_an_empty_inbox_says_what_will_come(as_lin, language):
    response = get(as_lin, language=language)
    assert response.status_code == 200
    assert 'class="qt-empty' in response.content.decode()


def test_opening_marks_as_read_and_leads_on(as_lin, lin):
    tell(lin)
    tell(lin, "k2", kind=OTHER.code)
    assert "2 unread" in text_of(get(as_lin, "/coverage"))
    notice = Notice.objects.earliest("id").pk
    response = as_lin.post(f"/inbox/{notice}/open")
    assert (response.status_code, response.url) == (302, "/patents/7")
    assert "1 unread" in text_of(get(as_lin, "/coverage"))
    assert [one.title for one in get(as_lin, "/inbox?show=unread").context["notices"]] == ["Other"]
    assert [one.title for one in get(as_lin).context["notices"]] == ["Other", "Fee for CN1"]
    assert as_lin.get(f"/inbox/{notice}/open").status_code == 405


def test_reading_one_or_all_stays_where_one_was(as_lin, lin):
    for key in ("a", "b", "c"):
        tell(lin, key)
    notice = Notice.objects.latest("id").pk
    assert as_lin.post(f"/inbox/{notice}/read", {"show": "unread"}).url == "/inbox?show=unread"
    assert api.unread_count(lin) == 2
    assert as_lin.post("/inbox/read").url == "/inbox"
    assert api.unread_count(lin) == 0
    assert "Everything is read" in text_of(get(as_lin, "/inbox?show=unread"))


def test_pages_follow_each_other_within_one_view(as_lin, lin):
    for number in range(45):
        tell(lin, f"k{number}")
    seen, address = [], "/inbox?show=unread"
    while address:
        response = get(as_lin, address)
        seen += [one.id for one in response.context["notices"]]
        address = response.context["next_url"]
    assert len(seen) == len(set(seen)) == 45
    assert seen == sorted(seen, reverse=True)
    forged = get(as_lin, "/inbox").context["next_url"].replace("?", "?show=unread&")
    assert get(as_lin, forged).status_code == 422


def test_what_was_typed_cannot_become_markup(as_lin, lin):
    tell(lin, facts={"number": "<script>x</script>", "amount": 1})
    assert "<script>x" not in get(as_lin).content.decode()
