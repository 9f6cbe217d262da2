"""The worked examples of the calendar of a patent, and the calendar as a firm gets it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from qiantang.commons.accounts.api import create_account, mandates
from qiantang.commons.accounts.types import ACTING_FOR
from qiantang.commons.refdata import api as refdata
from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.kernel.actor import Actor
from qiantang.portal.deadlines import selectors, services
from qiantang.portal.deadlines.methods.computing import deadlines, deadlines_of
from qiantang.portal.deadlines.methods.feeding import calendar_file
from qiantang.portal.deadlines.models import PatentFeed
from qiantang.portal.deadlines.types import DeadlineKind, PatentFacts

pytestmark = pytest.mark.feature("X-15")
SYSTEM = Actor.system("test")
PASSWORD = "seven quiet rivers"
PATENT = PatentFacts(
    patent_id="CN1", number="CN1B", title="一种水阀", office="CN", type="invention", filing_date=date(2015, 3, 10),
    grant_date=date(2018, 6, 15), in_force=True, pending=False,
)  # fmt: skip


def told(patent):
    table = refdata.work_calendar()
    return {(one.kind, one.year): one for one in deadlines_of(patent, table)}


def test_annual_fees_of_the_worked_example():
    """Filing 2015-03-10, grant 2018-06-15: year 4 was paid at registration; year 5 falls on a Sunday."""
    found = told(PATENT)
    assert (DeadlineKind.ANNUITY, 4) not in found
    assert found[DeadlineKind.ANNUITY, 5].day == date(2019, 3, 11)
    assert found[DeadlineKind.ANNUITY_LATE, 5].day == date(2019, 9, 10)
    assert max(year for _, year in found if year) == 20
    assert found[DeadlineKind.ANNUITY, 20].provisional


def test_the_example_of_the_guidelines():
    found = told(replace(PATENT, filing_date=date(1997, 6, 3), grant_date=date(2001, 8, 1)))
    assert min(year for _, year in found if year) == 6
    assert found[DeadlineKind.ANNUITY, 6].day == date(2002, 6, 3)


def test_entry_into_the_national_phase_of_the_worked_example():
    """Priority 2018-08-31: 2021-02-28 and 2021-04-30; the first is a Sunday, the limit ends on the next working day."""
    wo = replace(
        PATENT,
        office="WO",
        type=None,
        filing_date=date(2019, 8, 30),
        grant_date=None,
        priority_dates=(date(2018, 8, 31),),
    )
    found = told(wo)
    assert found[DeadlineKind.PCT_ENTRY, None].day == date(2021, 3, 1)
    assert found[DeadlineKind.PCT_ENTRY_LATE, None].day == date(2021, 4, 30)


def test_priority_is_twelve_months_and_six_for_designs_and_none_where_one_is_claimed():
    fresh = replace(PATENT, filing_date=date(2024, 1, 31), grant_date=None, in_force=False, pending=True)
    assert told(fresh)[DeadlineKind.PRIORITY, None].day == date(2025, 2, 5)  # 01-31 lies in the Spring Festival
    assert told(replace(fresh, type="design"))[DeadlineKind.PRIORITY, None].day == date(2024, 7, 31)
    assert (DeadlineKind.PRIORITY, None) not in told(replace(fresh, priority_dates=(date(2023, 5, 1),)))


def test_formalities_are_due_two_months_after_the_notice_until_the_grant():
    noticed = replace(PATENT, grant_date=None, in_force=False, pending=True, grant_notice_date=date(2025, 12, 31))
    assert told(noticed)[DeadlineKind.GRANT_REGISTRATION, None].day == date(2026, 2, 28)
    assert (DeadlineKind.GRANT_REGISTRATION, None) not in told(replace(noticed, grant_date=date(2026, 2, 1)))


def test_a_right_that_has_ended_owes_nothing():
    assert not [kind for kind, year in told(replace(PATENT, in_force=False)) if year]


def test_a_calendar_program_reads_what_was_written():
    table = refdata.work_calendar()
    found = deadlines([PATENT], since=date(2026, 1, 1), until=date(2027, 12, 31), table=table)
    content = calendar_file(
        "钱塘泵业",
        [(one, "年费；第12年", "https://city.example/patents/CN1") for one in found],
        host="x",
        made_at=timezone.now(),
    )
    read = icalendar.Calendar.from_ical(content)
    entries = list(read.walk("VEVENT"))
    assert [entry.decoded("dtstart") for entry in entries] == [one.day for one in found]
    assert len({str(entry["uid"]) for entry in entries}) == len(found) == 4
    assert all("；第12年" in str(entry["summary"]) and len(list(entry.walk("VALARM"))) == 2 for entry in entries)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


# --- a firm ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def firm_home(tmp_path_factory):
    home = tmp_path_factory.mktemp("firm")
    filed = date(timezone.localdate().year - 5, 3, 10)
    granted = seen(
        1,
        ("CN199000001", "A", f"{filed.year + 1}-07-12"),
        ("CN199000001", "B", f"{filed.year + 3}-06-15"),
        title="一种水阀",
        names=("钱塘泵业",),
        filing_date=filed,
    )
    other = seen(
        2, ("CN199000002", "A", f"{filed.year + 1}-07-12"), title="别家的", names=("西溪厂",), filing_date=filed
    )
    stock(home, File("firm.csv", [granted, other]), day=timezone.localdate())
    return home


@pytest.fixture
def lin(db, firm_home, settings):
    settings.QIANTANG_HOME = firm_home
    made = create_account(actor=SYSTEM, username="lin", display_name="林", password=PASSWORD)
    actor = Actor(person_id=made.id, name="林")
    firm = mandates.register_organisation(actor=SYSTEM, uscc="913301067996550582", name="钱塘泵业")
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor, organisation_id=firm.id, scopes=["everything"], start_date=today,
        end_date=today + timedelta(days=30), evidence="委托书",
    )  # fmt: skip
    mandates.settle_mandate(actor=SYSTEM, mandate_id=asked.id, grant=True)
    return replace(actor, organisation_id=firm.id), asked.id


@pytest.fixture
def signed_in(lin, client):
    client.post("/sign-in", {"username": "lin", "password": PASSWORD})
    held = client.session
    held[ACTING_FOR] = lin[0].organisation_id
    held.save()
    return client


def test_a_firm_sees_its_own_patents_and_no_others(signed_in):
    page = signed_in.get("/my-deadlines", headers={"accept-language": "en"}).content.decode()
    assert "CN199000001" in page
    assert "Annual fee of year" in page
    assert "别家的" not in page
    assert Client().get("/my-deadlines").status_code == 302


def test_the_address_opens_without_signing_in_until_it_is_ended(lin, signed_in):
    actor, _ = lin
    page = signed_in.post("/my-deadlines/calendar", headers={"accept-language": "en"}).content.decode()
    address = page.partition("http://testserver")[2].partition("<")[0]
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("text/calendar")
    assert b"CN199000001" in answer.content
    assert b"Annual fee" in answer.content
    assert address.rpartition("/")[2].removesuffix(".ics") not in str(PatentFeed.objects.values().get())
    services.make_feed(actor=actor)
    assert Client().get(address).status_code == 404
    newer = f"/calendars/patents/{services.make_feed(actor=actor)}.ics"
    assert Client().get(newer).status_code == 200
    assert selectors.covering(actor) == ("林",)
    signed_in.post("/my-deadlines/calendar", {"act": "revoke"})
    assert Client().get(newer).status_code == 404


def test_the_address_ends_with_the_mandate(lin):
    actor, mandate = lin
    address = f"/calendars/patents/{services.make_feed(actor=actor)}.ics"
    assert Client().get(address).status_code == 200
    mandates.revoke_mandate(actor=replace(actor, organisation_id=None), mandate_id=mandate)
    assert Client().get(address).status_code == 404


def test_a_notice_of_grant_is_noted_by_its_firm(signed_in):
    told = {"number": "CN199000002A", "received": timezone.localdate().isoformat()}
    assert signed_in.post("/my-deadlines/notices", told).status_code == 302
    assert signed_in.post("/my-deadlines/notices", {**told, "received": "2999-01-01"}).status_code == 422
    assert signed_in.post("/my-deadlines/notices", {**told, "number": "x"}).status_code == 422
