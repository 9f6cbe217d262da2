"""Commands about the journal: its chain, receipts, consents that are there in writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.cli.house import open_office
from qiantang.cli.main import DONE, FINDINGS
from qiantang.cli.output import print_json, tell
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    import argparse

_RECEIPTS = {
    "sound": "the receipt is as it was handed out, and the journal's chain is whole",
    "changed": "the receipt is not as it was handed out",
    "unknown": "this journal has no such use of data",
    "broken": "the journal has this use of data, but its chain is not whole: qiantang audit verify",
}


def audit_command(asked: argparse.Namespace) -> int:
    open_office()
    from qiantang.commons.audit import api as audit

    if asked.action == "receipt":
        return _checked_receipt(asked)
    broken = audit.verify()
    if asked.json:
        print_json({"valid": broken is None, "first_broken": broken})
    else:
        tell("the journal's chain is whole" if broken is None else f"the chain breaks at entry {broken}")
    return DONE if broken is None else FINDINGS


def _checked_receipt(asked: argparse.Namespace) -> int:
    from pathlib import Path

    from qiantang.commons.audit import api as audit

    if asked.file is None:
        raise Invalid("command.receipt_file", expected="audit receipt FILE")
    state = audit.check_receipt(Path(asked.file).read_bytes())
    if asked.json:
        print_json({"state": state})
    else:
        tell(_RECEIPTS[state])
    return DONE if state == "sound" else FINDINGS


def consent_command(asked: argparse.Namespace) -> int:
    open_office()
    from qiantang.commons.accounts import api as accounts
    from qiantang.commons.audit import api as audit
    from qiantang.kernel.actor import Actor, Channel

    actor = Actor.system("command line", Channel.COMMAND)
    person = accounts.person_by_username(actor, asked.username)
    speak = audit.give_consent if asked.action == "give" else audit.withdraw_consent
    speak(actor=actor, purpose=asked.purpose, person_id=person.id, evidence=asked.evidence)
    if asked.json:
        print_json({"purpose": asked.purpose, "username": person.username, "given": asked.action == "give"})
    return DONE
