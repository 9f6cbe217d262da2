"""An authority for one machine: real RFC 3161, its keys made in the home, and on everything it says NOT A LEGAL TIMESTAMP.

It shows the whole way and lets everything be tested; but who can read the home can stamp any time they like. So its name
is in its certificates, in their policy and in the policy of its tokens, and ``legal`` is False.
"""

from __future__ import annotations

import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import cast

from asn1crypto import cms, core, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from qiantang.engines.notary.checking import checked_token, der_of, query_for
from qiantang.engines.notary.port import Token
from qiantang.kernel.errors import Invalid

NOT_LEGAL = "NOT A LEGAL TIMESTAMP"
# an arc that nobody else can have: 2.25 and a UUID (ITU-T X.667)
POLICY = "2.25.296215474238541379914"
_ROOT_YEARS, _LEAF_YEARS = 20, 10
_IMPRINTS = frozenset({"sha256", "sha512"})


def _name(common: str) -> x509.Name:
    told = [(NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, f"Qiantang demo - {NOT_LEGAL}")]
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in [*told, (NameOID.COMMON_NAME, common)]])


@dataclass(frozen=True, slots=True)
class _Keys:
    root: bytes
    certificate: bytes
    key: ec.EllipticCurvePrivateKey


class DemoAuthority:
    """The authority, its keys in a folder of the home.

    name        under which its stamps are kept
    folder      made when first used
    begins_at   from when its certificates are valid, and ``leaf_days`` for how long that of the authority; tests only
    """

    legal = False

    def __init__(
        self, *, folder: Path, name: str = "demo", begins_at: datetime | None = None, leaf_days: int | None = None
    ) -> None:
        self.name, self.folder = name, Path(folder)
        self._begins_at, self._leaf_days = begins_at, leaf_days

    def roots(self) -> bytes:
        return self._keys.root

    def stamp(self, document: bytes, *, algorithm: str = "sha256") -> Token:
        query = query_for(document, algorithm)
        return checked_token(
            query=query,
            answer=self.answer(query.as_bytes()),
            document=document,
            algorithm=algorithm,
            roots=der_of(self.roots()),
            policy=POLICY,
        )

    def answer(self, query: bytes, *, at: datetime | None = None) -> bytes:
        """The response to a request, as it goes over the wire.

        at      the time it tells; tests only
        errors  Invalid ``notary.token_refused`` where the request cannot be read or asks for a weak digest
        """
        try:
            asked = tsp.TimeStampReq.load(query, strict=True)
            weak = asked["message_imprint"]["hash_algorithm"]["algorithm"].native not in _IMPRINTS
        except (ValueError, TypeError) as fault:
            raise Invalid("notary.token_refused", reason="request", said=str(fault)[:200]) from fault
        if weak:
            raise Invalid("notary.token_refused", reason="algorithm", said="")
        moment = (at or datetime.now(UTC)).replace(microsecond=0)
        content = cast("bytes", self._told(asked, moment).dump())
        token = self._signed(content, moment, with_certificate=bool(asked["cert_req"].native))
        made = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": token})
        return cast("bytes", made.dump())

    # --- the token -----------------------------------------------------------------------------------------------------

    def _told(self, asked: tsp.TimeStampReq, moment: datetime) -> tsp.TSTInfo:
        nonce = asked["nonce"].native
        told = {
            "version": "v1",
            "policy": POLICY,
            "message_imprint": asked["message_imprint"],
            "serial_number": secrets.randbits(120) | 1 << 119,
            "gen_time": moment,
            "accuracy": {"seconds": 1},
            "tsa": asn1.GeneralName("directory_name", self._certificate.subject),
        }
        return tsp.TSTInfo({**told, **({} if nonce is None else {"nonce": nonce})})

    def _signed(self, content: bytes, moment: datetime, *, with_certificate: bool) -> cms.ContentInfo:
        attributes = self._attributes(content, moment)
        signature = self._keys.key.sign(cast("bytes", attributes.dump()), ec.ECDSA(hashes.SHA256()))
        issuer = {"issuer": self._certificate.issuer, "serial_number": self._certificate.serial_number}
        signer = cms.SignerInfo(
            {
                "version": "v1",
                "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer)}),
                "digest_algorithm": {"algorithm": "sha256"},
                "signed_attrs": attributes,
                "signature_algorithm": {"algorithm": "sha256_ecdsa"},
                "signature": signature,
            }
        )
        inside = {"content_type": "tst_info", "content": core.ParsableOctetString(content)}
        signed = cms.SignedData(
            {
                "version": "v3",
                "digest_algorithms": [{"algorithm": "sha256"}],
                "encap_content_info": cms.EncapsulatedContentInfo(inside),
                "certificates": [self._certificate] if with_certificate else [],
                "signer_infos": [signer],
            }
        )
        return cms.ContentInfo({"content_type": "signed_data", "content": signed})

    def _attributes(self, content: bytes, moment: datetime) -> cms.CMSAttributes:
        der = self._keys.certificate
        identified = tsp.ESSCertIDv2(
            {
                "hash_algorithm": {"algorithm": "sha256"},
                "cert_hash": sha256(der).digest(),
                "issuer_serial": {
                    "issuer": [asn1.GeneralName("directory_name", self._certificate.issuer)],
                    "serial_number": self._certificate.serial_number,
                },
            }
        )
        return cms.CMSAttributes(
            [
                cms.CMSAttribute({"type": "content_type", "values": ["tst_info"]}),
                cms.CMSAttribute({"type": "signing_time", "values": [cms.Time({"utc_time": moment})]}),
                cms.CMSAttribute({"type": "message_digest", "values": [sha256(content).digest()]}),
                cms.CMSAttribute(
                    {"type": "signing_certificate_v2", "values": [tsp.SigningCertificateV2({"certs": [identified]})]}
                ),
            ]
        )

    @cached_property
    def _certificate(self) -> asn1.Certificate:
        return asn1.Certificate.load(self._keys.certificate)

    # --- keys ----------------------------------------------------------------------------------------------------------

    @cached_property
    def _keys(self) -> _Keys:
        if not (self.folder / "authority.key").exists():
            self._make_keys()
        key = serialization.load_pem_private_key((self.folder / "authority.key").read_bytes(), None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        (certificate,) = der_of((self.folder / "authority.pem").read_bytes())
        return _Keys((self.folder / "root.pem").read_bytes(), certificate, key)

    def _make_keys(self) -> None:
        """Written beside and moved in whole: of two processes that begin at once, one wins and both use its keys."""
        draft = self.folder.with_name(f".{self.folder.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.mkdir(parents=True, mode=0o700)
        begins = self._begins_at or datetime.now(UTC) - timedelta(days=1)
        root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _root_certificate(root_key, begins, begins + timedelta(days=365 * _ROOT_YEARS))
        ends = begins + timedelta(days=self._leaf_days or 365 * _LEAF_YEARS)
        leaf = _leaf_certificate(key, root_key, root, begins, ends)
        (draft / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
        (draft / "authority.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(draft / "authority.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(secret)
        with suppress(OSError):
            draft.rename(self.folder)
        shutil.rmtree(draft, ignore_errors=True)


def _policies(explicit: str) -> x509.CertificatePolicies:
    notice = x509.UserNotice(None, explicit)
    return x509.CertificatePolicies([x509.PolicyInformation(x509.ObjectIdentifier(POLICY), [notice])])


def _root_certificate(key: ec.EllipticCurvePrivateKey, begins: datetime, ends: datetime) -> x509.Certificate:
    name = _name(f"Demo root - {NOT_LEGAL}")
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=True), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    return builder.sign(key, hashes.SHA256())


def _leaf_certificate(
    key: ec.EllipticCurvePrivateKey,
    root_key: ec.EllipticCurvePrivateKey,
    root: x509.Certificate,
    begins: datetime,
    ends: datetime,
) -> x509.Certificate:
    name = _name(f"Demo timestamp authority - {NOT_LEGAL}")
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(root.subject).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(begins).not_valid_after(ends)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(signs_certificates=False), critical=True)
    purpose = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    builder = builder.add_extension(purpose, critical=True)
    builder = builder.add_extension(_policies(f"{NOT_LEGAL} / 非法定时间戳, 仅供演示"), critical=False)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key())
    return builder.add_extension(issuer, critical=False).sign(root_key, hashes.SHA256())


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
