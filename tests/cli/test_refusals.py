"""The words of refusals on the command line."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from qiantang import cli
from qiantang.cli.output import print_error
from qiantang.cli.refusals import REFUSALS, words
from qiantang.config import backup
from qiantang.config.refusals import sentences
from qiantang.kernel import errors

KINDS = {"Invalid", "NotFound", "NotPermitted", "Conflict", "Limited", "Unavailable"}


def test_every_refusal_of_the_command_has_its_words():
    told = {}
    for path in (*Path(cli.__file__).parent.rglob("*.py"), Path(backup.__file__)):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KINDS:
                told[call.args[0].value] = {one.arg for one in call.keywords}
    own = {code: facts for code, facts in told.items() if code.startswith("command.")}
    assert own.keys() == REFUSALS.keys()
    assert told.keys() - own.keys() <= sentences().keys()
    for code, facts in own.items():
        assert set(re.findall(r"%\((\w+)\)s", " ".join(REFUSALS[code]))) <= facts


@pytest.mark.feature("X-29")
def test_what_the_house_declares_is_said_with_its_facts(capsys):
    error = errors.Invalid("ingest.format_unknown", given="x", known=["a", "b"])
    print_error(error, as_json=False)
    assert capsys.readouterr().err == (
        "qiantang: There is no format “x”.\n  Choose one of: a, b.\n  ingest.format_unknown (given: x; known: ['a', 'b'])\n"
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_code_without_words_of_its_own_has_those_of_its_kind(kind):
    sentence, next_step = words(getattr(errors, kind)("nobody.knows"))
    assert sentence.endswith(".")
    assert next_step.endswith(".")


def test_facts_that_do_not_fit_leave_the_code():
    assert words(errors.Invalid("ingest.format_unknown")) == ("", "")
