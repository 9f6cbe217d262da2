"""How good the checks of drafts are: recall and precision on planted defects, and findings on real published claims.

Claims: every rule into which a mistake can be planted finds at least 90 of 100; of what is found in drafts with one mistake at
least 95 of 100 are that mistake or follow from it; rules of severity E hold nothing against granted Chinese claims that
a person did not confirm (labels by number and place, without text).

Drafts: ten of our own (``clean_drafts.py``), and four e-filed applications of class A where the folder of real files is
there. Each mistake is planted into every draft that has a place for it, several times with other choices. What is found in
the draft without the mistake does not count. Real claims are measured, never fitted to.
"""

from __future__ import annotations

import csv
import os
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

from clean_drafts import Whole, drafts
from harness import ROOT, asked, tell
from planting import MISTAKES, Mistake

from qiantang.scenarios.preexam.methods.checks import check, rulebook
from qiantang.scenarios.preexam.methods.checks.claim_reading import read_claims
from qiantang.scenarios.preexam.methods.documents import merged, read_draft, read_text
from qiantang.scenarios.preexam.types import DraftType, Part, Severity, Wanted

for _module in ("planted_claims", "planted_parts"):
    import_module(_module)  # each enters its mistakes
DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", ROOT.parent / "shared" / "data")) / "patents"
LABELS = ROOT / "tests" / "real" / "check_labels.csv"
FOLDERS = ("cn-cnki-claims", "cn-cnipa-xml", "cn-single-docs", "google-patents-html")
GRANTS = ("B", "C", "U", "Y")
WANTED = Wanted(as_of=date(2026, 11, 26), type=DraftType.INVENTION)
DEBUG = "QDEBUG" in os.environ
GOAL_RECALL, GOAL_PRECISION = 0.9, 0.95


def found_in(whole: Whole) -> Counter[str]:
    return Counter(
        one.rule for one in check(read_text(whole.text()), WANTED).findings if one.severity is not Severity.INFORMATION
    )


def efiled() -> Iterator[Whole]:
    """E-filed applications of the folder as drafts; without a request form, which nobody published."""
    folder = DATA / "cn-cnipa-xml" / "efiling"
    for case in sorted(folder.iterdir()) if folder.is_dir() else ():
        parts = []
        for path in sorted(case.rglob("*.xml")):
            with path.open("rb") as stream:
                parts.append(read_draft(stream, path.name))
        draft = merged(parts, source_format="zip")
        told = {part: [one.text for one in section.paragraphs] for part, section in draft.sections.items()}
        if {Part.CLAIMS, Part.DESCRIPTION} <= told.keys():
            claims = [f"{one.number}. {''.join(one.text.split())}" for one in read_claims(draft.sections[Part.CLAIMS])]
            drawings = told.get(Part.DRAWINGS, [])
            yield Whole([], told.get(Part.ABSTRACT, []), claims, told[Part.DESCRIPTION], drawings)


def planted(bases: list[Whole], turns: int) -> dict[str, dict[str, Any]]:
    """Rule -> how many mistakes were planted and found; beside it, how often the rule fired rightly and wrongly."""
    score: dict[str, Counter[str]] = defaultdict(Counter)
    clean = [found_in(one) for one in bases]
    for mistake in MISTAKES:
        for number, base in enumerate(bases):
            for turn in range(turns):
                _one(mistake, base, clean[number], random.Random(f"{mistake.make.__name__}/{number}/{turn}"), score)  # noqa: S311 - no secret
    rows = {}
    for rule, counts in sorted(score.items()):
        told = counts["right"] + counts["wrong"]
        rows[rule] = {
            "planted": counts["planted"],
            "found": counts["found"],
            "recall": round(counts["found"] / counts["planted"], 3) if counts["planted"] else None,
            "fired": told,
            "precision": round(counts["right"] / told, 3) if told else None,
        }
    return rows


def _one(
    mistake: Mistake, base: Whole, clean: Counter[str], chance: random.Random, score: dict[str, Counter[str]]
) -> None:
    made = mistake.make(base, chance)
    if made is None or made == base:
        return
    new = found_in(made) - clean
    score[mistake.rule]["planted"] += 1
    score[mistake.rule]["found"] += mistake.rule in new
    for rule, count in new.items():
        score[rule]["right" if rule == mistake.rule or rule in mistake.also else "wrong"] += count


