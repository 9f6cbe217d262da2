"""From a few good examples to candidates: expansion in steps, counter-examples, a classifier. Pure, and equal on every run.

Source: Abood and Feltenberger, Automated patent landscaping, Artificial Intelligence and Law 26 (2018): expand a seed by
family, citation and class, draw an anti-seed from what the expansion did not reach, learn, prune. Their learner was a neural
net; ours is a logistic regression on words and classes, which any machine fits in seconds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from qiantang.kernel.share import Share
from qiantang.kernel.text import tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_FOLDS = 5
_KEEP = 0.5  # as probable as not
_SHARE = 0.2  # of the seed that must stand in a group before the whole group is looked through
_LIFT = 5.0  # and how many times more common there than in all patents


class Doc(NamedTuple):
    """What the classifier reads: title and abstract, and classes as canonical symbols."""

    patent_id: str
    text: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """Probabilities of the candidates in their order, and how the classifier did on examples it had not seen."""

    scores: tuple[float, ...]
    precision: Share
    recall: Share

    def kept(self, ids: Sequence[str]) -> tuple[tuple[str, float], ...]:
        """Those more probable than not, the most probable first."""
        found = [(one, score) for one, score in zip(ids, self.scores, strict=True) if score >= _KEEP]
        return tuple(sorted(found, key=lambda told: (-told[1], told[0])))


def main_group(symbol: str) -> str:
    """``G06F 17/30`` and ``G06F17/30`` -> ``G06F17``; empty where the symbol has no group."""
    head, slash, _ = symbol.replace(" ", "").partition("/")
    return head if slash else ""


def telling_groups(seed: Sequence[Doc], common: Mapping[str, int], everything: int) -> tuple[str, ...]:
    """Main groups that a fifth of the examples share and that are rare elsewhere.

    common      main group -> patents on record in it
    everything  patents on record
    """
    found = counted_groups(seed)
    return tuple(
        group
        for group, hits in sorted(found.items())
        if hits >= _SHARE * len(seed)
        and (not common.get(group) or hits / len(seed) >= _LIFT * common[group] / max(everything, 1))
    )


def counted_groups(docs: Sequence[Doc]) -> Counter[str]:
    """How many of the patents stand in each main group."""
    return Counter(group for one in docs for group in {main_group(symbol) for symbol in one.symbols} if group)


def features(doc: Doc) -> list[str]:
    """Words of the text (Chinese in pairs of characters) and, marked apart from them, classes at three levels."""
    marks = []
    for symbol in doc.symbols:
        plain = symbol.replace(" ", "")
        marks += [f"ipc:{level}" for level in (plain[:4], main_group(plain), plain) if level]
    return [*tokens(doc.text), *marks]


def _machine() -> tuple[Any, Any, Any]:
    """The classifier, how its folds are cut, and what predicts them. The library takes a second to start: only who asks waits."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 as told
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 as told
    from sklearn.model_selection import StratifiedKFold, cross_val_predict  # noqa: PLC0415 as told
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415 as told

    model = make_pipeline(
        TfidfVectorizer(analyzer=features, sublinear_tf=True, min_df=1),
        LogisticRegression(class_weight="balanced", max_iter=1_000, random_state=0),
    )
    return model, StratifiedKFold(_FOLDS, shuffle=True, random_state=0), cross_val_predict


def learned(seed: Sequence[Doc], against: Sequence[Doc], candidates: Sequence[Doc]) -> Learned:
    """Fit on examples and counter-examples, tell how well by five-fold cross-validation, and score the candidates.

    errors  ValueError with fewer than five of either
    """
    if min(len(seed), len(against)) < _FOLDS:
        raise ValueError("a fold would have no example")
    model, folds, predicted = _machine()

    known = sorted([*seed, *against], key=lambda one: one.patent_id)
    inside = {one.patent_id for one in seed}
    truth = [one.patent_id in inside for one in known]
    said = predicted(model, known, truth, cv=folds, method="predict_proba")[:, 1] >= _KEEP
    right = int((said & truth).sum())
    scores: tuple[float, ...] = ()
    if candidates:
        model.fit(known, truth)
        scores = tuple(round(float(one), 4) for one in model.predict_proba(list(candidates))[:, 1])
    return Learned(scores, Share(right, int(said.sum())), Share(right, sum(truth)))


def outside(ids: Collection[str], reached: Collection[str]) -> tuple[str, ...]:
    """What may serve as a counter-example: none that the expansion reached."""
    taken = frozenset(reached)
    return tuple(one for one in ids if one not in taken)
