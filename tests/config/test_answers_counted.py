"""Answers are counted over all processes of a server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from qiantang.config.middleware.metrics import Answered, Counts

FOUND = Answered("query:search-results", "GET", "2xx")
LOST = Answered("none", "GET", "4xx")


def test_whichever_process_is_asked_tells_for_all(tmp_path: Path) -> None:
    here = Counts(tmp_path / "server")
    here.add(FOUND, 0.5)
    here.add(LOST, 0.25)
    child = os.fork()
    if not child:
        sibling = Counts(tmp_path / "server")
        sibling.add(FOUND, 1.0)
        os._exit(0)
    os.waitpid(child, 0)
    answers, seconds = here.told()
    assert answers == {FOUND: 2, LOST: 1}
    assert seconds == {"query:search-results": 1.5, "none": 0.25}


def test_what_a_server_left_that_is_no_more_goes_with_the_first_answer_of_the_next(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    for name in (str(ended.pid), str(os.getppid())):
        Counts(tmp_path / name).add(FOUND, 1.0)
    Counts(tmp_path / "next").add(LOST, 1.0)
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted(["next", str(os.getppid())])


def test_a_place_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    (tmp_path / "server").write_text("a file where the folder should be")
    here = Counts(tmp_path / "server")
    here.add(FOUND, 1.0)
    assert here.told()[0] == {FOUND: 1}
