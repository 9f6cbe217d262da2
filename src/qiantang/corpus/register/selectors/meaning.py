"""Where the search by meaning stands on disk, and how readers open it.

<home>/similar/vocabulary.json     the words to learn, and in how many texts each stands
<home>/similar/words/000003.npz    words with what the model says of them; kept, so that no word is asked twice
<home>/similar/space-….npz         a space of meaning; the vectors name theirs
<home>/similar/index/              the vectors: a cache of one snapshot
<home>/similar/failed.txt          why the model cannot be used on this machine
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import orjson
from django.conf import settings

from qiantang.corpus.register.methods.meaning.learning import LEARNT
from qiantang.corpus.register.methods.meaning.space import WordSpace
from qiantang.corpus.register.methods.meaning.words import ANCHORS
from qiantang.corpus.register.selectors.view import OPEN_HOMES, register
from qiantang.corpus.register.types.similar import MeaningState, MeaningStatus
from qiantang.engines.similarity import port as similarity_port
from qiantang.engines.textmodel import port as textmodel_port

if TYPE_CHECKING:
    from qiantang.engines.similarity.port import VectorIndex
    from qiantang.engines.textmodel.port import TextModel

_DISTILLING = 80  # of a hundred of the preparing is asking the model


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """``holding`` says in how many of ``texts`` each word stands; ``patents`` how many the register had then."""

    patents: int
    texts: int
    words: tuple[str, ...]
    holding: tuple[int, ...]
    learnt: int = LEARNT


@dataclass(slots=True)
class MeaningShelf:
    """The folder of one home, its vectors open, its newest space remembered."""

    root: Path
    index: VectorIndex
    _space: WordSpace | None = None
    _lock: Lock = field(default_factory=Lock)

    def space_path(self, name: str) -> Path:
        return self.root / f"space-{name}.npz"

    def vocabulary(self) -> Vocabulary | None:
        """The words being learnt; None where there are none, or those of another release."""
        try:
            told = orjson.loads((self.root / "vocabulary.json").read_bytes())
            found = Vocabulary(**{**told, "words": tuple(told["words"]), "holding": tuple(told["holding"])})
        except (OSError, orjson.JSONDecodeError, TypeError, KeyError):
            return None
        return found if found.learnt == LEARNT else None

    def known_words(self) -> int:
        """Of how many words the model was asked; read from the names of the parts, which tell it."""
        return sum(int(path.stem.rpartition("-")[2]) for path in self.root.glob("words/*-*.npz"))

    def space(self) -> WordSpace | None:
        """The space of the vectors that were committed last."""
        self.index.refresh()
        state = self.index.state()
        if state.space is None:
            return None
        with self._lock:
            if self._space is None or self._space.name != state.space.name:
                try:
                    self._space = WordSpace.from_bytes(self.space_path(state.space.name).read_bytes())
                except (OSError, ValueError, KeyError, EOFError):
                    return None
            return self._space

    def failure(self) -> str:
        try:
            return (self.root / "failed.txt").read_text("utf-8")
        except OSError:
            return ""


@lru_cache(maxsize=OPEN_HOMES)
def _opened(home: str | Path, adapter: str) -> MeaningShelf:
    root = Path(home) / "similar"
    return MeaningShelf(root, similarity_port.load(adapter, place=root / "index"))


def shelf_of(home: str | Path) -> MeaningShelf:
    """The shelf of a home, opened once a process."""
    return _opened(home, settings.SIMILARITY_ADAPTER)


_MODELS: dict[str, TextModel] = {}


def text_model() -> TextModel:
    """The model of this installation, opened once a process.

    errors  Unavailable ``textmodel.failed``
    """
    path = settings.TEXT_MODEL
    if path not in _MODELS:
        _MODELS[path] = textmodel_port.load(path)
    return _MODELS[path]


def meaning_state() -> MeaningState:
    """How far the search by meaning is, without asking the model anything."""
    manifest = register().manifest()
    if not settings.TEXT_MODEL:
        return MeaningState(MeaningStatus.OFF, 0, None)
    if manifest is None:
        return MeaningState(MeaningStatus.EMPTY, 0, None)
    shelf = shelf_of(settings.QIANTANG_HOME)
    usable = shelf.space() is not None
    vectors = shelf.index.state()
    snapshot = vectors.stamp if usable else None
    if snapshot is not None and snapshot >= manifest.snapshot:
        return MeaningState(MeaningStatus.READY, 100, snapshot, vectors.vectors)
    if shelf.failure():
        return MeaningState(MeaningStatus.FAILED, 0, snapshot, vectors.vectors)
    vocabulary = shelf.vocabulary()
    percent = 0
    if vocabulary is not None:
        wanted = len({*ANCHORS, *vocabulary.words})
        percent = min(_DISTILLING, _DISTILLING * shelf.known_words() // wanted)
    return MeaningState(MeaningStatus.PREPARING, percent, snapshot, vectors.vectors)


def asked_words(root: Path) -> dict[str, np.ndarray]:
    """What the model said of every word it was asked, by word."""
    found: dict[str, np.ndarray] = {}
    for path in sorted(root.glob("words/*-*.npz")):
        with np.load(path, allow_pickle=False) as part:
            words = bytes(part["words"].item()).decode().split("\n")
            found.update(zip(words, part["meanings"], strict=True))
    return found
