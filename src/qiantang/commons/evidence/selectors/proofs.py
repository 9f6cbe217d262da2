"""Everything that proves one deposit, as one document: ``evidence.json``."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

from django.conf import settings

from qiantang.commons.evidence.methods.instructions import SCOPE
from qiantang.commons.evidence.models import BatchFile, Cosignature, CustodyLine, Deposit
from qiantang.commons.evidence.selectors.anchors import anchor_documents
from qiantang.commons.evidence.selectors.log import (
    covering,
    document,
    extension_nodes,
    inclusion_proof,
    key_history,
)
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Conflict
from qiantang.kernel.merkle import Frontier, inclusion_spans, leaf_hash, proof

if TYPE_CHECKING:
    from qiantang.commons.evidence.models import Checkpoint

FORMAT = "qiantang-evidence/1"


def sealed_under(deposit: Deposit) -> Checkpoint:
    """The checkpoint that proves a deposit.

    errors  Conflict ``evidence.not_sealed`` where no authority has stamped it yet
    """
    checkpoint = covering(deposit)
    if checkpoint is None or not checkpoint.stamps.filter(stamped_at__isnull=False).exists():
        raise Conflict("evidence.not_sealed", number=deposit.number)
    return checkpoint


def evidence_document(deposit: Deposit, *, inside: str | None, member: BatchFile | None) -> dict[str, Any]:
    """What the verifier reads.

    inside  where in the package the object lies; None: nowhere
    member  the one file of a batch that is to be proved
    errors  as ``sealed_under``
    """
    checkpoint, index = sealed_under(deposit), deposit.leaf_index
    assert index is not None
    anchors = anchor_documents(deposit)
    return {
        "format": FORMAT,
        "platform": settings.PUBLIC_URL,
        "leaf": json.loads(deposit.leaf),
        "receipt": {"key": deposit.key.key_id, "signature": deposit.signature},
        "object": inside,
        "batch": None if member is None else _batch(deposit, member),
        "proof": {"index": index, "path": inclusion_proof(index, checkpoint.size)},
        "checkpoint": document(checkpoint),
        "keys": key_history(),
        "stamps": _stamps(checkpoint),
        **({"anchors": anchors} if anchors else {}),
        "witnesses": [
            {"name": one.witness.name, "public": one.witness.public, "signature": one.signature}
            for one in Cosignature.objects.filter(checkpoint=checkpoint).select_related("witness").order_by("pk")
        ],
        "custody": [
            {"line": json.loads(one.text), "link": one.link}
            for one in CustodyLine.objects.filter(deposit=deposit).order_by("seq")
        ],
        "statement": deposit.statement,
        "environment": deposit.environment,
        "extends": extension_nodes(checkpoint.size),
        "scope": SCOPE,
    }


def _stamps(checkpoint: Checkpoint) -> list[dict[str, Any]]:
    return [
        {
            "authority": one.authority,
            "round": one.round,
            "legal": one.legal,
            "algorithm": one.algorithm,
            "query": base64.b64encode(bytes(one.query or b"")).decode(),
            "response": base64.b64encode(bytes(one.response or b"")).decode(),
            "roots": one.roots,
        }
        for one in checkpoint.stamps.filter(stamped_at__isnull=False).order_by("authority", "round")
    ]


def entry_of(member: BatchFile) -> dict[str, object]:
    return {"name": member.name, "sha256": member.sha256, "sm3": member.sm3, "size": member.size_bytes}


def _batch(deposit: Deposit, member: BatchFile) -> dict[str, Any]:
    rows = list(BatchFile.objects.filter(batch=deposit).order_by("place"))
    _, nodes = Frontier().extended([leaf_hash(canonical_json(entry_of(one))) for one in rows])
    path = proof(inclusion_spans(member.place, len(rows)), nodes.__getitem__)
    told = [one.hex() for one in path]
    return {"entry": entry_of(member), "index": member.place, "size": len(rows), "path": told}
