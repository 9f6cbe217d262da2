"""Lucene as a peer: a small Java program of ours over Lucene's jars, spoken to by lines; it measures itself."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from typing import IO

from harness import ROOT

from peers.corpus import Corpus, Patent
from peers.parts import Absent, Answer, Ask, Built, folder_bytes

_HERE = Path(__file__).parent
_SOURCES = _HERE / "src/main/java"
_MADE = ROOT / "var/bench/lucene"
_MEMORY = "-Xmx4g"


def _compiled() -> str:
    """The class path of the program, made where it is not there or older than its sources."""
    for one in ("java", "javac", "mvn"):
        if not shutil.which(one):
            raise Absent(f"no {one} on this machine")
    jars, classes = _MADE / "jars", _MADE / "classes"
    newest = max(one.stat().st_mtime for one in (*_SOURCES.glob("*.java"), _HERE / "pom.xml"))
    mark = _MADE / "made"
    if not mark.exists() or mark.stat().st_mtime < newest:
        shutil.rmtree(_MADE, ignore_errors=True)
        fetch = ["mvn", "-q", "-B", "-f", str(_HERE / "pom.xml"), "dependency:copy-dependencies"]
        _run([*fetch, f"-DoutputDirectory={jars}"], "the jars of Lucene cannot be had")
        sources = sorted(map(str, _SOURCES.glob("*.java")))
        _run(["javac", "-nowarn", "-d", str(classes), "-cp", f"{jars}/*", *sources], "the program does not compile")
        mark.touch()
    return f"{classes}:{jars}/*"


def _run(command: list[str], otherwise: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Absent(f"{otherwise}: {(done.stdout + done.stderr).strip()[-300:]}")


def _line(one: Patent) -> str:
    parts = (
        one.id, one.title_tokens, one.abstract_tokens, " ".join(one.ipc), " ".join(one.subclasses),
        one.applicant, str(one.day), one.card,
    )  # fmt: skip
    return "\t".join(parts) + "\n"


class Lucene:
    name = "lucene"

    def __init__(self, place: Path) -> None:
        self.place = place
        self.ways: dict[str, str] = {}  # by kind, the way that was fastest when it was warmed up
        self._path = _compiled()
        self.warm_up_ms = 3_000
        self._server: subprocess.Popen[str] | None = None

    def _started(self, what: str) -> subprocess.Popen[str]:
        command = ["java", _MEMORY, "-cp", self._path, "Peer", what, str(self.place), str(self.warm_up_ms)]
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )

    def build(self, corpus: Corpus, patents: int) -> Built:
        shutil.rmtree(self.place, ignore_errors=True)
        started, making = time.perf_counter(), time.thread_time()
        process = self._started("index")
        for batch in corpus.batches(patents):
            _pipe(process.stdin).writelines(map(_line, batch))
        making = time.thread_time() - making
        told, _ = process.communicate()
        cpu, memory = told.split()
        return Built(time.perf_counter() - started, float(cpu), making, folder_bytes(self.place), int(memory))

    def round(self, kind: str, asks: Sequence[Ask], times: int) -> list[Answer]:
        if self._server is None:
            self._server = self._started("serve")
        questions = _pipe(self._server.stdin)
        questions.write(f"{kind}\t{times}\t{len(asks)}\n" + "".join("\t".join(ask) + "\n" for ask in asks))
        questions.flush()
        answers = _pipe(self._server.stdout)
        self.ways[kind] = answers.readline().strip()
        found = []
        for _ in asks:
            nanoseconds, total, facets = answers.readline().rstrip("\n").split("\t")
            found.append(Answer(int(nanoseconds) / 1e9, int(total), facets))
        return found

    def close(self) -> None:
        if self._server is not None:
            self._server.communicate()
            self._server = None


def _pipe(one: IO[str] | None) -> IO[str]:
    assert one is not None
    return one
