"""What every text model of the house must do; and that the packaged one ties the languages."""

from __future__ import annotations

import numpy as np
import pytest

from qiantang.engines.textmodel import packaged
from qiantang.engines.textmodel.port import load
from qiantang.kernel.errors import Unavailable

ADAPTERS = ["qiantang.engines.textmodel.letters.LettersModel", "qiantang.engines.textmodel.packaged.PackagedModel"]


@pytest.mark.parametrize("path", ADAPTERS, ids=lambda path: path.rpartition(".")[2])
def test_the_same_text_means_the_same_alone_or_among_others(path):
    model = load(path)
    texts = ["电池", "battery", "太阳能电池板"]
    found = model.meanings(texts)
    assert found.shape == (3, model.dimensions)
    assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-3)
    assert np.array_equal(model.meanings(texts[1:2])[0], found[1])
    assert model.name == load(path).name


@pytest.mark.feature("S3-09")
def test_the_packaged_model_finds_the_same_thing_in_the_other_language():
    model = load(ADAPTERS[1])
    chinese = model.meanings(["一种驱鸟装置", "锂离子电池的正极材料", "污泥脱水设备"], question=True)
    english = model.meanings(
        ["Bird repelling device", "Cathode material of a lithium ion battery", "Sludge dewatering"]
    )
    assert (chinese @ english.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_model_that_is_not_here_is_told_as_such(monkeypatch):
    monkeypatch.setattr(packaged, "_PACKAGE", "no_such_package_here")
    with pytest.raises(Unavailable) as refusal:
        load(ADAPTERS[1])
    assert refusal.value.code == "textmodel.failed"
