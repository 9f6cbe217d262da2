"""Signing in by an identity provider: OpenID Connect Core 1.0, authorization code with PKCE (RFC 7636), state and nonce.

The provider is asked anew each time for its addresses and keys: signing in is rare, and keys that were changed are known at once.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]  # authlib has no stubs
from authlib.integrations.requests_client import OAuth2Session  # type: ignore[import-untyped]  # likewise
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from qiantang.commons.accounts.types import Claimed, Provider
from qiantang.kernel.errors import Invalid, NotFound, Unavailable

if TYPE_CHECKING:
    from collections.abc import Mapping

_SECONDS = 10
_LEEWAY_SECONDS = 60
_ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
_WORD = 32
Asked = dict[str, str]


def providers() -> tuple[Provider, ...]:
    """Those of the settings."""
    return tuple(Provider(**told) for told in settings.IDENTITY_PROVIDERS)


def provider_named(name: str) -> Provider:
    """errors: NotFound ``accounts.provider_unknown``"""
    found = next((one for one in providers() if one.name == name), None)
    if found is None:
        raise NotFound("accounts.provider_unknown")
    return found


def begin(provider: Provider, *, back: str) -> tuple[str, Asked]:
    """Where to send the browser, and what to keep in its session until it comes back.

    back    the address to which the provider sends it
    errors  Unavailable ``accounts.provider_unavailable`` · Invalid ``accounts.provider_refused``
    """
    asked = {name: secrets.token_urlsafe(_WORD) for name in ("state", "nonce", "verifier")}
    with _client(provider, back) as client:
        there = _discovered(client, provider)
        url, _ = client.create_authorization_url(
            there["authorization_endpoint"],
            state=asked["state"],
            nonce=asked["nonce"],
            code_verifier=asked["verifier"],
        )
    return url, {**asked, "provider": provider.name}


def complete(provider: Provider, *, back: str, asked: Mapping[str, str], answer: Mapping[str, str]) -> Claimed:
    """Whom the provider has confirmed, after its answer was held against what was asked.

    errors  Invalid ``accounts.provider_refused`` · Unavailable ``accounts.provider_unavailable``
    """
    meant = asked.get("provider") == provider.name and secrets.compare_digest(
        asked.get("state", ""), answer.get("state", "")
    )
    if not meant or not answer.get("code") or answer.get("iss", provider.issuer) != provider.issuer:
        raise Invalid("accounts.provider_refused")
    with _client(provider, back) as client:
        there = _discovered(client, provider)
        try:
            token = client.fetch_token(
                there["token_endpoint"], code=answer["code"], code_verifier=asked["verifier"], timeout=_SECONDS
            )
            keys = KeySet.import_key_set({"keys": _fetched(client, there["jwks_uri"])["keys"]})
            claims = jwt.decode(str(token["id_token"]), keys, algorithms=_ALGORITHMS).claims
        except RequestException as fault:
            raise Unavailable("accounts.provider_unavailable") from fault
        except (AuthlibBaseError, JoseError, KeyError, ValueError) as fault:
            raise Invalid("accounts.provider_refused") from fault
    return _checked(provider, asked, claims)


def _checked(provider: Provider, asked: Mapping[str, str], claims: dict[str, Any]) -> Claimed:
    rules = jwt.JWTClaimsRegistry(
        leeway=_LEEWAY_SECONDS,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": provider.client},
        exp={"essential": True},
        iat={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": asked["nonce"]},
    )
    try:
        rules.validate(claims)
    except JoseError as fault:
        raise Invalid("accounts.provider_refused") from fault
    if claims.get("azp", provider.client) != provider.client or not str(claims["sub"]).strip():
        raise Invalid("accounts.provider_refused")
    return Claimed(provider.issuer, str(claims["sub"]), str(claims.get("name") or ""))


def _client(provider: Provider, back: str) -> Any:
    secret = settings.IDENTITY_SECRETS.get(provider.name)
    return OAuth2Session(
        provider.client,
        secret,
        scope="openid profile",
        redirect_uri=back,
        code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if secret else "none",
    )


def _discovered(client: Any, provider: Provider) -> dict[str, Any]:
    """What the provider says of itself; its issuer must be the one that was configured (OpenID Connect Discovery, 4.3)."""
    told = _fetched(client, f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if told.get("issuer") != provider.issuer:
        raise Invalid("accounts.provider_refused")
    return told


def _fetched(client: Any, address: str) -> dict[str, Any]:
    try:
        answer = client.get(address, withhold_token=True, timeout=_SECONDS, allow_redirects=False)
        answer.raise_for_status()
        return dict(answer.json())
    except (RequestException, ValueError) as fault:
        raise Unavailable("accounts.provider_unavailable") from fault
