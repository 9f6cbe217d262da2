"""Proof of service: what reached whom when, with the digest of the text that was there to be read."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone, translation

from qiantang.commons.notices.models import Notice, NoticeProof
from qiantang.commons.notices.selectors.inbox import shown, text_of
from qiantang.commons.notices.types import Step, Way

if TYPE_CHECKING:
    from qiantang.commons.notices.types import NoticeShown
    from qiantang.kernel.actor import Actor


def note_proof(notice: int, step: Step, way: Way, text: str, language: str = "") -> None:
    """Note that a step was reached, in the caller's transaction; the first time counts."""
    told = {
        "at": timezone.now(),
        "language": language or translation.get_language() or settings.LANGUAGE_CODE,
        "text_sha256": digest_of(text),
    }
    NoticeProof.objects.get_or_create(notice_id=notice, step=step, channel=way, defaults=told)


def digest_of(text: str) -> str:
    """SHA-256 of the words of a notice, in lower-case hexadecimal."""
    return sha256(text.encode()).hexdigest()


def note_delivered(notice: Notice) -> None:
    """A notice lies in its reader's inbox, in the language of the house."""
    with translation.override(settings.LANGUAGE_CODE):
        note_proof(notice.pk, Step.DELIVERED, Way.INBOX, text_of(shown(notice)))


def note_shown(*, actor: Actor, notices: Sequence[NoticeShown]) -> None:  # noqa: ARG001 - every service knows who acts
    """These notices stand on a page that their reader has called, with these texts."""
    keys = [one.id for one in notices]
    known = NoticeProof.objects.filter(notice_id__in=keys, step=Step.SHOWN, channel=Way.INBOX)
    there = set(known.values_list("notice_id", flat=True))
    for one in notices:
        if one.id not in there:
            note_proof(one.id, Step.SHOWN, Way.INBOX, text_of(one))
