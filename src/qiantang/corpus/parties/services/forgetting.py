"""A name removed on lawful request: a person's name that was held for an organisation's leaves every table for good."""

from __future__ import annotations

from secrets import token_hex
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q

from qiantang.commons.events import api as events
from qiantang.corpus.parties import policies
from qiantang.corpus.parties.events import PartiesChanged
from qiantang.corpus.parties.methods.forgotten import Forgotten, forgotten_digest
from qiantang.corpus.parties.methods.splitting import split_names
from qiantang.corpus.parties.models import FiledName, ForgottenName, GroupLink, Membership, NameEvidence, ReviewItem
from qiantang.corpus.parties.selectors.cards import chunks, whole_value
from qiantang.corpus.parties.services.evidence import digest_of
from qiantang.corpus.parties.services.joining import part
from qiantang.corpus.parties.types import EvidenceKind
from qiantang.kernel.errors import Invalid, NotPermitted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qiantang.kernel.actor import Actor


@transaction.atomic
def forget_name(*, actor: Actor, name: str) -> int:
    """Take a name, and every entry that holds it as one of several applicants, out of the tables; no load brings it back.

    returns     how many names as filed went
    errors      NotPermitted ``parties.operators_only`` · Invalid ``parties.name_missing``

    What had joined through it stands alone again. The journal says that something went, at the caller's act, and not what.
    """
    decision = policies.may_decide(actor)
    if not decision:
        raise NotPermitted(decision.code)
    whole = whole_value(name)
    if not whole:
        raise Invalid("parties.name_missing")
    holding = FiledName.objects.filter(whole__contains=whole)
    gone = [one for one in holding if whole in {whole_value(text) for text in (one.text, *split_names(one.text))}]
    for one in gone:
        _leave_party(one)
    for some in chunks(one.pk for one in gone):
        Membership.objects.filter(Q(name__in=some) | Q(into__in=some)).delete()
        GroupLink.objects.filter(Q(child__in=some) | Q(parent__in=some)).delete()
        ReviewItem.objects.filter(Q(first__in=some) | Q(second__in=some)).delete()
        FiledName.objects.filter(pk__in=some).delete()
    _untell_pairs([one.text for one in gone])
    NameEvidence.objects.filter(kind=EvidenceKind.INVENTOR, digest=digest_of(name)).delete()
    _keep_away(whole)
    if gone:
        events.publish(PartiesChanged(changes=len(gone)))
    return len(gone)


def _leave_party(name: FiledName) -> None:
    """Part what the name had joined, what had joined the name, and what was joined because of it."""
    because = Q(name=name) | Q(into=name) | Q(pair__0=name.text) | Q(pair__1=name.text)
    standing = Membership.objects.filter(because, undone_at=None).select_related("into")
    while (one := standing.first()) is not None:  # each parting moves roots: read anew
        part(one)
        one.delete()


def _untell_pairs(texts: Sequence[str]) -> None:
    """Merges undone long ago may name it as one of the two names that were compared."""
    for text in texts:
        Membership.objects.filter(Q(pair__0=text) | Q(pair__1=text)).update(pair=[])


def _keep_away(whole: str) -> None:
    first = ForgottenName.objects.first()
    salt = first.salt if first else token_hex(16)
    ForgottenName.objects.get_or_create(digest=forgotten_digest(whole, salt), defaults={"salt": salt})


def forgotten() -> Forgotten:
    """What must not be kept again."""
    rows = list(ForgottenName.objects.values_list("salt", "digest"))
    return Forgotten(rows[0][0] if rows else "", frozenset(digest for _, digest in rows))
