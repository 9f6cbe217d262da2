"""How good the search by likeness is: by words (BM25), by meaning (vectors), and both made one, on what people judged.

Claim: both made one is worse than words alone on no judged set, by nDCG@10 and by recall@100. That is why it is the default.

Sets, each only where its files are (``../shared/data`` beside the project, or QIANTANG_SHARED_DATA):

citations   patents of one search report corpus; asked with title and abstract of a patent, relevant is what it cites or what
            cites it in the corpus, its own family left out
judged      the judged question of the same corpus: its title and description as they are given, and its title alone
own         the questions of ``bench/queries`` on patents under free licences: title only for most
            (how they were judged: docs/explanation/similarity.md)

and always, ``known_item``: parts of synthetic abstracts that must find the patent they come from. Only figures are kept;
nothing that ships is fitted on any of these files. Intervals are of 2,000 bootstrap samples of the questions.
"""

from __future__ import annotations

import csv
import os
import random
import tomllib
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from math import log2
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from django.conf import settings
from harness import HOME, ROOT, Asked, asked, tell, timed
from registers import city_register

from qiantang.corpus.ingest import api as ingest
from qiantang.corpus.ingest.services.loading import mapping_reader
from qiantang.corpus.register.api import citations, desk, family, get, intake, register
from qiantang.corpus.register.selectors.similar import rankings
from qiantang.corpus.register.types import Part, SimilarRequest
from qiantang.kernel.errors import Invalid, NotFound

DATA = Path(os.environ.get("QIANTANG_SHARED_DATA", ROOT.parent / "shared" / "data")) / "patents"
DAY = date(2026, 1, 1)
SYSTEMS = ("words", "meaning", "both")
SEED, SAMPLES = 5, 2_000
OWN = ("cn-ipc-titles", "google-patents-csv/gp-search.csv.gz", "google-patents-csv/oxcsea_energy_storage_cn.csv")
OWN_TOO = ("cn-cpc-samples", "cn-cnipa-xml", "us-uspto-xml")
ABSTRACTS = """
[mapping]
name = "abstracts-by-number"
version = 1
rank = "crawl"
office = "US"
language = "en"
[columns]
"patent" = "publication_number"
"summary" = "abstract"
"""


class Question(NamedTuple):
    """``relevant`` by patent id: 2 answers, 1 has to do with it; what is not in it counts as not relevant."""

    key: str
    text: str
    relevant: Mapping[str, int]
    without: str | None = None


Ranks = dict[str, list[str]]  # question -> patents, best first


# --- measures ---


def ndcg(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 10) -> float:
    """Normalised discounted cumulated gain (Järvelin and Kekäläinen 2002), gain 2^grade - 1."""
    gained = sum((2 ** relevant.get(one, 0) - 1) / log2(place + 2) for place, one in enumerate(ranked[:depth]))
    best = sorted(relevant.values(), reverse=True)[:depth]
    return gained / sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))


def recall(ranked: Sequence[str], relevant: Mapping[str, int], depth: int = 100) -> float:
    wanted = {one for one, grade in relevant.items() if grade}
    return len(wanted & {*ranked[:depth]}) / len(wanted)


def interval(values: Sequence[float]) -> dict[str, float]:
    """The mean with its 95 % bootstrap interval."""
    rng = np.random.default_rng(SEED)
    drawn = np.array(values)[rng.integers(0, len(values), (SAMPLES, len(values)))].mean(axis=1)
    low, high = np.percentile(drawn, [2.5, 97.5])
    return {"mean": round(float(np.mean(values)), 4), "low": round(float(low), 4), "high": round(float(high), 4)}


def figures(questions: Sequence[Question], runs: Mapping[str, Ranks]) -> dict[str, Any]:
    told: dict[str, Any] = {"questions": len(questions)}
    for name, measure in (("ndcg_at_10", ndcg), ("recall_at_100", recall)):
        values = {system: [measure(runs[system][q.key], q.relevant) for q in questions] for system in runs}
        told[name] = {system: interval(each) for system, each in values.items()}
        if "both" in values:
            more = [b - w for b, w in zip(values["both"], values["words"], strict=True)]
            told[name]["both_minus_words"] = interval(more)
    return told


def not_worse(told: Mapping[str, Any]) -> bool:
    return all(told[name]["both"]["mean"] >= told[name]["words"]["mean"] for name in ("ndcg_at_10", "recall_at_100"))


# --- registers ---


def opened(name: str, fill: Callable[[Path], None]) -> None:
    """Make the home ``name`` the one in force, with its index and its meanings; filled once."""
    home = HOME / name
    settings.QIANTANG_HOME = home
    if register().manifest() is None:
        fill(home)
    intake.advance_index(register())
    while intake.prepare_meaning(register(), slices=50):
        """Slice by slice."""


def ask(questions: Sequence[Question]) -> dict[str, Ranks]:
    runs: dict[str, Ranks] = {system: {} for system in SYSTEMS}
    for question in questions:
        found = rankings(SimilarRequest(question.text, without=question.without))
        for system in SYSTEMS:
            runs[system][question.key] = getattr(found, system)
    return runs


def texts_of(patent_id: str) -> str:
    record = get(patent_id)
    said = [record.text(part) for part in (Part.TITLE, Part.ABSTRACT)]
    return "\n".join(text.text for text in said if text)


# --- citations and the judged question ---


