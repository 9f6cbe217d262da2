"""A sealer for one machine: real PAdES, its certificate authority made in the home, and in every certificate NOT A LEGAL SEAL.

Who can read the home can seal anything, so nothing that it seals proves anything to a court: ``legal`` is False.
"""

from __future__ import annotations

import io
import os
import secrets
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from qiantang.engines.seal.port import SealShown
from qiantang.kernel.errors import Invalid

NOT_LEGAL = "NOT A LEGAL SEAL"
_ROOT_YEARS, _LEAF_YEARS = 20, 10
_FIELD = "Seal"


@dataclass(frozen=True, slots=True)
class _Keys:
    root: bytes
    certificate: bytes
    key: bytes


class DemoSealer:
    """The sealer, its keys in a folder of the home, made when first used."""

    legal = False
    name = f"Qiantang demo seal - {NOT_LEGAL}"

    def __init__(self, *, folder: Path) -> None:
        self.folder = Path(folder)

    def roots(self) -> bytes:
        return self._keys.root

    def seal(self, document: bytes, *, reason: str) -> bytes:
        told = signers.PdfSignatureMetadata(
            field_name=_FIELD, reason=reason, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        try:
            out = signers.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(document)), told, signer=self._signer)
        except PdfError as fault:
            raise Invalid("seal.no_document", said=str(fault)[:200]) from fault
        return cast("bytes", out.getvalue())

    def checked(self, document: bytes) -> tuple[SealShown, ...]:
        try:
            reader = PdfFileReader(io.BytesIO(document))
            return tuple(self._shown(one) for one in reader.embedded_signatures)
        except PdfError:
            return ()

    def _shown(self, signature: Any) -> SealShown:
        root = asn1.Certificate.load(_der(self._keys.root))
        found = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
        signer = found.signing_cert.subject.native.get("common_name", "")
        whole = found.coverage is SignatureCoverageLevel.ENTIRE_FILE
        return SealShown(bool(found.bottom_line) and whole, signer, signature.self_reported_timestamp)

    # --- keys -----------------------------------------------------------------------------------------------------------

    @cached_property
    def _signer(self) -> signers.SimpleSigner:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call] # of a library
        store.register(asn1.Certificate.load(_der(self._keys.root)))
        key = serialization.load_pem_private_key(self._keys.key, password=None)
        plain = key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return signers.SimpleSigner(
            signing_cert=asn1.Certificate.load(_der(self._keys.certificate)),
            signing_key=asn1_keys.PrivateKeyInfo.load(plain),
            cert_registry=store,
        )

    @cached_property
    def _keys(self) -> _Keys:
        if not (self.folder / "seal.key").exists():
            self._make_keys()
        return _Keys(*((self.folder / name).read_bytes() for name in ("root.pem", "seal.pem", "seal.key")))

    def _make_keys(self) -> None:
        """Written beside and moved in whole: of two processes that begin at once, one wins and both use its keys.

        The secret of the root is thrown away.
        """
        draft = self.folder.with_name(f".{self.folder.name}.{os.getpid()}.{secrets.token_hex(4)}")
        draft.mkdir(parents=True, mode=0o700)
        root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
        root = _certificate("root", root_key, _ROOT_YEARS, root_key)
        (draft / "root.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
        leaf = _certificate("seal", key, _LEAF_YEARS, root_key)
        (draft / "seal.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(draft / "seal.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(secret)
        with suppress(OSError):
            draft.rename(self.folder)
        shutil.rmtree(draft, ignore_errors=True)


def _name(what: str) -> x509.Name:
    told = [(NameOID.COUNTRY_NAME, "CN"), (NameOID.ORGANIZATION_NAME, f"Qiantang demo - {NOT_LEGAL}")]
    told.append((NameOID.COMMON_NAME, f"Demo {what} - {NOT_LEGAL}"))
    return x509.Name([x509.NameAttribute(kind, value) for kind, value in told])


def _certificate(
    what: str, key: ec.EllipticCurvePrivateKey, years: int, issuer: ec.EllipticCurvePrivateKey
) -> x509.Certificate:
    """Of the root where the key is its own issuer, else of the seal."""
    is_root, begins = key is issuer, datetime.now(UTC) - timedelta(days=1)
    usage = x509.KeyUsage(
        digital_signature=not is_root,
        content_commitment=not is_root,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_root,
        crl_sign=is_root,
        encipher_only=False,
        decipher_only=False,
    )
    builder = x509.CertificateBuilder().subject_name(_name(what)).issuer_name(_name("root"))
    builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(begins).not_valid_after(begins + timedelta(days=365 * years))
    builder = builder.add_extension(
        x509.BasicConstraints(ca=is_root, path_length=0 if is_root else None), critical=True
    )
    builder = builder.add_extension(usage, critical=True)
    subject = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    authority = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.public_key())
    builder = builder.add_extension(subject, critical=False).add_extension(authority, critical=False)
    return builder.sign(issuer, hashes.SHA256())


def _der(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(serialization.Encoding.DER)
