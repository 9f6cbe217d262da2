"""Patents like a text, and how the search by meaning follows the loads."""

from __future__ import annotations

import fcntl
from dataclasses import replace
from datetime import date

import pytest

from qiantang.corpus.register.api import desk, intake
from qiantang.corpus.register.selectors import meaning as shelf
from qiantang.corpus.register.selectors import view
from qiantang.corpus.register.services import meaning as services
from qiantang.corpus.register.tasks import follow_meaning
from qiantang.corpus.register.types import MeaningStatus, SimilarRequest
from qiantang.kernel.errors import Invalid, NotFound, Unavailable

from .fields import MODEL, field_patents
from .shelf import File, seen, stock

QUESTION = "输电线路怎样驱鸟"


@pytest.fixture
def fields(home, settings):
    """A home with four fields of twelve patents, indexed, nothing learnt yet."""
    settings.TEXT_MODEL = MODEL
    stock(home, File("fields.csv", field_patents()))
    yield home
    shelf._opened.cache_clear()


@pytest.fixture
def ready(fields):
    assert not intake.prepare_meaning(view.register(), slices=9)
    return fields


def similar(text, **more):
    return desk.similar.similar_to(SimilarRequest(text, **more))


def fields_of(result):
    return [hit.card.ipc[0] for hit in result.hits]


# --- what is found ---


@pytest.mark.feature("S3-09")
def test_a_question_in_plain_words_finds_its_field_and_shows_the_passage(ready):
    result = similar(QUESTION)
    assert fields_of(result)[:12] == ["A01M29/16"] * 12
    first = result.hits[0]
    assert first.words_place is not None
    assert first.meaning_place is not None
    marked = {first.card.snippet[one.start : one.end] for one in first.card.snippet_marks}
    assert "驱鸟" in marked | {first.card.title[one.start : one.end] for one in first.card.title_marks}
    assert result.meaning.status is MeaningStatus.READY
    assert result.common <= min(result.by_words, result.by_meaning)


@pytest.mark.feature("S3-10")
def test_more_like_a_patent_or_a_claim_leaves_the_patent_and_its_family_out(ready):
    text = desk.similar.patent_text("CN112000001A")
    assert text.startswith("一种电池冷却装置及液冷管路系统\n本发明公开了")
    own = {"CN-P112000001", "CN-P112000002"}  # one family
    with_family, without = similar(text), similar(text, without="CN112000001A")
    assert own <= {hit.card.patent_id for hit in with_family.hits}
    assert not own & {hit.card.patent_id for hit in without.hits}
    assert fields_of(without)[:10] == ["H01M10/613"] * 10
    assert desk.similar.claim_text("CN112000001A", 2) == "根据权利要求1所述的装置，设有散热。"
    with pytest.raises(NotFound) as refusal:
        desk.similar.claim_text("CN112000001A", 9)
    assert refusal.value.code == "register.claim_unknown"


@pytest.mark.feature("S3-10")
@pytest.mark.parametrize("few", [20_000, 3])  # ids looked through one by one, or lists looked through and sifted
def test_any_query_narrows_both_rankings(ready, monkeypatch, few):
    monkeypatch.setattr("qiantang.corpus.register.selectors.similar._FEW", few)
    result = similar(QUESTION, query="IC=A01G AND PD<20180101")
    assert set(fields_of(result)) == {"A01G25/16"}
    assert all(hit.card.date < date(2018, 1, 1) for hit in result.hits)
    assert result.canonical == "IC=A01G AND PD=[* TO 20171231]"
    assert similar(QUESTION, query="IC=B99Z").hits == ()
    with pytest.raises(Invalid):
        similar(QUESTION, query="IC=(")


def test_the_best_of_either_ranking_are_shown_in_the_order_of_both(ready):
    found = desk.similar.rankings(SimilarRequest("电池冷却"))
    shown = [hit.card.patent_id for hit in similar("电池冷却", size=3).hits]
    assert set(shown) == {*found.words[:3], *found.meaning[:3]}
    assert shown == [one for one in found.both if one in shown]
    assert desk.similar.rankings(SimilarRequest("电池冷却")) == found


@pytest.mark.feature("S3-09")
def test_what_is_told_in_the_other_language_is_found_by_meaning_alone(ready):
    found = desk.similar.elsewhere(SimilarRequest("电池 battery cooling 冷却"))
    assert {hit.card.number for hit in found} == {"US10999001B2", "US10999002B2"}
    assert all(hit.words_place is None for hit in found)
    assert [hit.card.number for hit in desk.similar.elsewhere(SimilarRequest("冷却 battery", query="IC=A01M"))] == [
        "US10999002B2"
    ]


def test_nothing_known_in_a_text_finds_nothing(ready):
    result = similar("龘靐齉")
    assert (result.hits, result.tokens, result.by_words, result.by_meaning) == ((), (), 0, 0)
    assert desk.similar.elsewhere(SimilarRequest("龘靐齉")) == ()


# --- without meaning ---


