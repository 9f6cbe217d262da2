"""People whom an identity provider knows, for tests of other rooms."""

from __future__ import annotations

from django.utils import timezone

from qiantang.commons.accounts.models import ExternalIdentity


def link(person_id, issuer, subject):
    """As if the person had signed in from there."""
    ExternalIdentity.objects.create(account_id=person_id, issuer=issuer, subject=subject, linked_at=timezone.now())


def linked(issuer):
    """(subject, account, name shown) of everybody whom a provider knows."""
    rows = ExternalIdentity.objects.filter(issuer=issuer)
    return list(rows.values_list("subject", "account_id", "account__display_name"))
