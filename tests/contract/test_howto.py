"""The how-to of the open API is executed: its commands with curl, its programs with Python, against a running house."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from typing import Any

import pytest

from qiantang.commons.accounts.types import SCOPES
from tests.architecture.house import ROOT

HOW_TO = (ROOT / "docs" / "howto" / "use-the-api.md").read_text("utf-8")
FENCES = re.findall(r"^```(sh|python|json)\n(.*?)^```$", HOW_TO, re.MULTILINE | re.DOTALL)
COMMANDS = [code for kind, code in FENCES if kind == "sh"]
PROGRAMS = [code for kind, code in FENCES if kind == "python"]


@pytest.mark.feature("S3-24")
@pytest.mark.feature("X-27")
@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not on this machine")
def test_the_commands_and_programs_of_the_how_to_work(live_server: Any, holdings: Any, tokens: dict[str, str]) -> None:
    def run(*command: str) -> str:
        surroundings = {**os.environ, "QIANTANG_TOKEN": tokens["token"], "NO_PROXY": "*"}
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings, timeout=240)
        assert done.returncode == 0, done.stderr
        return done.stdout

    answers = [json.loads(run("sh", "-c", here(code, live_server))) for code in COMMANDS]
    patent, found, by_body, refused, token = answers
    assert patent["patent_id"]
    assert (len(found["hits"]), set(found["facets"])) == (3, {"CC", "LS"})
    assert by_body["canonical"] == "TI=阀"
    (promised,) = [json.loads(code) for kind, code in FENCES if kind == "json"]
    assert promised == {name: refused[name] for name in promised}
    assert token["scopes"] == sorted(SCOPES.names())
    listed, handed_in, dumped = (run(sys.executable, "-c", here(code, live_server)) for code in PROGRAMS)
    assert handed_in == "[] []\nsubmitted\n"
    assert listed == "True\n"
    assert dumped.count("True") == 15
    assert "False" not in dumped


def here(code: str, live_server: Any) -> str:
    assert "http://127.0.0.1:8000" in code
    return code.replace("http://127.0.0.1:8000", live_server.url)
