"""Prior art: a claim of a draft is looked for, what is found is held against claims, and nobody keeps the words of the draft."""

from __future__ import annotations

import logging
import shutil

import pytest
from django.db import connection
from django.utils import translation

from qiantang.commons.audit import api as audit
from qiantang.corpus.register.tests.shelf import everything, stock
from qiantang.kernel.errors import Conflict, Invalid, NotPermitted
from qiantang.scenarios.preexam.models import CitedDocument, PriorArtSearch
from qiantang.scenarios.preexam.selectors import drafts as reads
from qiantang.scenarios.preexam.selectors import prior_art as shown_of
from qiantang.scenarios.preexam.services import concluding, examining, intake, prior_art
from qiantang.scenarios.preexam.types.drafts import NewItem

from .drafts import REPAIRED
from .people import SYSTEM, House
from .test_draft_pages import browser

pytestmark = pytest.mark.django_db
SECRET = "所述叶片"  # stands in the claims of the draft


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    place = tmp_path_factory.mktemp("shelf")
    stock(place, *everything())
    return place


@pytest.fixture
def house(settings, shelf, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = shutil.copytree(shelf, tmp_path / "home")
    monkeypatch.setattr(concluding, "is_drawn", lambda *_: False)
    with translation.override("en"):
        yield House()


@pytest.fixture
def number(house):
    made = house.filled(text=REPAIRED)
    intake.submit_draft(actor=house.lin, number=made)
    examining.accept_draft(actor=house.gu, number=made)
    examining.assign_draft(actor=house.shen, number=made, person_id=house.gu.person_id)
    return made


def mark(house, number, reference="CN109999999A", category="X", claims=(1,), passage="第[0012]段：泵有叶片"):
    told = {"reference": reference, "category": category, "claims": claims, "passage": passage}
    prior_art.mark_document(actor=house.gu, number=number, **told)


def written():
    """Everything that the database holds, as one text."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(str(cursor.fetchall()))
    return "".join(found)


def test_a_claim_is_looked_for_and_its_words_are_kept_nowhere(house, number, caplog):
    with caplog.at_level(logging.DEBUG):
        found = prior_art.search_prior_art(actor=house.gu, number=number, claim=1)
    (row,) = PriorArtSearch.objects.all()
    assert (row.claim, row.database, row.snapshot, row.found) == (1, "register", found.snapshot, len(found.hits))
    assert SECRET not in written() + caplog.text
    verbs = [one.verb for one in audit.entries(SYSTEM)[:2]]
    assert verbs == ["preexam.prior_art.search", "files.sealed.read"]
    with pytest.raises(Invalid, match="claim_missing"):
        prior_art.search_prior_art(actor=house.gu, number=number, claim=99)
    for who in (house.he, house.lin, house.shen):
        with pytest.raises(NotPermitted):
            prior_art.search_prior_art(actor=who, number=number, claim=1)


def test_marks_are_sealed_told_with_the_notice_and_hold_back_a_pass(house, number):
    for wanted in ({"category": "B"}, {"claims": ()}, {"passage": " "}, {"reference": " "}):
        with pytest.raises(Invalid, match="mark_incomplete"):
            mark(house, number, **wanted)
    mark(house, number)
    mark(house, number, "王某，水泵设计，2010", "A", ())
    mark(house, number, category="Y", claims=(1, 2))  # thought better of it
    mark(house, number, "US1234567B2")
    assert "第[0012]段" not in written()
    row, _card = reads.draft_row(house.gu, number)
    shown = shown_of.cited_documents(row, reads_as="examiner")
    assert [(one.category, one.claims, one.told) for one in shown] == [
        ("X", (1,), False), ("Y", (1, 2), False), ("A", (), False)
    ]  # fmt: skip
    assert (
        shown_of.cited_documents(row, reads_as="party") == shown_of.cited_documents(row, reads_as="second_reader") == ()
    )
    with pytest.raises(Conflict, match="x_on_first_claim"):
        concluding.propose_conclusion(actor=house.gu, number=number, outcome="qualified", reasons=[], said="")
    examining.add_item(actor=house.gu, number=number, item=NewItem("claims", 1, None, "", "见对比文件"))
    examining.request_amendment(actor=house.gu, number=number)
    assert len(shown_of.cited_documents(row, reads_as="party")) == 3
    x = CitedDocument.objects.get(category="X")
    with pytest.raises(Conflict, match="mark_told"):
        prior_art.unmark_document(actor=house.gu, number=number, key=x.pk)


def test_the_page_searches_marks_and_is_closed_to_all_but_who_examines(house, number):
    gu, page = browser(house.gu), f"/preexam/drafts/{number}/prior-art"
    assert "None yet" in gu.get(page).content.decode()
    told = gu.post(page, {"act": "search", "claim": "1"}).content.decode()
    assert "Snapshot 1" in told
    assert SECRET not in told
    elsewhere = {"act": "elsewhere", "database": "Espacenet", "asked": "pump AND blade", "hits": "12"}
    assert gu.post(page, elsewhere).status_code == 302
    given = {"act": "mark", "reference": "US1234567B2", "category": "X", "claims": "1、3", "passage": "col. 2"}
    assert gu.post(page, given).status_code == 302
    assert gu.post(page, {**given, "passage": ""}).status_code == 422
    there = gu.get(page).content.decode()
    assert "Espacenet" in there
    assert "claims 1, 3" in there
    assert "US1234567B2" in gu.get(f"/preexam/drafts/{number}/text").content.decode()
    key = CitedDocument.objects.get().pk
    assert gu.post(page, {"act": "unmark", "key": key}).status_code == 302
    assert not CitedDocument.objects.exists()
    for who, status in ((house.he, 403), (house.lin, 403), (house.stranger, 404)):
        assert browser(who).get(page).status_code == status
