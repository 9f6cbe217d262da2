"""Topics: found where planted, byte-equal on every run and in any order, and their names live on."""

from __future__ import annotations

import random

import pytest

from qiantang.corpus.measures.methods.topics import carried_labels, topics

PLANTED = {
    "battery": ["电池", "隔膜", "电极", "电解液", "充电", "锂离子", "正极", "负极"],
    "imaging": ["图像", "识别", "神经网络", "卷积", "特征", "检测", "分割", "训练"],
    "motor": ["rotor", "stator", "winding", "torque", "magnet", "bearing", "shaft", "housing"],
}


def documents(each=25):
    draws = random.Random(3)
    return {
        f"{name}-{at:02}": " ".join(
            [*draws.sample(words, 5), *draws.sample(["装置", "方法", "系统", "method", "device"], 2)]
        )
        for name, words in PLANTED.items()
        for at in range(each)
    }


@pytest.fixture(scope="module")
def model():
    return topics(documents() | {"zz-odd": "唯一无双的东西"}, 3)


def test_planted_topics_are_found_and_told_by_their_words(model):
    assert [{one.partition("-")[0] for one in topic.documents} for topic in model.topics] == [
        {"battery"},
        {"imaging"},
        {"motor"},
    ]
    assert [topic.number for topic in model.topics] == [1, 2, 3]
    for topic, words in zip(model.topics, PLANTED.values(), strict=True):
        assert len(set(topic.words) & set(words)) >= 5
        assert topic.stability == pytest.approx(1)
    assert model.unplaced == ("zz-odd",)


def test_two_runs_are_equal_to_the_byte_whatever_the_order(model):
    texts = documents() | {"zz-odd": "唯一无双的东西"}
    shuffled = dict(random.Random(9).sample(list(texts.items()), len(texts)))
    assert repr(topics(shuffled, 3)) == repr(model)


def test_what_is_not_there_is_not_stable():
    draws = random.Random(5)
    vocabulary = [word for words in PLANTED.values() for word in words]
    noise = {f"n{at:02}": " ".join(draws.sample(vocabulary, 6)) for at in range(60)}
    found = topics(noise, 6)
    assert sum(len(one.documents) for one in found.topics) == 60
    assert sum(one.stability for one in found.topics) / len(found.topics) < 0.6


def test_few_documents_and_none():
    assert topics({}, 3).topics == ()
    assert topics({"a": "电池"}, 3).unplaced == ("a",)
    two = topics({"a": "电池 电极", "b": "电池 电极"}, 5)
    assert [one.documents for one in two.topics] == [("a", "b")]
    with pytest.raises(ValueError, match="one topic"):
        topics({}, 0)


def test_names_follow_the_largest_overlap():
    before = {"batteries": ["a", "b", "c", "d"], "imaging": ["e", "f", "g"], "gone": ["x"]}
    now = {"1": ["e", "f", "g", "d", "new1"], "2": ["a", "b", "c"], "3": ["new2", "new3"]}
    assert carried_labels(before, now) == {"1": "imaging", "2": "batteries", "3": None}
    assert carried_labels({}, now) == dict.fromkeys(now)
    assert carried_labels(before, {}) == {}


def test_a_name_is_given_once_and_not_for_little():
    before = {"old": [f"d{at}" for at in range(10)]}
    split = {"big": [f"d{at}" for at in range(8)], "small": ["d8", "d9"]}
    assert carried_labels(before, split) == {"big": "old", "small": None}
    assert carried_labels(before, {"other": ["d1", *(f"e{at}" for at in range(30))]}) == {"other": None}


def test_names_survive_a_run_on_more_documents(model):
    again = topics(documents(40), 3, stability=False)
    named = {f"label of {one.words[0]}": one.documents for one in model.topics}
    carried = carried_labels(named, {str(one.number): one.documents for one in again.topics})
    assert list(carried.values()) == [f"label of {one.words[0]}" for one in model.topics]
    assert all(one.stability is None for one in again.topics)
