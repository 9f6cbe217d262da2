"""The search by meaning follows the snapshots: words are learnt, a slice at a time, then every patent gets its vector.

Each step leaves its file whole or not at all, and the next call goes on from what is there; so whatever stops the process
costs one slice. Readers use the older state until the newer one is committed.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import orjson
from django.conf import settings

from qiantang.corpus.register.methods.meaning.documents import MEANING_COLUMNS, meaning_texts
from qiantang.corpus.register.methods.meaning.learning import learnt
from qiantang.corpus.register.methods.meaning.space import DIMENSIONS, WordSpace
from qiantang.corpus.register.methods.meaning.words import ANCHORS, Counts
from qiantang.corpus.register.selectors.meaning import MeaningShelf, Vocabulary, asked_words, shelf_of, text_model
from qiantang.corpus.register.services.index import changed_since
from qiantang.disk import alone, write_atomically
from qiantang.engines.similarity.port import Space
from qiantang.kernel.errors import Unavailable

if TYPE_CHECKING:
    from qiantang.corpus.register.selectors.manifests import Manifest
    from qiantang.corpus.register.selectors.view import Register
    from qiantang.engines.lake.port import LakeView

Progress = Callable[[str, int, int], None]
MOST_WORDS = 20_000
SLICE = 512  # words asked of the model in one go: some seconds
_SAMPLE = 30_000  # texts from which words are counted and learnt
_OUTGROWN = 2  # times as many patents as the space was learnt with: it is learnt again
_AT_ONCE = 4_096


def prepare_meaning(register: Register, progress: Progress | None = None, *, slices: int = 1) -> bool:
    """Bring the search by meaning forward; returns whether there is more to do.

    slices      at most so many slices of words are asked of the model

    Where no model is set, nothing is loaded, or somebody else is at it, there is nothing to do. A model that cannot be used
    is remembered, and told on the pages; the search goes on without.
    """
    manifest = register.manifest()
    if manifest is None or not settings.TEXT_MODEL:
        return False
    shelf = shelf_of(register.place.home)
    with alone(shelf.root / "lock") as mine:
        if not mine:
            return False
        try:
            return _Preparing(register, manifest, shelf, progress).forward(slices)
        except Unavailable as error:
            if error.code != "textmodel.failed":
                raise
            write_atomically(shelf.root / "failed.txt", str(error.facts.get("reason", "")).encode())
            return False


def forget_meaning(register: Register, *, words: bool = False) -> None:
    """Let the vectors go, so that they are made again of what the register holds now; ``words``: the learnt space, too.

    What the model said of single words stays: it is nothing about a patent.
    """
    root = shelf_of(register.place.home).root
    gone = ["index/state.json", *(["vocabulary.json"] if words else [])]
    for name in gone:
        (root / name).unlink(missing_ok=True)
    for path in root.glob("index/g*"):
        path.unlink(missing_ok=True)


class _Preparing:
    def __init__(self, register: Register, manifest: Manifest, shelf: MeaningShelf, progress: Progress | None) -> None:
        self._manifest, self._shelf, self._register = manifest, shelf, register
        _, self._view = register.current()
        self._tell = progress or (lambda _stage, _done, _total: None)

    def forward(self, slices: int) -> bool:
        shelf = self._shelf
        space, vocabulary = shelf.space(), shelf.vocabulary()
        if vocabulary is None or self._manifest.patents >= _OUTGROWN * max(1, vocabulary.patents):
            vocabulary = self._count()
        elif space is not None and space.words == vocabulary.words:
            self._advance(space)
            return False
        if not self._ask(vocabulary, slices):
            return True
        self._place_all(self._learn(vocabulary))
        (shelf.root / "failed.txt").unlink(missing_ok=True)
        return False

    # --- words ---

    def _sample(self) -> Iterator[list[str]]:
        """The texts of every so-many-th patent, batch by batch."""
        step = max(1, -(-self._manifest.patents // _SAMPLE))
        before = 0
        for batch in self._view.scan("records", MEANING_COLUMNS):
            first = -before % step
            before += batch.num_rows
            wanted = batch.take(list(range(first, batch.num_rows, step))) if step > 1 else batch
            yield meaning_texts(wanted)[1]

    def _count(self) -> Vocabulary:
        counts = Counts()
        for texts in self._sample():
            counts.add(texts)
            self._tell("counting words", counts.texts, 0)
        words = counts.vocabulary(MOST_WORDS)
        made = Vocabulary(
            patents=self._manifest.patents,
            texts=counts.texts,
            words=tuple(words),
            holding=tuple(counts.holding[word] for word in words),
        )
        write_atomically(self._shelf.root / "vocabulary.json", orjson.dumps(asdict(made)))
        return made

    def _ask(self, vocabulary: Vocabulary, slices: int) -> bool:
        """Ask the model about words it was not asked yet; returns whether all are known."""
        folder, told = self._shelf.root / "words", self._shelf.root / "words" / "model.txt"
        if not told.exists() or told.read_text("utf-8") != text_model().name:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            write_atomically(told, text_model().name.encode())
        known = asked_words(self._shelf.root)
        wanted = [word for word in dict.fromkeys([*ANCHORS, *vocabulary.words]) if word not in known]
        number = len(list(folder.glob("*-*.npz")))
        for start in range(0, min(len(wanted), slices * SLICE), SLICE):
            some = wanted[start : start + SLICE]
            file = BytesIO()
            meanings = text_model().meanings(some).astype(np.float16)
            np.savez(file, words=np.array("\n".join(some).encode()), meanings=meanings)
            write_atomically(folder / f"{number:06d}-{len(some)}.npz", file.getvalue())
            number += 1
            self._tell("learning words", len(known) + start + len(some), len(vocabulary.words))
        return len(wanted) <= slices * SLICE

    def _learn(self, vocabulary: Vocabulary) -> WordSpace:
        known = asked_words(self._shelf.root)
        words = vocabulary.words
        meanings = {word: known[word] for word in dict.fromkeys([*ANCHORS, *words])}
        counts = Counts()
        counts.texts = vocabulary.texts
        counts.holding.update(dict(zip(vocabulary.words, vocabulary.holding, strict=True)))
        texts = [text for some in self._sample() for text in some]
        space = learnt(text_model().name, words, meanings, counts, texts)
        write_atomically(self._shelf.space_path(space.name), space.to_bytes())
        return space

    # --- vectors ---

    def _place_all(self, space: WordSpace) -> None:
        """Every patent anew, in this space; the older vectors are used until all is committed."""
        done = 0
        with self._shelf.index.writer(Space(space.name, DIMENSIONS), fresh=True) as writer:
            for batch in self._view.scan("records", MEANING_COLUMNS):
                ids, texts = meaning_texts(batch)
                writer.put(ids, space.meanings(texts))
                done += len(ids)
                self._tell("placing patents", done, self._manifest.patents)
            writer.commit(self._manifest.snapshot)
        for path in self._shelf.root.glob("space-*.npz"):
            if path != self._shelf.space_path(space.name):
                path.unlink()

    def _advance(self, space: WordSpace) -> None:
        """What loads have changed since the vectors were committed."""
        stamp = self._shelf.index.state().stamp
        if stamp is not None and stamp == self._manifest.snapshot:
            return
        changed = changed_since(self._register, self._manifest, stamp or 0)
        with self._shelf.index.writer(Space(space.name, DIMENSIONS)) as writer:
            for start in range(0, len(changed), _AT_ONCE):
                some = changed[start : start + _AT_ONCE]
                present = _texts_of(self._view, some)
                writer.put(list(present), space.meanings(list(present.values())))
                writer.drop([one for one in some if one not in present])
                self._tell("placing patents", min(start + _AT_ONCE, len(changed)), len(changed))
            writer.commit(self._manifest.snapshot)


def _texts_of(view: LakeView, patent_ids: Sequence[str]) -> Mapping[str, str]:
    found = view.lookup("aliases", [f"id:{patent_id}" for patent_id in patent_ids], ["n"])
    places = [int(place) for place in found["n"].to_pylist() if place is not None]
    texts: dict[str, str] = {}
    for batch in view.lookup("records", places, MEANING_COLUMNS).to_batches():
        texts.update(zip(*meaning_texts(batch), strict=True))
    return texts
