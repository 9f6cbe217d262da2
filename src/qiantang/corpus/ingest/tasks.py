"""Jobs: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.corpus.ingest.services.naming import learn_new_names
from qiantang.corpus.ingest.services.runs import perform_import
from qiantang.kernel.actor import Actor


@task()
def import_files(run_id: int) -> None:
    """Perform a queued import run."""
    perform_import(actor=Actor.system(f"import {run_id}"), run_id=run_id)


@task()
def learn_names() -> int:
    """Learn the names that loads have brought since the last time."""
    return learn_new_names(actor=Actor.system("names of a load"))
