"""What the command says where the house says no: the sentence and the next step that are declared for the code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.kernel.errors import DomainError

# code -> (sentence, next step): of the command itself
REFUSALS = {
    "command.date": ("“%(given)s” is not a date.", "Write it as %(expected)s."),
    "command.keep": ("%(given)s snapshots cannot be kept.", "Keep %(expected)s."),
    "command.setting": ("A setting in the environment cannot be used: %(said)s.", "Correct the variable."),
    "command.watch": ("No folder to watch is named.", "Name it: %(expected)s."),
    "command.backup_target": ("A backup cannot go to %(given)s.", "Name a new or empty folder outside of the home."),
    "command.backup_broken": ("This is no whole backup: %(said)s.", "Take another one; nothing was restored."),
    "command.backup_tool": ("%(tool)s could not be run: %(said)s.", "Install the client programs of PostgreSQL."),
    "command.restore_home": ("%(given)s is not empty.", "Name a new home by QIANTANG_HOME; nothing is overwritten."),
    "command.restore_database": (
        "The backup has %(given)s, and this environment another kind of database.",
        "Set QIANTANG_DATABASE_URL to the kind of database it was made from.",
    ),
    "command.archive_what": ("It is not said which case or file is meant.", "Say: %(expected)s."),
    "command.notices_which": ("It is not said which messages are to be sent again.", "Say: %(expected)s."),
    "command.receipt_file": ("No receipt is named.", "Name its file: %(expected)s."),
}


def words(error: DomainError) -> tuple[str, str]:
    """(sentence, next step) in English, as the command speaks; two empty texts where nobody wrote any."""
    own = _declared().get(error.code)
    if own is None:
        return _of_kind(error)
    facts = {name: _joined(value) for name, value in error.facts.items()}
    try:
        return own[0] % facts, own[1] % facts
    except (KeyError, TypeError, ValueError):
        return "", ""


def _joined(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else value


def _is_open() -> bool:
    """Whether the house was opened: a light command speaks without it."""
    if "django" not in sys.modules:
        return False
    from django.apps import apps

    return apps.ready


def _declared() -> Mapping[str, tuple[str, str]]:
    if _is_open():
        from qiantang.config.refusals import sentences

        return {**sentences(), **REFUSALS}
    from qiantang.corpus.register.types import REFUSALS as OF_NUMBERS
    from qiantang.scenarios.preexam.types import REFUSALS as OF_DRAFTS

    return {**OF_NUMBERS, **OF_DRAFTS, **REFUSALS}


def _of_kind(error: DomainError) -> tuple[str, str]:
    if not _is_open():
        return "", ""
    from django.utils.translation import override

    from qiantang.config.refusals import refusal_of

    with override("en"):
        told = refusal_of(error)
    return told.sentence, told.next_step
