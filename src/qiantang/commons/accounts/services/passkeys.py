"""Writes: passkeys registered, used, renamed, taken away. Source: W3C Web Authentication, level 3.

Only passkeys that a person can be found by and that ask for finger, face or PIN are taken: each is two factors by itself.
What a browser is asked (challenge) is kept in its session between the two halves of a ceremony.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    AuthenticatorData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from qiantang.commons.accounts.models import Account, Passkey
from qiantang.commons.accounts.services.security import own_account
from qiantang.commons.accounts.types import PASSKEYS_AT_ONCE, Site
from qiantang.commons.audit import api as audit
from qiantang.kernel.errors import Conflict, Invalid, NotFound

if TYPE_CHECKING:
    from qiantang.kernel.actor import Actor

_NAME = range(1, 61)
State = dict[str, Any]


def begin_registration(*, actor: Actor, site: Site) -> tuple[dict[str, Any], State]:
    """What the browser is asked to make a passkey for; and what is to be kept until it answers.

    errors  NotPermitted · Conflict ``accounts.passkeys_too_many``
    """
    account = own_account(actor)
    held = [_attested(row) for row in account.passkeys.all()]
    if len(held) >= PASSKEYS_AT_ONCE:
        raise Conflict("accounts.passkeys_too_many", most=PASSKEYS_AT_ONCE)
    user = PublicKeyCredentialUserEntity(
        id=_handle(account.pk), name=account.username, display_name=account.display_name
    )
    options, state = _server(site).register_begin(
        user,
        held,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), dict(state)


@transaction.atomic
def complete_registration(*, actor: Actor, site: Site, state: State, answer: str, name: str) -> int:
    """Keep the public half of the passkey that the browser made; returns its key.

    answer  the credential as JSON, as WebAuthn's ``toJSON`` writes it
    errors  NotPermitted · Invalid ``accounts.passkey_name``, ``accounts.passkey_refused`` · Conflict ``accounts.passkey_known``
    """
    account = own_account(actor)
    called = _named(name)
    try:
        made = _server(site).register_complete(state, json.loads(answer))
    except Exception as fault:  # the library tells what is wrong with an answer by errors of every kind
        raise Invalid("accounts.passkey_refused") from fault
    told = made.credential_data
    if told is None:
        raise Invalid("accounts.passkey_refused")
    try:
        with transaction.atomic():
            row = Passkey.objects.create(
                account=account,
                credential=websafe_encode(told.credential_id),
                public=bytes(told),
                counter=made.counter,
                name=called,
                made_at=timezone.now(),
            )
    except IntegrityError:
        raise Conflict("accounts.passkey_known") from None
    _note(actor, account, "add", name=called)
    return row.pk


def begin_assertion(*, site: Site) -> tuple[dict[str, Any], State]:
    """What any of a device's passkeys for this house is asked, whoever it belongs to; and what is to be kept."""
    options, state = _server(site).authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), dict(state)


@transaction.atomic
def complete_assertion(*, site: Site, state: State, answer: str) -> int:
    """Whose passkey answered: the key of an active account.

    errors  Invalid ``accounts.passkey_refused``: unknown, not signed over this question, another person's handle, of a
            closed account, or a counter that did not grow, as of a copied key
    """
    try:
        given = AuthenticationResponse.from_dict(json.loads(answer))
        row = Passkey.objects.select_for_update().select_related("account").get(credential=websafe_encode(given.raw_id))
        _server(site).authenticate_complete(state, [_attested(row)], given)
    except Exception as fault:  # the library tells what is wrong with an answer by errors of every kind
        raise Invalid("accounts.passkey_refused") from fault
    told: AuthenticatorData = given.response.authenticator_data
    copied = (told.counter or row.counter) and told.counter <= row.counter
    someone_else = given.response.user_handle not in (None, _handle(row.account_id))
    if copied or someone_else or not row.account.is_active:
        raise Invalid("accounts.passkey_refused")
    row.counter, row.last_used_at = told.counter, timezone.now()
    row.save(update_fields=["counter", "last_used_at"])
    return row.account_id


@transaction.atomic
def rename_passkey(*, actor: Actor, key: int, name: str) -> None:
    """errors: NotPermitted · NotFound ``accounts.passkey_unknown`` · Invalid ``accounts.passkey_name``"""
    row = _own_key(actor, key)
    row.name = _named(name)
    row.save(update_fields=["name"])
    _note(actor, row.account, "rename", name=row.name)


@transaction.atomic
def revoke_passkey(*, actor: Actor, key: int) -> None:
    """Take a passkey away; it opens nothing from now on. errors: NotPermitted · NotFound ``accounts.passkey_unknown``"""
    row = _own_key(actor, key)
    account, name = row.account, row.name
    row.delete()
    _note(actor, account, "revoke", name=name)


def _own_key(actor: Actor, key: int) -> Passkey:
    row = Passkey.objects.select_for_update().filter(account=own_account(actor), pk=key).first()
    if row is None:
        raise NotFound("accounts.passkey_unknown")
    return row


def _named(name: str) -> str:
    called = " ".join(name.split())
    if len(called) not in _NAME or not called.isprintable():
        raise Invalid("accounts.passkey_name")
    return called


def _note(actor: Actor, account: Account, act: str, **facts: object) -> None:
    audit.record(actor=actor, verb=f"accounts.passkey.{act}", subject=f"account:{account.pk}", facts=facts)


def _attested(row: Passkey) -> AttestedCredentialData:
    return AttestedCredentialData(bytes(row.public))


def _handle(account_id: int) -> bytes:
    """By what a device knows the account: says nothing of the person."""
    return salted_hmac("qiantang.accounts.passkey", str(account_id), algorithm="sha256").digest()


def _server(site: Site) -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(id=site.host, name=settings.CITY_NAME_ZH)
    return Fido2Server(entity, verify_origin=lambda origin: origin == site.origin)
