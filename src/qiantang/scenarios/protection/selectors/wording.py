"""Words for what evidence tells: kinds, stages, checks, points of the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from qiantang.commons.evidence.methods.admissibility import Met
from qiantang.commons.evidence.types import REFUSALS as OF_EVIDENCE
from qiantang.commons.evidence.types import Act, CaptureState, Kind, Stage
from qiantang.commons.ui.api import Tone
from qiantang.engines.capture.port import Reason
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
    "contents": _("Files of the batch"),
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


CAPTURE_STATES = {
    CaptureState.WAITING: (_("Waiting for its turn"), Tone.WAIT),
    CaptureState.RUNNING: (_("Being captured"), Tone.WAIT),
    CaptureState.WHOLE: (_("Captured whole"), Tone.GOOD),
    CaptureState.PARTIAL: (_("Captured in part"), Tone.WAIT),
    CaptureState.FAILED: (_("Capture failed"), Tone.HARM),
}
CAPTURE_STEPS = {
    "environment": _("checking the environment"),
    "loading": _("opening the page"),
    "settling": _("waiting until everything is loaded"),
    "reading": _("reading the page"),
    "picturing": _("taking the picture"),
    "archiving": _("writing the archive"),
}
REASONS = {
    Reason.FENCED: _("The address leads to a place that is not public."),
    Reason.UNRESOLVED: _("The name of the site has no address."),
    Reason.UNREACHABLE: _("The site does not answer."),
    Reason.TIME_UP: _("The page did not load in time."),
    Reason.HTTP_STATUS: _("The site answers with an error."),
    Reason.BLOCKED: _("The site refuses to show the page."),
    Reason.CHALLENGE: _("The site asks whether a person is looking."),
    Reason.BLANK: _("The page is blank."),
    Reason.DOWNLOAD: _("The address gives a file, not a page; deposit the file itself."),
    Reason.BROWSER: _("The browser could not finish."),
    Reason.RESOURCES_FAILED: _("Parts of the page did not load."),
    Reason.RESOURCES_FENCED: _("Parts of the page lie at places that are not public, and were not asked for."),
    Reason.BODIES_MISSING: _("Some answers of the site could not be kept."),
    Reason.PICTURES_MISSING: _("Pictures on the page are missing."),
    Reason.TOO_LONG: _("The page is longer than the picture."),
    Reason.PAGES_MISSING: _("The list has fewer pages than asked for, or the way on was not found."),
}
CAPTURE_FILES = {
    "json": _("Record of the capture"),
    "png": _("Picture of the whole page"),
    "html": _("Document as it stood in the browser"),
    "mhtml": _("Page in one file"),
    "pdf": _("Print (PDF)"),
    "txt": _("Text that was to be read"),
    "wacz": _("Web archive (WARC in WACZ)"),
    "pem": _("Certificates of the sites"),
}
CAPTURE_FACTS = {
    "price": _("Price"),
    "prices": _("All prices on the page"),
    "seller": _("Seller"),
    "licence": _("Licence number"),
    "comments": _("Comments"),
}


COLLECTION_KINDS = {
    "photo": _("Photographs on the spot"),
    "video": _("Video or screen recording"),
    "purchase": _("Purchase of a sample"),
}
# key of a step -> what it is, and how it is done well
COLLECTION_STEPS = {
    "place": (_("Place and time"), _("Where you are, who is with you, with which device.")),
    "overview": (_("The whole scene"), _("From a distance, so that the place can be recognised.")),
    "detail": (_("The object close by"), _("Every side that matters, without filters.")),
    "marking": (_("Marks and numbers"), _("Brand, batch, maker, price tag.")),
    "device": (_("Device and person"), _("Which device, which system, who records; nothing else runs on it.")),
    "clock": (_("A clock to compare"), _("Show the page of a time service at the beginning.")),
    "recording": (_("The recording"), _("In one piece, without cuts, from the search to the end.")),
    "offer": (_("The offer"), _("The page of the shop, best as a capture, with seller and price.")),
    "order": (_("The order"), _("Order number, seller, goods, time.")),
    "payment": (_("The payment"), _("Who paid whom, when, how much.")),
    "parcel": (_("The parcel, unopened"), _("All sides with the waybill to be read.")),
    "unboxing": (_("The unboxing"), _("One video without cuts, from the closed parcel to the goods.")),
    "goods": (_("The goods"), _("All sides, with marks, papers and invoice.")),
    "keeping": (_("Where they are kept"), _("Who keeps the goods, sealed since when.")),
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
