"""Jobs: thin calls to services."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from qiantang.corpus.ingest.services.naming import learn_new_names
from qiantang.corpus.ingest.services.open_data import perform_open_data
from qiantang.corpus.ingest.services.runs import perform_import
from qiantang.corpus.ingest.services.tidying import tidy_register
from qiantang.corpus.ingest.services.watching import watch_folder
from qiantang.corpus.register.api import register, upkeep
from qiantang.kernel.actor import Actor


@task()
def import_files(run_id: int) -> None:
    """Perform a queued import run, then tidy the register."""
    perform_import(actor=Actor.system(f"import {run_id}"), run_id=run_id)
    tidy_register()


@task()
def write_open_data(run_id: int) -> None:
    """Write a snapshot as open data, as an operator asked."""
    perform_open_data(actor=Actor.system(f"open data {run_id}"), run_id=run_id)


@task()
def learn_names() -> int:
    """Learn the names that loads have brought since the last time."""
    return learn_new_names(actor=Actor.system("names of a load"))


@task()
def remember_coverage() -> bool:
    """Count the fields of a new snapshot."""
    return upkeep.remember_coverage(register())


@task()
def look_at_folder() -> None:
    """Load what is complete in the watched folder, once a minute where one is set."""
    if settings.WATCH_FOLDER is None:
        return
    if watch_folder(actor=Actor.system("watched folder"), folder=settings.WATCH_FOLDER).loaded:
        tidy_register()
