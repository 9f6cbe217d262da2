"""``qiantang check``: one JSON, exit codes, no Django on its way."""

from __future__ import annotations

import json

import pytest

from qiantang.cli.main import main
from qiantang.scenarios.preexam.tests.drafts import FIXTURE, REPAIRED
from qiantang.scenarios.preexam.tests.test_fixture import EXPECTED
from tests.cli.test_cli import run

pytestmark = [pytest.mark.feature("S1-19"), pytest.mark.feature("S1-25")]
KEYS = {"rule", "severity", "part", "claim", "place", "message", "suggestion", "source"}


@pytest.fixture
def drafts(tmp_path):
    for name, text in {
        "faulty": FIXTURE,
        "good": REPAIRED,
        "information": REPAIRED.replace("见CN101234567A，其", "的"),
    }.items():
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    (tmp_path / "broken.docx").write_bytes(b"")
    return tmp_path


def checked(capsys, *arguments):
    code = main(["check", *map(str, arguments), "--json"])
    return code, json.loads(capsys.readouterr().out)


def test_the_shape_of_the_json(drafts, capsys):
    code, told = checked(capsys, drafts / "faulty.txt", "--as-of", "2026-11-26")
    assert code == 1
    assert (told["type"], told["as_of"], told["rules_version"]) == ("invention", "2026-11-26", "1.0+ir2023")
    assert told["summary"] == {"E": 7, "W": 2, "I": 0}
    assert [(one["rule"], one["severity"], one["part"], one["claim"]) for one in told["findings"]] == [
        one[:4] for one in EXPECTED
    ]
    assert all(one.keys() >= KEYS and one["place"].keys() == {"paragraph", "start", "end"} for one in told["findings"])


def test_exit_codes(drafts, capsys):
    assert checked(capsys, drafts / "good.txt")[0] == 0
    assert checked(capsys, drafts / "information.txt")[0] == 0
    code, told = checked(capsys, drafts / "broken.docx")
    assert (code, told["error"]["code"]) == (2, "preexam.empty")
    assert told["error"]["next_step"] == "Check that it was saved, and choose it again."
    assert main(["check", str(drafts / "nothing.txt")]) == 2
    capsys.readouterr()
    assert checked(capsys, drafts / "good.txt", "--without", "XX-1")[1]["error"]["code"] == "preexam.rule"
    assert checked(capsys, drafts / "good.txt", "--as-of", "soon")[1]["error"]["code"] == "command.date"


def test_many_at_once_go_on_behind_one_that_cannot_be_read(drafts, capsys):
    code, told = checked(capsys, drafts / "good.txt", drafts / "broken.docx", drafts / "faulty.txt")
    assert code == 2
    assert [one.get("hint", one.get("error", {}).get("code")) for one in told["drafts"]] == [
        *("no_formal_obstacle", "preexam.empty", "formal_defects"),
    ]


def test_people_read_sentences(drafts, capsys):
    main(["check", str(drafts / "faulty.txt")])
    chinese = capsys.readouterr().out
    assert "E CL-06 claims 4:4:4  多项从属权利要求 4 引用了多项从属权利要求 3。" in chinese
    main(["check", str(drafts / "faulty.txt"), "--language", "en"])
    assert "E CL-06 claims 4:4:4  The multiple dependent claim 4 refers" in capsys.readouterr().out


def test_it_starts_without_django_and_without_a_home(drafts):
    code = (
        "import sys; from qiantang.cli.main import main; code = main(sys.argv[1:]); "
        "assert not {'django', 'pypdf', 'lxml', 'pyarrow'} & set(sys.modules), 'too heavy'; sys.exit(code)"
    )
    ended = run("check", str(drafts / "good.txt"), home=drafts / "home", code=code, fresh=True)
    assert ended.returncode == 0, ended.stderr
    assert not (drafts / "home").exists()
