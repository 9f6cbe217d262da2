"""After a load its names are learnt: once, by a job, and whatever happens there the load stands."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qiantang.corpus.ingest.methods.naming import names_in
from qiantang.corpus.ingest.models import ImportRun
from qiantang.corpus.ingest.services.naming import learn_new_names
from qiantang.corpus.parties import api as parties
from qiantang.corpus.register import api as register
from qiantang.kernel.actor import Actor

from . import readings

SYSTEM = Actor.system("test")


def row(*people, families=(None, None), events=()):
    parties_here = [
        {"role": role, "name": name, "position": i, "address": "某路1号" if role != "inventor" else None}
        for i, (role, name) in enumerate(people, 1)
    ]
    return {
        "patent_id": "CN1",
        "parties": parties_here,
        "events": [{"code": code, "text": text} for code, text in events],
        "simple_family": families[0],
        "extended_family": families[1],
    }


@pytest.mark.feature("S2-11")
def test_what_stands_beside_a_name_counts_only_where_it_stands_alone():
    alone = row(("applicant", "甲有限公司"), ("inventor", "钱某"), families=("docdb:1", None))
    joint = row(
        ("applicant", "甲有限公司"), ("applicant", "乙有限公司"), ("inventor", "李某"), families=("docdb:2", None)
    )
    found = {one.name: one for one in names_in([alone, joint])}
    assert (found["甲有限公司"].inventors, found["甲有限公司"].families) == ({"钱某"}, {"docdb:1"})
    assert found["甲有限公司"].addresses == {"某路1号"}
    assert (found["乙有限公司"].inventors, found["乙有限公司"].families) == (set(), set())


@pytest.mark.feature("S2-11")
def test_agencies_are_learnt_inventors_are_not_and_a_change_of_name_is():
    changed = "变更事项:专利权人\n变更前:甲有限公司\n变更后:乙有限公司"
    found = {
        one.name: one
        for one in names_in([row(("agency", "丙事务所"), ("inventor", "钱某"), events=(("CP01", changed),))])
    }
    assert set(found) == {"丙事务所", "乙有限公司"}
    assert found["乙有限公司"].former == {"甲有限公司"}


@pytest.fixture
def load(as_operator, home, django_capture_on_commit_callbacks):
    def posted(name, content):
        with django_capture_on_commit_callbacks(execute=True):
            return as_operator.post("/import", {"files": [SimpleUploadedFile(name, content)]})

    return posted


@pytest.mark.django_db
@pytest.mark.feature("S2-11")
def test_a_load_brings_its_names_and_doing_it_again_brings_none(load):
    load("a.csv", readings.table(readings.rows(30)))
    assert ImportRun.objects.get().state == "done"
    held = register.get_many(_ids()).values()
    names = {p.name for one in held for p in one.parties if p.role == "applicant"}
    found = parties.parties_of(names)
    assert any("公司" in name for name in found)
    assert all(len(name) > 3 for name in found)  # no name of a person is kept
    assert found.keys() < names
    assert parties.learnt_snapshot() == register.current_snapshot().number == 1
    assert learn_new_names(actor=SYSTEM) == 0


@pytest.mark.django_db
@pytest.mark.feature("S2-11")
def test_a_failure_among_the_names_leaves_the_load_and_the_next_one_catches_up(load, monkeypatch):
    def broken(**_told):
        raise RuntimeError("no names today")

    with monkeypatch.context() as patched:
        patched.setattr("qiantang.corpus.ingest.services.naming.parties.learn_names", broken)
        load("a.csv", readings.table(readings.rows(30)))
    assert ImportRun.objects.get().state == "done"
    assert (register.current_snapshot().number, parties.learnt_snapshot()) == (1, 0)
    assert learn_new_names(actor=SYSTEM) > 0
    assert parties.learnt_snapshot() == 1


def _ids():
    return [r for batch in register.register().changes(0, ["patent_id"]) for r in batch["patent_id"].to_pylist()]
