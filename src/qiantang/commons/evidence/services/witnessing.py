"""Witnesses: outsiders who sign checkpoints, so that the log cannot show different faces to different people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence import policies
from qiantang.commons.evidence.methods.records import checkpoint_document
from qiantang.commons.evidence.methods.verifier.signatures import signed_by
from qiantang.commons.evidence.models import Checkpoint, Cosignature, Witness
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_KEY_DIGITS = 64


@transaction.atomic
def add_witness(*, actor: Actor, name: str, public: str) -> None:
    """Make a witness known by its Ed25519 key, hexadecimal.

    errors  NotPermitted ``evidence.operator_only`` · Conflict ``evidence.witness_taken``
            Invalid ``evidence.witness_signature`` where that is no key
    """
    decision = policies.may_keep_log(actor)
    if not decision:
        raise NotPermitted(decision.code)
    told = public.strip().lower()
    if len(told) != _KEY_DIGITS or set(told) - set("0123456789abcdef"):
        raise Invalid("evidence.witness_signature", given=public[:80])
    try:
        with transaction.atomic():
            Witness.objects.create(name=name[:80], public=told)
    except IntegrityError:
        raise Conflict("evidence.witness_taken", given=name) from None
    audit.record(actor=actor, verb="evidence.witness.add", subject=f"witness:{name[:80]}", facts={"public": told})


@transaction.atomic
def witness_checkpoint(*, actor: Actor, name: str, size: int, signature: str) -> None:
    """Keep a witness's signature over the checkpoint document of a size. Who brings it does not matter: the signature tells.

    errors  Invalid ``evidence.witness_unknown``, ``evidence.witness_signature`` · NotFound ``evidence.size_unknown``
    """
    witness = Witness.objects.filter(name=name).first()
    if witness is None:
        raise Invalid("evidence.witness_unknown", given=name[:80])
    checkpoint = Checkpoint.objects.filter(size=size).first()
    if checkpoint is None:
        raise NotFound("evidence.size_unknown", given=size)
    document = checkpoint_document(checkpoint.body, checkpoint.signature)
    if not signed_by(witness.public, document, signature):
        raise Invalid("evidence.witness_signature", given=name)
    now = timezone.now()
    Cosignature.objects.get_or_create(
        checkpoint=checkpoint, witness=witness, defaults={"signature": signature, "signed_at": now}
    )
    audit.record(actor=actor, verb="evidence.checkpoint.witness", subject=f"checkpoint:{size}", facts={"witness": name})
