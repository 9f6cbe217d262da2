"""The claims of a draft as a tree for drawing, with what the rules say of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from qiantang.kernel.claims import chain_counts
from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim, read_claims
from qiantang.scenarios.preexam.methods.documents import Draft
from qiantang.scenarios.preexam.types import Part, Report, Severity


@dataclass(frozen=True, slots=True)
class ClaimDrawn:
    """A claim in the tree, in the order in which it is drawn.

    depth    steps below its independent claim, over the first claim that it names
    others   further claims that it names
    chains   single-chain claims that stand behind it
    errors, warnings  findings on it
    """

    number: int
    depth: int
    subject: str
    independent: bool
    parents: tuple[int, ...]
    others: tuple[int, ...]
    chains: int
    errors: int
    warnings: int


def drawn_claims(draft: Draft, report: Report) -> tuple[ClaimDrawn, ...]:
    """The tree from its roots down, each claim once; one that names no earlier claim is a root."""
    section = draft.section(Part.CLAIMS)
    if section is None:
        return ()
    claims = {one.number: one for one in reversed(read_claims(section))}
    parents = {
        number: () if one.independent else tuple(n for n in one.parents if n in claims and n < number)
        for number, one in sorted(claims.items())
    }
    chains = chain_counts(parents)
    counts = Counter((one.claim, one.severity) for one in report.findings)
    below: dict[int, list[int]] = {}
    for number, above in parents.items():
        below.setdefault(above[0] if above else 0, []).append(number)
    drawn: list[ClaimDrawn] = []
    waiting = [(number, 0) for number in reversed(below.get(0, []))]
    while waiting:
        number, depth = waiting.pop()
        drawn.append(_drawn(claims[number], depth, parents[number], chains[number], counts))
        waiting += [(one, depth + 1) for one in reversed(below.get(number, []))]
    return tuple(drawn)


def _drawn(
    claim: ReadClaim,
    depth: int,
    parents: tuple[int, ...],
    chains: int,
    counts: Counter[tuple[int | None, Severity]],
) -> ClaimDrawn:
    return ClaimDrawn(
        claim.number,
        depth,
        claim.subject[:40],
        claim.independent,
        claim.parents,
        parents[1:],
        chains,
        counts[claim.number, Severity.ERROR],
        counts[claim.number, Severity.WARNING],
    )
