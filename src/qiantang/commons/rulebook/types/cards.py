"""Cards of rules and models: what each is for, how good it is, whose it is, and which version judges today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from qiantang.kernel.registry import Registry


class CardKind(StrEnum):
    """What sort of thing a card is about. LEARNED: numbers were fitted; SCORED: a formula; RULES: written by people."""

    RULES = "rules"
    SCORED = "scored"
    LEARNED = "learned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A published figure, as it stands in the document named: nothing is measured here.

    measure   message id: what was measured, on what
    figure    as published: ``100.0 %``, ``0.98``
    sample    how many were looked at
    interval  lower and upper bound of 95 % as published; None: none was published
    source    document or result of a benchmark in the repository
    """

    measure: str
    figure: str
    sample: str
    source: str
    interval: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What there is to know of a model or a set of rules that takes part in a decision or a figure.

    key         ``app.model``; of a set of rules its key
    title, purpose, used_in, data, limits, owner: message ids; ``used_in`` names the decisions or figures
    data        on what it was fitted, or by what it was written
    version     of the house; the digest of ``parts`` is added to it. For rules that know their version: ``current``
    parts       modules and packages whose files make the version: a changed table or formula is another version
    evaluation  empty: it was not evaluated, and the page says so
    person_decides  message id: who decides where it only proposes; empty: it takes part in figures alone
    """

    key: str
    title: str
    kind: CardKind
    purpose: str
    used_in: str
    data: str
    limits: str
    owner: str
    version: str = ""
    parts: tuple[str, ...] = ()
    current: Callable[[], str] | None = None
    evaluation: tuple[Evaluation, ...] = ()
    person_decides: str = ""

    def defects(self) -> list[str]:
        """What is missing, in words."""
        told = ("title", "purpose", "used_in", "data", "limits", "owner")
        found = [f"no {name}" for name in told if not getattr(self, name).strip()]
        if self.current is None and not (self.version and self.parts):
            found.append("no version: name the parts it is made of")
        found += [f"{one.measure}: no sample" for one in self.evaluation if not one.sample.strip()]
        return found


CARDS: Registry[ModelCard] = Registry("card")
