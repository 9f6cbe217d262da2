"""Could not get it done: a supervised case, and nobody answers for what they did themselves."""

from __future__ import annotations

import pytest

from qiantang.commons.casework import api as casework
from qiantang.commons.casework.tests.contracts import WorkflowContract
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted
from qiantang.portal.hall.services import handling
from qiantang.portal.hall.services.complaints import complain
from qiantang.portal.hall.workflow import BUNDLE_KIND, COMPLAINT_KIND, MATTER_KIND

from .conftest import PASSWORD, handed_in, person, state


class TestMatter(WorkflowContract):
    kind = MATTER_KIND


class TestBundle(WorkflowContract):
    kind = BUNDLE_KIND


@pytest.mark.feature("S10-16")
class TestComplaint(WorkflowContract):
    kind = COMPLAINT_KIND


@pytest.mark.feature("S10-16")
def test_a_complaint_is_answered_by_a_supervisor_who_had_no_part_in_it(lin, officer, lead, client):
    number = handed_in(lin)
    handling.ask_supplement(actor=lead, number=number, gaps=[{"what": "合同缺期限"}])
    opened = complain(actor=lin, text="说合同缺期限，合同第三条写着期限。", number=number)
    sheet = casework.case_sheet(lin, opened.number)
    assert "说合同缺期限，合同第三条写着期限。" in [one.note for one in sheet.story]
    assert [one.number for one in sheet.links] == [number]
    (clock,) = sheet.clocks
    assert clock.reading.due is not None
    with pytest.raises(NotFound):
        casework.case_sheet(officer, opened.number)
    with pytest.raises(NotPermitted) as refused:
        casework.advance(actor=lead, number=opened.number, action="solve", note="x")
    assert refused.value.code == "casework.interested"
    other = person("song", "supervisor")
    casework.advance(actor=other, number=opened.number, action="solve", note="核实无误，已受理。")
    assert state(opened.number) == "solved"


def test_a_complaint_says_something_about_a_matter_one_sees(lin, officer, client):
    with pytest.raises(Invalid):
        complain(actor=lin, text="  ")
    with pytest.raises(NotFound):
        complain(actor=person("zhang"), text="x", number=handed_in(lin))
    client.login(username="lin", password=PASSWORD)
    assert client.post("/services/complaint", {"text": ""}).status_code == 422
    there = client.post("/services/complaint", {"text": "窗口说要别的材料"})["Location"]
    assert "窗口说要别的材料" in client.get(there).content.decode()
