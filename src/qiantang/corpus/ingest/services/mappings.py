"""Saving a mapping that was made in the browser, and loading its table with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.corpus.ingest import policies
from qiantang.corpus.ingest.methods.mapping import load_mapping
from qiantang.corpus.ingest.methods.mapping.draft import columns_of, mapping_text
from qiantang.corpus.ingest.methods.readers import READERS
from qiantang.corpus.ingest.models import ImportRun, SavedMapping
from qiantang.corpus.ingest.services.runs import queue_run
from qiantang.corpus.ingest.types import Terms
from qiantang.kernel.errors import Invalid, NotPermitted

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.mapping.draft import Draft
    from qiantang.corpus.ingest.selectors.mappings import UnknownTable
    from qiantang.kernel.actor import Actor

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,62}")


def checked_mapping_name(name: str) -> str:
    """A name that a mapping made here may have.

    errors  Invalid ``ingest.mapping_name`` · ``ingest.mapping_name_taken`` (by a format of the platform)
    """
    if not _NAME.fullmatch(name):
        raise Invalid("ingest.mapping_name", given=name)
    if name in READERS:
        raise Invalid("ingest.mapping_name_taken", given=name)
    return name


@transaction.atomic
def save_mapping(*, actor: Actor, table: UnknownTable, draft: Draft) -> SavedMapping:
    """Save a draft for a table as the next version under its name.

    errors  NotPermitted ``ingest.operators_only`` · Invalid ``ingest.mapping_name…`` · ``mapping.*``
    """
    decision = policies.may_import(actor)
    if not decision:
        raise NotPermitted(decision.code)
    name = checked_mapping_name(draft.name)
    newest: int = SavedMapping.objects.filter(name=name).aggregate(newest=Max("version"))["newest"] or 0
    text = mapping_text(draft, columns_of(table.rows, draft.header_row), newest + 1)
    load_mapping(text)
    saved = SavedMapping.objects.create(
        name=name,
        version=newest + 1,
        text=text,
        header=table.rows[draft.header_row - 1],
        saved_at=timezone.now(),
        saved_by=actor.name,
    )
    facts = {"name": name, "version": saved.version}
    audit.record(actor=actor, verb="ingest.mapping.save", subject=f"mapping:{name}", facts=facts)
    return saved


@transaction.atomic
def import_again(*, actor: Actor, run: ImportRun) -> ImportRun:
    """Queue the files of a run once more: what a saved mapping knows by now is read, what was read before adds nothing.

    errors  NotPermitted ``ingest.operators_only``
    """
    decision = policies.may_import(actor)
    if not decision:
        raise NotPermitted(decision.code)
    terms = Terms(licence=run.licence, published=run.published)
    return queue_run(actor=actor, kind=run.kind, paths=run.paths, terms=terms)