@pytest.mark.feature("S3-10")
def test_until_all_is_learnt_words_alone_decide_and_the_state_is_told(fields, monkeypatch):
    monkeypatch.setattr(services, "SLICE", 60)
    told = [desk.similar.meaning_state()]
    while intake.prepare_meaning(view.register()):
        told.append(desk.similar.meaning_state())
        result = similar(QUESTION)
        assert result.by_meaning == 0
        assert fields_of(result)[:6] == ["A01M29/16"] * 6
    percents = [one.percent for one in told]
    assert {one.status for one in told} == {MeaningStatus.PREPARING}
    assert len(percents) > 2
    assert percents == sorted(set(percents))
    assert percents[0] == 0
    assert percents[-1] < 100
    assert desk.similar.meaning_state() == replace(
        told[0], status=MeaningStatus.READY, percent=100, snapshot=1, patents=50
    )


def test_a_model_that_fails_is_told_and_words_go_on(fields, settings, monkeypatch):
    def broken(_path):
        raise Unavailable("textmodel.failed", reason="no such processor")

    monkeypatch.setattr("qiantang.engines.textmodel.port.load", broken)
    monkeypatch.setattr(shelf, "_MODELS", {})
    assert not intake.prepare_meaning(view.register())
    assert desk.similar.meaning_state().status is MeaningStatus.FAILED
    assert fields_of(similar(QUESTION))[0] == "A01M29/16"
    settings.TEXT_MODEL = ""
    assert desk.similar.meaning_state().status is MeaningStatus.OFF
    assert fields_of(similar(QUESTION))[0] == "A01M29/16"


def test_an_empty_home_is_told_as_such(home, settings):
    settings.TEXT_MODEL = MODEL
    assert not intake.prepare_meaning(view.register())
    assert desk.similar.meaning_state().status is MeaningStatus.EMPTY
    with pytest.raises(NotFound):
        similar("电池")


# --- following the loads ---


def vectors(home):
    return shelf.shelf_of(home).index.state()


def test_a_load_changes_only_what_it_touched_and_what_left_is_gone(ready):
    before = vectors(ready)
    kept = shelf.shelf_of(ready).space().name
    newer = seen(5_001, ("CN113000001", "A", "2024-01-05"), title="一种人脸识别门禁的新装置", classes=("E05F15/73",))
    stock(ready, File("more.csv", [newer]))
    behind = desk.similar.meaning_state()
    assert (behind.status, behind.snapshot) == (MeaningStatus.PREPARING, 1)
    assert "CN-P113000001" not in desk.similar.rankings(SimilarRequest("人脸识别门禁")).meaning
    assert not intake.prepare_meaning(view.register())
    assert vectors(ready) == replace(before, stamp=2, vectors=before.vectors + 1)
    assert shelf.shelf_of(ready).space().name == kept
    assert "CN-P113000001" in desk.similar.rankings(SimilarRequest("人脸识别门禁")).meaning


def test_a_register_that_has_outgrown_its_words_learns_them_again(ready):
    kept = shelf.shelf_of(ready).space()
    more = field_patents(each=40, first=200)
    for one in more[::3]:
        one.texts = [text._replace(text=text.text + "，另有减震弹簧") for text in one.texts]
    stock(ready, File("more.csv", more))
    while intake.prepare_meaning(view.register()):
        assert shelf.shelf_of(ready).space().name == kept.name
    assert shelf.shelf_of(ready).space().name != kept.name
    assert shelf.shelf_of(ready).space().knows("弹簧")
    assert len(list((ready / "similar").glob("space-*.npz"))) == 1


def test_whatever_stops_it_costs_a_slice_and_never_the_state_before(fields, monkeypatch):
    monkeypatch.setattr(services, "SLICE", 60)
    assert intake.prepare_meaning(view.register())
    asked = shelf.asked_words(fields / "similar")

    def stopped(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):  # noqa: PT012 - stopped somewhere in it
        patched.setattr(services._Preparing, "_place_all", stopped)
        while intake.prepare_meaning(view.register()):
            pass
    again = shelf.asked_words(fields / "similar")
    assert {word: again[word].tolist() for word in asked} == {word: one.tolist() for word, one in asked.items()}
    assert desk.similar.meaning_state().status is MeaningStatus.PREPARING
    (fields / "similar" / "vocabulary.json").write_bytes(b"{ damaged")
    while intake.prepare_meaning(view.register()):
        pass
    assert desk.similar.meaning_state().status is MeaningStatus.READY


def test_one_prepares_at_a_time_and_who_comes_second_does_nothing(fields):
    (fields / "similar").mkdir(exist_ok=True)
    with (fields / "similar" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert not intake.prepare_meaning(view.register(), slices=9)
    assert desk.similar.meaning_state().status is MeaningStatus.PREPARING


def test_the_job_goes_on_until_nothing_is_left_to_do(fields, monkeypatch):
    monkeypatch.setattr(services, "SLICE", 90)
    follow_meaning.enqueue()
    assert desk.similar.meaning_state().status is MeaningStatus.READY


def test_what_is_forgotten_is_made_again_without_asking_the_model_twice(ready, monkeypatch):
    before = vectors(ready)
    intake.forget_meaning(view.register(), words=True)
    assert desk.similar.meaning_state().snapshot is None
    assert list((ready / "similar" / "index").glob("g*")) == []
    monkeypatch.setattr("qiantang.engines.textmodel.letters.LettersModel.meanings", None)
    assert not intake.prepare_meaning(view.register())
    assert vectors(ready) == before