def real_claims() -> Iterator[tuple[str, DraftType, str]]:
    """(number, type, claims) of whole sets of Chinese claims."""
    from qiantang.corpus.ingest.methods.readers import recognise  # noqa: PLC0415 - only where the folder is there
    from qiantang.corpus.ingest.methods.streams import read_head, sources  # noqa: PLC0415 - loaded when asked for, or every start would pay
    from qiantang.corpus.ingest.types import FileRefused  # noqa: PLC0415 - loaded when asked for, or every start would pay

    seen: set[str] = set()
    for path in sorted(path for folder in FOLDERS for path in (DATA / folder).rglob("*") if path.is_file()):
        for source in sources(path):
            try:
                head, stream = read_head(source.open())
                with stream:
                    reader = recognise(head, source.name, source.open)
                    rows = [row for batch in reader.read(stream, source.name) for row in batch.observations.to_pylist()]
            except FileRefused:
                continue
            for row in rows:
                told = next(
                    (
                        one["text"]
                        for one in row["texts"] or ()
                        if one["part"] == "claims" and one["language"].startswith("zh")
                    ),
                    None,
                )
                own = row["publications"][0] if row["publications"] else None
                if told is None or own is None or (number := f"{own['number']}{own['kind'] or ''}") in seen:
                    continue
                seen.add(number)
                kind = DraftType.UTILITY_MODEL if row["type"] == "utility_model" else DraftType.INVENTION
                yield number, kind, told


def labels() -> dict[tuple[str, ...], str]:
    with LABELS.open(encoding="utf-8", newline="") as stream:
        return {
            (one["number"], one["rule"], one["claim"], one["start"]): one["label"] for one in csv.DictReader(stream)
        }


def real() -> dict[str, Any]:
    """What rules of severity E hold against real sets, and what a person said of each."""
    known = labels()
    sets: Counter[str] = Counter()
    verdicts: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    unlabelled = []
    for number, kind, text in real_claims():
        group = "granted" if number.rstrip("0123456789")[-1:] in GRANTS else "published"
        sets[group] += 1
        for one in check(read_text(text), Wanted(as_of=WANTED.as_of, type=kind)).findings:
            if one.severity is Severity.ERROR:
                label = known.get((number, one.rule, str(one.claim), str(one.place.start)))
                verdicts[f"{group}: {label or 'unlabelled'}"] += 1
                if label is None:
                    unlabelled.append([number, one.rule, one.claim, one.place.start, one.place.end])
            elif group == "granted" and one.severity is Severity.WARNING:
                warnings[one.rule] += 1
    return {
        "sets": dict(sets),
        "errors": dict(sorted(verdicts.items())),
        "unlabelled": unlabelled,
        "warnings_on_granted": dict(sorted(warnings.items())),
    }


def main() -> None:
    wanted = asked()
    own, filed = list(drafts()), list(efiled())
    rows = planted([*own, *filed][: wanted.size(99, 3)], wanted.size(6, 1))
    recalls = [one["recall"] for one in rows.values() if one["recall"] is not None]
    right, fired = (
        sum((one["precision"] or 0) * one["fired"] for one in rows.values()),
        sum(one["fired"] for one in rows.values()),
    )
    held = real() if DATA.is_dir() else None
    precision = right / fired
    result = {
        "drafts": {"own": len(own), "efiled": len(filed)},
        "mistakes": len(MISTAKES),
        "planted": sum(one["planted"] for one in rows.values()),
        "recall": round(sum(one["found"] for one in rows.values()) / sum(one["planted"] for one in rows.values()), 3),
        "precision": round(precision, 3),
        "rules_without_a_mistake": sorted(
            one.id for one in rulebook().values() if one.office == "CN" and one.id not in {m.rule for m in MISTAKES}
        ),
        "rules": rows,
        "real": held,
    }
    false_errors = sum(
        n
        for name, n in (held or {"errors": {}})["errors"].items()
        if name.startswith("granted") and not name.endswith("true")
    )
    tell(
        "check_quality",
        wanted,
        result,
        met=min(recalls) >= GOAL_RECALL and precision >= GOAL_PRECISION and not false_errors,
    )


if __name__ == "__main__":
    main()
