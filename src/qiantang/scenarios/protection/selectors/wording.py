"""Words for what evidence tells: kinds, stages, checks, points of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiantang.commons.evidence.methods.admissibility import Met
from qiantang.commons.evidence.types import REFUSALS as OF_EVIDENCE
from qiantang.commons.evidence.types import Act, Kind, Stage
from qiantang.commons.ui.api import Tone
from qiantang.scenarios.protection.types import REFUSALS

if TYPE_CHECKING:
    from qiantang.kernel.errors import DomainError

KINDS = {
    Kind.FILE: _("File"),
    Kind.WEB_PAGE: _("Web page"),
    Kind.VIDEO: _("Video or sound"),
    Kind.CHAT: _("Chat record"),
    Kind.SOURCE_CODE: _("Source code"),
    Kind.DESIGN_DRAFT: _("Design draft"),
    Kind.TRADE_SECRET: _("Trade secret"),
    Kind.BATCH: _("Batch of files"),
    Kind.JOURNAL_HEAD: _("Head of the audit journal"),
}
STAGES = {
    Stage.RECEIVED: (_("Received, timestamp pending"), Tone.WAIT),
    Stage.SEALED: (_("In the log, timestamp pending"), Tone.WAIT),
    Stage.STAMPED: (_("Stamped"), Tone.GOOD),
}
ACTS = {
    Act.COLLECT: _("collected"),
    Act.SEAL: _("sealed in the log"),
    Act.TRANSFER: _("handed over"),
    Act.ACCESS: _("looked at"),
    Act.COPY: _("copied"),
    Act.VERIFY: _("verified"),
    Act.EXPORT: _("exported"),
    Act.DESTROY: _("destroyed"),
}
MET = {
    Met.YES: (_("Met"), Tone.GOOD),
    Met.NO: (_("Not met"), Tone.WAIT),
    Met.UNKNOWN: (_("For you to show"), Tone.PLAIN),
}
# key of a point -> what is asked, and where that stands
POINTS = {
    "retrievable": (_("The original can be called up"), _("Electronic Signature Law, art. 5 and 7")),
    "digest": (_("A digest fixes the content"), _("Provisions on Internet Courts, art. 11")),
    "timestamp": (_("A trusted third party has stamped the time"), _("Provisions on Internet Courts, art. 11")),
    "log": (_("Kept in a log that only grows, unchanged since"), _("Rules of Online Litigation, art. 16")),
    "independence": (_("Somebody independent has seen it too"), _("Rules of Online Litigation, art. 17")),
    "environment": (_("The environment of the collection is on record"), _("Rules of Online Litigation, art. 17")),
    "before": (_("Where it comes from, before the deposit"), _("Rules of Online Litigation, art. 18")),
    "collected_at": (_("When it was made or collected is told"), _("Rules of Online Litigation, art. 18")),
    "custody": (
        _("Every act since is on record without a gap"),
        _("Provisions on Evidence in Civil Proceedings, art. 93"),
    ),
    "identity": (_("Who acted is identified by a reliable signature"), _("Electronic Signature Law, art. 13")),
}
CHECKS = {
    "package": _("Package"),
    "files": _("Files"),
    "keys": _("Keys of the log"),
    "timestamp": _("Timestamp"),
    "receipt": _("Receipt"),
    "inclusion": _("Place in the log"),
    "checkpoint": _("Signed checkpoint"),
    "witness": _("Witness"),
    "batch": _("Place in the batch"),
    "custody": _("Chain of custody"),
    "seal": _("Seal of the package"),
    "file": _("The file itself"),
}
CODES = {
    "OK": _("holds"),
    "HASH_MISMATCH": _("was changed"),
    "TS_INVALID": _("timestamp not valid"),
    "TS_UNTRUSTED": _("holds; not a legal timestamp"),
    "PROOF_INVALID": _("proof not valid"),
    "STH_UNSIGNED": _("signature not valid"),
    "CUSTODY_BROKEN": _("chain of custody broken"),
    "REVOKED_CERT": _("key was revoked"),
    "EXPIRED_BUT_VALID_AT_TIME": _("holds; certificate has ended since"),
}


def told(error: DomainError) -> str:
    """Sentence and next step of a refusal."""
    sentences = {**OF_EVIDENCE, **REFUSALS}.get(error.code)
    if sentences is None:
        return error.code
    return " ".join(gettext(text) % error.facts for text in sentences)


def check_name(name: str) -> str:
    """``timestamp demo`` in the reader's language: the first word translated, the rest as it is."""
    first, _blank, rest = name.partition(" ")
    return f"{CHECKS.get(first, first)} {rest}".strip()
