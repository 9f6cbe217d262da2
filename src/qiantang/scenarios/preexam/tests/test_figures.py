"""The centre of the demonstration: its figures, its ledgers, and every page of the room for everybody."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qiantang.commons.accounts.api import person_by_username
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam import demo
from qiantang.scenarios.preexam.models import DraftRequest, NationalEvent
from qiantang.scenarios.preexam.selectors import statistics as reads
from qiantang.scenarios.preexam.selectors.drafts import drafts

from .people import FIRM

pytestmark = pytest.mark.django_db
EVER = (date(2000, 1, 1), date(2099, 12, 31))


@pytest.fixture
def city(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path
    demo.furnish("seven quiet rivers")


def actor(name):
    found = person_by_username(Actor.system("test"), name)
    return Actor(person_id=found.id, name=found.display_name, roles=found.roles)


def browser(name):
    client = Client()
    client.login(username=name, password="seven quiet rivers")
    client.cookies["qiantang_language"] = "en"
    return client


@pytest.mark.feature("S1-17")
@pytest.mark.feature("S1-22")
@pytest.mark.feature("S1-24")
def test_the_centre_of_the_demonstration(city):
    """One city for three looks at it: it takes seconds to build."""
    figures_equal_their_records_and_the_grants_stand_beside_the_ordinary_route()
    rules_classes_subjects_and_times_are_public_and_names_of_cases_are_not()
    every_page_of_the_room_opens_for_those_whose_it_is()


def figures_equal_their_records_and_the_grants_stand_beside_the_ordinary_route():
    lead = actor("supervisor")
    found = reads.statistics(lead, *EVER)
    rows = DraftRequest.objects.filter(submitted_on__isnull=False)
    assert found.flow.submitted == rows.count() == 6
    assert (found.flow.accepted, found.flow.qualified, found.flow.pending) == (6, 3, 3)
    assert (found.office_days.mean, found.office_days.p90) == (Fraction(4), 5)
    (cycle,) = found.cycles
    days = sorted((one.day - one.request.filed_on).days for one in NationalEvent.objects.filter(stage="granted"))
    assert (cycle.days.count, cycle.days.mean, days) == (3, Fraction(sum(days), 3), [78, 92, 101])
    assert Fraction(80, 100) < cycle.reduction < Fraction(90, 100)
    assert (cycle.ordinary_months, cycle.verified) == (20, False)
    assert [(one.symbol, one.days.count) for one in found.fields] == [("F04D", 3)]
    assert sum(one.flow.submitted for one in found.subjects) == 6
    assert [one.flow.submitted for one in found.agencies] == [1]
    assert dict(found.defects)["CL-14"] == 2
    assert found.grants == 1
    assert reads.statistics(lead, date(2001, 1, 1), date(2001, 12, 31)).flow.qualified_rate is None
    demo.furnish("x")  # a second start adds nothing
    assert DraftRequest.objects.count() == 7


def rules_classes_subjects_and_times_are_public_and_names_of_cases_are_not():
    public = Client()
    public.cookies["qiantang_language"] = "en"
    year = DraftRequest.objects.filter(filed_on__isnull=False).latest("pk").submitted_on.year
    for page in (
        "/preexam",
        "/preexam/rules",
        "/preexam/classes",
        "/preexam/agencies",
        f"/preexam/figures?year={year}",
    ):
        assert public.get(page).status_code == 200
    told = public.get(f"/preexam/figures?year={year}").content.decode()
    assert FIRM in told  # registered subjects
    assert "Nine of ten within" in told
    assert "Cases of the demonstration" in told
    assert "In which first drafts" not in told
    assert "In which first drafts" in browser("supervisor").get(f"/preexam/figures?year={year}").content.decode()
    assert public.get("/preexam/figures?year=soon").status_code == 422


def every_page_of_the_room_opens_for_those_whose_it_is():
    lead, first, applicant, agent = (browser(name) for name in ("supervisor", "examiner", "applicant", "agent"))
    for client in (lead, first, applicant, agent):
        assert client.get("/preexam/drafts").status_code == 200
    numbers = [one.number for one in drafts(actor("examiner"), reads_page()).items]
    assert len(numbers) == 6
    mine = {one.number for one in drafts(actor("applicant"), reads_page()).items}
    assert len(mine - set(numbers)) == 1  # one is not handed in: its owner's own
    for number in numbers:
        assert applicant.get(f"/preexam/drafts/{number}").status_code == 200
        assert first.get(f"/preexam/drafts/{number}").status_code == 200
    own = DraftRequest.objects.first().applicant_id
    assert applicant.get("/preexam/ledgers").status_code == 403
    applicant.post("/my-organisations/act-for", {"organisation": own})
    assert applicant.get("/preexam/ledgers", follow=True).status_code == 200
    assert agent.get(f"/preexam/ledgers/{own}").status_code == 404
    page = f"/preexam/ledgers/{own}"
    assert applicant.post(page, {"act": "ask", "note": "more"}).status_code == 422
    assert lead.post(page, {"act": "breach", "rule": "BR-2", "note": "通知书"}).status_code == 302
    assert "CR-1" in lead.get(page).content.decode()
    assert lead.post(page, {"act": "measure", "rule": "CR-1"}).status_code == 302
    assert lead.get("/preexam/ledgers").status_code == 200
    assert lead.get("/preexam/examiners").status_code == 200
    assert first.get("/preexam/examiners").status_code == 403
    people = {"person": actor("examiner").person_id, "classes": "F04D，B25J"}
    assert lead.post("/preexam/examiners", people).status_code == 302
    file = SimpleUploadedFile("list.csv", f"uscc,name\n{FIRM},甲\n".encode())
    sent = {"act": "import", "effective_date": "2027-01-01", "source": "名单", "article": "第13条", "file": file}
    assert lead.post("/preexam/agencies", sent).status_code == 302
    assert lead.post("/preexam/agencies", {"act": "import"}).status_code == 422
    assert Client().post("/preexam/agencies", {"act": "import"}).status_code == 422


def reads_page():
    from qiantang.kernel.paging import PageRequest

    return PageRequest()
