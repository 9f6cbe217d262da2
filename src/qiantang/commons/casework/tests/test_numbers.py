"""Numbers of cases: reserved at the start, per authority and year, once; found however they are written."""

from __future__ import annotations

import re
import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from qiantang.commons.casework import api
from qiantang.commons.casework.models import Case, NumberSeries
from qiantang.commons.casework.services.opening import reserve_number
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound
from qiantang.kernel.identifiers import parse_case_number

from .permits import brought_to, opened, person

pytestmark = [pytest.mark.feature("X-07"), pytest.mark.feature("S10-05")]


@pytest.mark.django_db
def test_the_number_is_there_from_the_first_draft_and_stays(lin, gu):
    case = opened(lin)
    number = parse_case_number(case.number)
    assert (number.authority, number.year, number.serial) == ("HZTS", timezone.localdate().year, 1)
    brought_to("proposed", lin, gu, case.number)
    assert Case.objects.get().number == number.compact
    assert opened(lin).number != case.number


@pytest.mark.django_db
@pytest.mark.parametrize(
    "spelling", ["{0}", " {0} ", "{0.compact}", "（{0.authority}）{0.year}第{0.serial:06d}号-{0.check}"]
)
def test_it_is_found_however_it_is_written(lin, spelling):
    number = parse_case_number(opened(lin).number)
    text = spelling.format(number).replace("第", " ").replace("号", " ")
    assert api.found_by_number(lin, text).number == str(number)
    assert api.found_by_number(lin, text.lower()).number == str(number)


@pytest.mark.django_db
def test_a_slip_is_told_apart_from_a_number_nobody_has(lin):
    number = parse_case_number(opened(lin).number)
    wrong = number.compact[:-1] + str((number.check + 1) % 10)
    with pytest.raises(Invalid, match="case_check"):
        api.case_sheet(lin, wrong)
    with pytest.raises(NotFound, match="unknown"):
        api.case_sheet(lin, str(type(number)("HZTS", number.year, 999)))


@pytest.mark.django_db
def test_series_are_apart_by_authority_and_year(monkeypatch):
    numbers = [str(reserve_number(name)) for name in ("HZAA", "HZBB", "HZAA")]
    assert [parse_case_number(text).serial for text in numbers] == [1, 1, 2]
    NumberSeries.objects.create(authority="HZAA", year=1999, last=77)
    assert reserve_number("HZAA").serial == 3


@pytest.mark.django_db
def test_a_number_is_not_given_again_when_its_case_is_gone(lin):
    from qiantang.commons.casework.models import CaseClock, CaseEvent, CaseParty, CasePause

    first = parse_case_number(opened(lin).number)
    for rows in (CaseClock, CaseEvent, CaseParty, CasePause, Case):
        rows.objects.all().delete()
    assert parse_case_number(opened(lin).number).serial == first.serial + 1


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_a_number_each():
    """On SQLite a transaction that writes is alone; on PostgreSQL the row of the series is locked."""
    found, failed = [], []

    def work():
        try:
            for _ in range(5):
                with transaction.atomic():
                    found.append(reserve_number("HZQQ").serial)
        except Exception as error:  # noqa: BLE001 - told below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failed == []
    assert sorted(found) == list(range(1, 31))


@pytest.mark.django_db(transaction=True)
def test_two_who_decide_at_once_decide_once(monkeypatch):
    lin, gu = person("lin"), person("gu", "examiner")
    case = opened(lin)
    brought_to("proposed", lin, gu, case.number)
    judges = [person("shen", "supervisor"), person("wu", "supervisor")]
    outcomes = []

    def work(judge, action):
        try:
            outcomes.append(api.advance(actor=judge, number=case.number, action=action, note="because"))
        except Conflict as error:
            outcomes.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=pair) for pair in zip(judges, ("confirm", "refuse"), strict=True)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(outcomes) in (["casework.step_not_from_here", "granted"], ["casework.step_not_from_here", "refused"])


# --- number and code ---------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.feature("S10-14")
def test_number_and_code_tell_the_status_without_signing_in(lin, gu, client):
    case = opened(lin)
    brought_to("examining", lin, gu, case.number)
    shown = client.post("/case-status", {"number": case.number.lower(), "code": f" {case.code.lower()} "})
    text = shown.content.decode()
    assert shown.status_code == 200
    assert case.number in text
    text = re.sub(r'value="\w{64}"', "", text)  # the form's token, in which chance may write anything
    assert "Lin" not in text
    assert case.code not in text
    with translation.override("en"):  # the page before was in Chinese
        status = api.inquiry.status_by_code(actor=gu, number=case.number, code=case.code)
    assert (status.state_label, status.waits_for, status.due is not None) == ("Under way", "staff", True)


@pytest.mark.django_db
@pytest.mark.feature("S10-14")
def test_codes_are_not_guessed(lin, client):
    case = opened(lin)
    answers = [client.post("/case-status", {"number": case.number, "code": "222222"}).status_code for _ in range(6)]
    assert answers == [404] * 5 + [429]
    with pytest.raises(Limited, match="code_throttled"):
        api.inquiry.status_by_code(actor=lin, number=case.number, code=case.code)
    assert client.post("/case-status", {"number": "HZTS-2026-999999-9", "code": "222222"}).status_code in (404, 422)
