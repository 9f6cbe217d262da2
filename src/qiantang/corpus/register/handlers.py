"""What the register does when something else in the house has happened, and what of it hangs on cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types.graph import Hanging, declare_hanging
from qiantang.commons.events.api import Delivered, subscribe
from qiantang.corpus.register.selectors.records import get, get_many

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_FOLLOW = "qiantang.corpus.register.tasks.follow_meaning"  # by name: jobs stand beside handlers
_FRAMES = "qiantang.corpus.register.tasks.follow_frames"


@subscribe("ingest.snapshot.published")
def let_meaning_follow(_event: Delivered) -> None:
    """Words and vectors follow a load by jobs of their own."""
    transaction.on_commit(lambda: import_string(_FOLLOW).enqueue())


@subscribe("ingest.snapshot.published")
def let_frames_follow(_event: Delivered) -> None:
    """The tables for indicators follow a load by a job, so that nobody who asks has to wait for them."""
    transaction.on_commit(lambda: import_string(_FRAMES).enqueue())


def _patent(_actor: Actor, text: str) -> str:
    return get(text).patent_id


def _show_patent(_actor: Actor, reference: str, _office: bool) -> tuple[str, str] | None:  # noqa: FBT001 - as Hanging says
    """A patent is public; one that the register holds no longer is shown by its id."""
    found = get_many([reference]).get(reference)
    title = found.title if found else None
    return f"{reference} {title or ''}".strip(), reverse("register:patent-page", args=[reference])


PATENT = declare_hanging(
    Hanging(key="patent", title=_("Patent"), told=_("Patent linked: %(title)s"), find=_patent, show=_show_patent)
)
