"""The history of a dossier in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import pgettext

from qiantang.kernel.paging import Page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django_stubs_ext import StrPromise

    from qiantang.kernel.paging import PageRequest
    from qiantang.scenarios.query.models import Dossier, DossierAct

_SENTENCES: Mapping[str, StrPromise] = {
    "make": __("began the dossier"),
    "change": __("changed its name, purpose or alert"),
    "add": __("put in %(number)s patents"),
    "add_one": __("put in %(patent)s"),
    "remove": __("took out %(patent)s"),
    "move": __("put %(patent)s at place %(place)s"),
    "describe": __("described %(patent)s: rating %(rating)s, tags %(tags)s"),
    "comment": __("commented on %(patent)s"),
    "delete_comment": __("deleted a comment on %(patent)s"),
    "share_read": __("opened it to %(person)s for reading"),
    "share_write": __("opened it to %(person)s for writing"),
    "unshare": __("closed it to %(person)s"),
    "link": __("made a link that is good until %(until)s"),
    "revoke_link": __("revoked a link"),
}


@dataclass(frozen=True, slots=True)
class ActShown:
    """Who did what, and when."""

    at: datetime
    person: str
    said: str


def history(row: Dossier, page: PageRequest, subject: str) -> Page[ActShown]:
    """Who did what in a dossier that was opened, newest first."""
    acts = row.acts.order_by("-id")
    total = acts.count()
    items = [ActShown(one.at, one.person, _said(one)) for one in acts[page.offset : page.offset + page.size]]
    return Page(items=items, total=total, next=page.cursor_after(subject=subject, total=total))


def _said(act: DossierAct) -> str:
    facts = dict(act.facts)
    key = act.verb
    if key == "add" and "patent" in facts:
        key = "add_one"
    if key == "share":
        key = "share_write" if facts["may_write"] else "share_read"
    if key == "describe":
        facts["rating"] = facts["rating"] or _("none given")
        facts["tags"] = pgettext("between things in a list", ", ").join(facts["tags"]) or _("none given")
    return str(_SENTENCES[key]) % facts
