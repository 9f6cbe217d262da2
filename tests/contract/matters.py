"""Matters of the hall for the matrices of operations: one just begun with a file, one that has ended."""

from __future__ import annotations

import io

from django.utils import timezone

from qiantang.commons.accounts.api import create_account, person_by_username
from qiantang.commons.casework.models import Case
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import NotFound
from qiantang.portal.hall.models import MatterFile
from qiantang.portal.hall.services import matters

_SYSTEM = Actor.system("test")
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def matter_examples(owner: Actor) -> dict[str, str]:
    """Their numbers by noun and place. The file has the key of the example; the account that is asked to sign is there."""
    try:
        person_by_username(_SYSTEM, "wu")
    except NotFound:
        create_account(actor=_SYSTEM, username="wu", display_name="Wu", password="seven quiet rivers")
    begun, ended = (matters.open_matter(actor=owner, code="0202") for _one in range(2))
    told = {"about": "licence_contract", "name": "x.pdf", "stream": io.BytesIO(_PDF)}
    file = matters.hand_in_file(actor=owner, number=begun.number, **told)
    MatterFile.objects.filter(pk=file).update(id=1)
    Case.objects.filter(pk=ended.id).update(state="done", closed_at=timezone.now())
    return {"hall-matters": begun.number, "hall-matters/2": ended.number}
