"""Jobs: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.commons.notices.services import posting
from qiantang.kernel.actor import Actor


@task()
def post_mail(dispatch: int) -> None:
    """Send one mail that was just queued."""
    posting.post_mail(actor=Actor.system("notices by mail"), dispatch=dispatch)


@task()
def tick() -> int:
    """The heartbeat, once a minute: mails whose next attempt is due, or whose worker died."""
    return posting.post_due_mails(actor=Actor.system("notices by mail"))