def linked() -> Iterator[Question]:
    _, view = register().current()
    ids = sorted(str(one) for batch in view.scan("records", ["patent_id"]) for one in batch.column(0).to_pylist())
    for patent_id in ids:
        record = get(patent_id)
        both = (*citations(record, "backward"), *citations(record, "forward"))
        own = {member.patent_id for member in (*family(record), *family(record, "extended"))}
        relevant = {link.patent_id: 1 for link in both if link.patent_id and link.patent_id not in own | {patent_id}}
        if relevant:
            yield Question(patent_id, texts_of(patent_id), relevant, without=patent_id)


def judged(folder: Path) -> dict[str, list[Question]]:
    relevant = {get(one).patent_id: 1 for one in (folder / "q1-qrels+ve.txt").read_text("utf-8").split()}
    told = (folder / "q1.xml").read_text("utf-8")
    parts = [told.partition(f"<{name}>")[2].partition(f"</{name}>")[0].split() for name in ("title", "description")]
    title, whole = " ".join(parts[0]), " ".join(parts[0] + parts[1])
    return {
        "judged_title_and_description": [Question("q1", whole, relevant)],
        "judged_title_alone": [Question("q1", title, relevant)],
    }


def of_search_reports() -> dict[str, Any]:
    folder = DATA / "search-relevance-cs3245"
    opened("citations", lambda _home: ingest.load_paths([folder / "patsnap-corpus.tar.gz"], day=DAY) and None)
    questions = list(linked())
    told = {"citations": figures(questions, ask(questions))}
    return told | {name: figures(some, ask(some)) for name, some in judged(folder).items()}


# --- our own questions ---


def load_own(home: Path) -> None:
    table = home / "abstracts.csv"
    home.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(next(DATA.glob("en-patent-ner/*.zip"))) as archive, table.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["patent", "summary"])
        for name in sorted(one for one in archive.namelist() if one.endswith(".txt")):
            rows.writerow(["US" + Path(name).stem, archive.read(name).decode("utf-8", "replace").strip()])
    ingest.load_paths([table], reader=mapping_reader(ABSTRACTS), day=DAY)
    ingest.load_paths([DATA / one for one in (*OWN, *OWN_TOO)], day=DAY)


def own_questions() -> Iterator[tuple[Question, Mapping[str, str]]]:
    labels: dict[str, dict[str, int]] = {}
    with (ROOT / "bench" / "queries" / "patents.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            try:
                labels.setdefault(row["query"], {})[get(row["patent"]).patent_id] = int(row["grade"])
            except (NotFound, Invalid):
                continue  # a number that these files do not hold here
    for key, told in tomllib.loads((ROOT / "bench" / "queries" / "patents.toml").read_text("utf-8")).items():
        yield Question(key, told["text"], labels[key]), told


def of_our_own() -> dict[str, Any]:
    opened("own", load_own)
    each = list(own_questions())
    same = [question for question, told in each if told["language"] == told["sought"]]
    cross = [question for question, told in each if told["language"] != told["sought"]]
    every = [question for question, _ in each]
    runs = ask(every)
    told = {"own": figures(every, runs), "own_same_language": figures(same, runs)}
    for language in ("zh", "en"):
        some = [q for q, about in each if about["language"] == about["sought"] == language]
        told[f"own_{language}"] = figures(some, runs)
    told["own_judged_of_first_10"] = {
        system: round(float(np.mean([one in q.relevant for q in every for one in runs[system][q.key][:10]])), 3)
        for system in SYSTEMS
    }
    return told | {"own_other_language": across(cross)}


def across(questions: Sequence[Question]) -> dict[str, Any]:
    """Found in the other language: the part of the page by that name, put in order by the whole model."""
    runs: dict[str, Ranks] = {"elsewhere": {}}
    spent = []
    only = []
    for question in questions:
        chinese = any("\u4e00" <= one <= "\u9fff" for one in question.text)
        cost, found = timed(desk.similar.elsewhere, SimilarRequest(question.text, size=40))
        spent.append(cost.cpu)
        runs["elsewhere"][question.key] = [hit.card.patent_id for hit in found]
        other = {one: g for one, g in question.relevant.items() if chinese != is_chinese_title(one)}
        only.append(question._replace(relevant=other))
    only = [one for one in only if any(one.relevant.values())]
    return figures(only, runs) | {"cpu_s_a_question": round(float(np.median(spent)), 2)}


def is_chinese_title(patent_id: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" for one in get(patent_id).title or "")


# --- synthetic ---


def known_items(wanted: Asked) -> dict[str, Any]:
    size = wanted.size(10_000, 1_000)
    opened("city", lambda home: city_register(home.with_name("city-files"), size))
    _, view = register().current()
    ids = sorted(str(one) for batch in view.scan("records", ["patent_id"]) for one in batch.column(0).to_pylist())
    chosen = random.Random(SEED).sample(ids, wanted.size(300, 40))  # noqa: S311 - the same ones each time
    questions = []
    for patent_id in chosen:
        abstract = get(patent_id).text(Part.ABSTRACT)
        if abstract:
            half = abstract.text[len(abstract.text) // 2 :]
            questions.append(Question(patent_id, half, {patent_id: 1}))
    return {"known_item": figures(questions, ask(questions))}


def main() -> None:
    wanted = asked()
    if wanted.smoke:  # the packaged model would take minutes; what is run small is the way, not the quality
        settings.TEXT_MODEL = "qiantang.engines.textmodel.letters.LettersModel"
    told = known_items(wanted)
    met = True
    if wanted.smoke or not DATA.is_dir():
        told["left_out"] = "the sets of real files: " + (
            "this run is a small one" if wanted.smoke else "their folder is not here"
        )
    else:
        told |= of_search_reports() | of_our_own()
        met = all(not_worse(told[name]) for name in ("citations", "judged_title_and_description", "own"))
    tell("retrieval_quality", wanted, told, met=met)


if __name__ == "__main__":
    main()
