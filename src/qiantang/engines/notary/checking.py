"""Asking for a token and checking the answer, the same for every authority (RFC 3161, 2.4; RFC 5816).

The chain of the certificate is validated at the time the token tells, not today: a certificate that has expired since says
nothing against what it signed while it was valid.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, VerifierBuilder, decode_timestamp_response
from rfc3161_client.errors import VerificationError

from qiantang.engines.notary.port import Token
from qiantang.kernel.errors import Invalid, Unavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rfc3161_client import TimeStampResponse
    from rfc3161_client.tsp import TimeStampRequest

_ALGORITHMS = {"sha256": HashAlgorithm.SHA256, "sha512": HashAlgorithm.SHA512}
_GRANTED = {0: False, 1: True}  # PKIStatus: granted, granted with modifications


def query_for(document: bytes, algorithm: str) -> TimeStampRequest:
    """A request with a fresh nonce that asks for the certificate too."""
    builder = TimestampRequestBuilder().data(document).hash_algorithm(_ALGORITHMS[algorithm])
    return builder.nonce(nonce=True).cert_request(cert_request=True).build()


def checked_token(
    *,
    query: TimeStampRequest,
    answer: bytes,
    document: bytes,
    algorithm: str,
    roots: Sequence[bytes],
    policy: str | None,
) -> Token:
    """The token in an answer.

    roots   certificates, DER, to which the chain must lead
    policy  the only one that will do; None: any
    errors  Unavailable ``notary.silent`` for what is no answer at all · Invalid ``notary.token_refused``
    """
    now = datetime.now(UTC)
    try:
        response = decode_timestamp_response(answer)
        status = int(response.status)
    except (ValueError, TypeError) as fault:
        raise Unavailable("notary.silent", said=f"not a timestamp response: {fault}"[:200]) from fault
    if status not in _GRANTED:
        raise Invalid("notary.token_refused", reason="status", said=str(status))
    _ensure_sound(response, query, document, roots, policy)
    told = response.tst_info
    if told.message_imprint.hash_algorithm != query.message_imprint.hash_algorithm:
        raise Invalid("notary.token_refused", reason="imprint", said="another algorithm")
    signer, stamped_at = _signer(response), _in_utc(told.gen_time)
    return Token(
        query=query.as_bytes(),
        response=answer,
        algorithm=algorithm,
        stamped_at=stamped_at,
        serial=f"{told.serial_number:x}",
        policy=told.policy.dotted_string,
        authority=signer.subject.rfc4514_string(),
        certificate_ends_at=signer.not_valid_after_utc,
        with_changes=_GRANTED[status],
        drift_seconds=round((stamped_at - now).total_seconds()),
    )


def _in_utc(told: datetime) -> datetime:
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


def _ensure_sound(
    response: TimeStampResponse, query: TimeStampRequest, document: bytes, roots: Sequence[bytes], policy: str | None
) -> None:
    if query.nonce is None or response.tst_info.nonce != query.nonce:
        raise Invalid("notary.token_refused", reason="nonce", said="")
    builder = VerifierBuilder(roots=[x509.load_der_x509_certificate(one) for one in roots])
    if policy is not None:
        builder = builder.policy_id(x509.ObjectIdentifier(policy))
    try:
        builder.build().verify_message(_as_granted(response), document)
    except (VerificationError, ValueError) as fault:
        raise Invalid("notary.token_refused", reason=_reason(str(fault)), said=str(fault)[:200]) from fault


def _as_granted(response: TimeStampResponse) -> TimeStampResponse:
    """The library takes plain grants only; a grant with modifications is one too (RFC 3161, 2.4.2), its token the same."""
    if int(response.status) == 0:
        return response
    told = tsp.TimeStampResp.load(response.as_bytes())
    plain = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": told["time_stamp_token"]})
    return decode_timestamp_response(cast("bytes", plain.dump()))


def _reason(said: str) -> str:
    """Which of the checks a fault of the library belongs to."""
    for words, reason in (
        ("messages", "imprint"),
        ("Policy", "policy"),
        ("EKU", "purpose"),
        ("Nonce", "nonce"),
        ("verifying certificates", "chain"),
    ):
        if words in said:
            return reason
    return "signature"


def _signer(response: TimeStampResponse) -> x509.Certificate:
    (info,) = response.signed_data.signer_infos
    for one in response.signed_data.certificates:
        certificate = x509.load_der_x509_certificate(one)
        if certificate.issuer == info.issuer and certificate.serial_number == info.serial_number:
            return certificate
    raise Invalid("notary.token_refused", reason="chain", said="no certificate of the signer")


def der_of(pem: bytes) -> list[bytes]:
    """The certificates of a PEM file.

    errors  ValueError where there is none
    """
    return [one.public_bytes(Encoding.DER) for one in x509.load_pem_x509_certificates(pem)]
