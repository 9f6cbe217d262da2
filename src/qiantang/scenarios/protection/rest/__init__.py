"""What protection offers programs: deposits, disputes and what becomes of them; for everybody what the log knows."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.scenarios.protection.rest import (
    captures,
    deposits,
    disputes,
    files,
    inspections,
    letters,
    mediation,
    office,
    opinions,
    origin,
    proceedings,
    public,
    registers,
    sheets,
    watching,
)
from qiantang.scenarios.protection.rules import DEPOSITS_READ, DEPOSITS_WRITE

_DIGESTS = {
    "sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
    "sm3": "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
    "size": 3,
}
SECTION = ApiSection(
    key="protection",
    name=_("Rights protection"),
    summary=_(
        "Evidence is deposited, disputes are brought, mediated and answered, as on the pages; and anybody asks the log."
    ),
    order=60,
    endpoints=(
        Endpoint(
            call=deposits.list_deposits,
            path="deposits",
            answer=deposits.DepositList,
            summary=_("Your deposits, newest first"),
            scope=DEPOSITS_READ.key,
            example="deposits",
        ),
        Endpoint(
            call=deposits.make_deposit,
            path="deposits",
            method="POST",
            status=201,
            answer=deposits.DepositAnswer,
            summary=_("Deposit an object by its digests"),
            detail=_("The receipt is signed at once; the timestamp follows within a minute."),
            scope=DEPOSITS_WRITE.key,
            example="deposits",
            body={"name": "drawing.pdf", "statement": "made before the fair", **_DIGESTS},
        ),
        Endpoint(
            call=deposits.deposit_sent_file,
            path="deposit-files",
            method="POST",
            status=201,
            answer=deposits.DepositAnswer,
            summary=_("Deposit a file that the platform keeps"),
            detail=_("Its digests are computed here. A trade secret is deposited by digests, or sealed on the page."),
            scope=DEPOSITS_WRITE.key,
            example="deposit-files",
            takes_file=True,
            body={"name": "drawing.txt", "content": "YSB2YWx2ZQ==", "statement": "made before the fair"},
        ),
        Endpoint(
            call=deposits.make_batch,
            path="deposit-batches",
            method="POST",
            status=201,
            answer=deposits.DepositAnswer,
            summary=_("Deposit many files as one entry with one root"),
            detail=_("Each file can be proved alone; at most 1000 in one question."),
            scope=DEPOSITS_WRITE.key,
            refuses=(429,),
            example="deposit-batches",
            body={"name": "prototype", "files": [{"name": "photos/1.jpg", **_DIGESTS}]},
        ),
        Endpoint(
            call=deposits.read_deposit,
            path="deposits/{number}",
            answer=deposits.DepositAnswer,
            summary=_("One of your deposits, and how far it is"),
            scope=DEPOSITS_READ.key,
            example="deposits/1",
        ),
        Endpoint(
            call=deposits.fetch_package,
            path="deposits/{number}/package",
            answer=None,
            media=("application/zip",),
            summary=_("The package of a deposit, which anybody can check without us"),
            detail=_("Fetching it is a line of the chain of custody. 409: no authority has stamped the deposit yet."),
            scope=DEPOSITS_READ.key,
            refuses=(409,),
            example="deposits/1/package",
        ),
        Endpoint(
            call=deposits.known_by_digest,
            path="evidence/{sha256}",
            answer=deposits.KnownList,
            summary=_("What the log knows of an object by its SHA-256"),
            detail=_(
                "Kind, times and place in the log; neither name nor owner. An empty list: it was not deposited here."
            ),
            example=f"evidence/{_DIGESTS['sha256']}",
        ),
        Endpoint(
            call=deposits.read_log,
            path="evidence-log",
            answer=deposits.LogAnswer,
            summary=_("Size, root and newest signed checkpoint of the log"),
            detail=_("Whoever keeps it can prove later that nothing was rewritten."),
            example="evidence-log",
        ),
        *captures.ENDPOINTS,
        *disputes.ENDPOINTS,
        *letters.ENDPOINTS,
        *proceedings.ENDPOINTS,
        *mediation.ENDPOINTS,
        *files.ENDPOINTS,
        *office.ENDPOINTS,
        *opinions.ENDPOINTS,
        *watching.ENDPOINTS,
        *registers.ENDPOINTS,
        *sheets.ENDPOINTS,
        *inspections.ENDPOINTS,
        *origin.ENDPOINTS,
        *public.ENDPOINTS,
    ),
)
