"""How often a page of drafts asks the database does not depend on how much there is."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from qiantang.scenarios.preexam.services import examining, intake
from qiantang.scenarios.preexam.types.drafts import NewItem

from .people import House
from .test_draft_pages import browser

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S1-14")]
MOST = 56  # of any page of a draft; measured 43 to 53


def asked(client, page):
    with CaptureQueriesContext(
        connection,
    ) as counted:
        assert client.get(page).status_code == 200
    return len(counted)


def test_pages_of_drafts_ask_as_often_for_many_as_for_few(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path
    house = House()
    lin, gu = browser(house.lin), browser(house.gu)
    number = house.filled()
    intake.submit_draft(actor=house.lin, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    item = NewItem("claims", 2, None, "CL-14", "请写明数值")
    examining.add_item(actor=house.gu, number=number, item=item)
    pages = [
        (lin, "/preexam/drafts"),
        (gu, "/preexam/drafts"),
        (gu, f"/preexam/drafts/{number}"),
        (gu, f"/preexam/drafts/{number}/text"),
        (lin, f"/preexam/drafts/{number}"),
        (lin, f"/preexam/drafts/{house.filled()}"),
    ]
    for client, page in pages:
        client.get(page)  # what is read once a process is not counted
    before = [asked(client, page) for client, page in pages]
    for _more in range(3):
        intake.open_draft(actor=house.lin, kind="invention")
        examining.add_item(actor=house.gu, number=number, item=item)
    after = [asked(client, page) for client, page in pages]
    assert after == before
    assert max(after) <= MOST
