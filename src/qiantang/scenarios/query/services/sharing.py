"""For whom a dossier is open: other accounts, and whoever has a link."""

from __future__ import annotations

from datetime import timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts import api as accounts
from qiantang.commons.audit import api as audit
from qiantang.commons.notices import api as notices
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, Limited
from qiantang.scenarios.query.models import Dossier, DossierLink, DossierShare
from qiantang.scenarios.query.rules import DOSSIER_SHARED, LINK_DAYS, MOST_LINKS, MOST_SHARES
from qiantang.scenarios.query.selectors import dossiers
from qiantang.scenarios.query.services.dossiers import new_set_name, note

if TYPE_CHECKING:
    from qiantang.commons.accounts.types import Person


@transaction.atomic
def share_dossier(*, actor: Actor, key: int, username: str, may_write: bool) -> None:
    """Open a dossier to another account, or change what it may do there; the person is told the first time.

    errors  NotFound ``query.dossier_unknown`` · ``accounts.account_unknown`` · NotPermitted ``query.dossier_not_yours``
            Invalid ``query.share_with_owner`` · Limited ``query.shares_too_many``
    """
    row = dossiers.managed_row(actor, key)
    # an account sees no others, but whoever knows a user name may share with it
    person = accounts.person_by_username(Actor.system("share a dossier"), username)
    if person.id == row.owner_id:
        raise Invalid("query.share_with_owner")
    told = {"may_write": may_write, "shared_at": timezone.now()}
    _, new = DossierShare.objects.update_or_create(dossier=row, person_id=person.id, defaults=told)
    if row.shares.count() > MOST_SHARES:
        raise Limited("query.shares_too_many", most=MOST_SHARES)
    note(actor, row, "share", person=person.display_name, may_write=may_write)
    facts = {"with": person.id, "may_write": may_write}
    audit.record(actor=actor, verb="query.dossier.share", subject=f"dossier:{key}", facts=facts)
    if new:
        _tell(actor, row, person)


def _tell(actor: Actor, row: Dossier, person: Person) -> None:
    notices.send_notice(
        actor=actor,
        draft=notices.Draft(
            person_id=person.id,
            kind=DOSSIER_SHARED.code,
            key=f"query.dossier_shared:{row.pk}:{timezone.now():%Y-%m-%d}",
            subject=f"dossier:{row.pk}",
            facts={"person": actor.name, "name": row.name},
            link=f"/dossiers/{row.pk}",
        ),
    )


@transaction.atomic
def unshare_dossier(*, actor: Actor, key: int, share: int) -> None:
    """Close a dossier to an account. Its set gets another name, so that nobody who was shut out goes on searching in it.

    errors  those of ``dossiers.managed_row``
    """
    row = dossiers.managed_row(actor, key)
    found = row.shares.filter(pk=share).select_related("person").first()
    if found is None:
        return
    Dossier.objects.filter(pk=row.pk).update(set_name=new_set_name())
    note(actor, row, "unshare", person=found.person.display_name)
    facts = {"with": found.person_id}
    audit.record(actor=actor, verb="query.dossier.unshare", subject=f"dossier:{key}", facts=facts)
    found.delete()


@transaction.atomic
def make_link(*, actor: Actor, key: int, days: int) -> str:
    """A link by which anybody may read the dossier: patents, ratings and tags; returns its address.

    days    one of ``LINK_DAYS``; anything else counts as the shortest
    errors  those of ``dossiers.managed_row`` · Limited ``query.links_too_many``
    """
    row = dossiers.managed_row(actor, key)
    if dossiers.links_in_force(row).count() >= MOST_LINKS:
        raise Limited("query.links_too_many", most=MOST_LINKS)
    good_for = timedelta(days=days if days in LINK_DAYS else LINK_DAYS[0])
    now = timezone.now()
    link = DossierLink.objects.create(dossier=row, key=token_hex(16), made_at=now, until=now + good_for)
    note(actor, row, "link", until=timezone.localdate(link.until).isoformat())
    audit.record(actor=actor, verb="query.dossier.link", subject=f"dossier:{key}", facts={"link": link.pk})
    return dossiers.link_url(link)


@transaction.atomic
def revoke_link(*, actor: Actor, key: int, link: int) -> None:
    """From this moment the link opens nothing.

    errors  those of ``dossiers.managed_row``
    """
    row = dossiers.managed_row(actor, key)
    if row.links.filter(pk=link, revoked_at__isnull=True).update(revoked_at=timezone.now()):
        note(actor, row, "revoke_link")
        audit.record(actor=actor, verb="query.dossier.unlink", subject=f"dossier:{key}", facts={"link": link})
