"""Jobs: thin calls to services."""

from __future__ import annotations

from django_tasks import task

from qiantang.commons.notices.services import posting, reminding
from qiantang.kernel.actor import Actor


@task()
def post_mail(dispatch: int) -> None:
    """Send one mail that was just queued."""
    posting.post_mail(actor=Actor.system("notices by mail"), dispatch=dispatch)


@task()
def tick() -> int:
    """The heartbeat, once a minute: legal notices nobody has read, and messages that are due or whose worker died."""
    reminding.tend_legal(actor=Actor.system("unread legal notices"))
    return posting.post_due_mails(actor=Actor.system("notices by mail"))
