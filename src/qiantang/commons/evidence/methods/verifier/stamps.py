"""Timestamps (RFC 3161): what a token tells is read here, whether it holds is for openssl to say, at the token's own time."""

from __future__ import annotations

import base64
import calendar
import hashlib
import subprocess
import tempfile
import time
from pathlib import Path

from qiantang.commons.evidence.methods.verifier.reporting import (
    EXPIRED_BUT_VALID_AT_TIME,
    OK,
    TS_INVALID,
    TS_UNTRUSTED,
    Broken,
    Record,
    Report,
)
from qiantang.kernel.canonical import canonical_json

_LONG_FORM = 128
_PATIENCE = 60  # seconds for openssl


def renewal_document(checkpoint: bytes, response: bytes) -> bytes:
    """What is stamped anew before a certificate or an algorithm ages out: the checkpoint and the stamp before, each by two
    algorithms.
    """
    told = {
        name: {kind: hashlib.new(kind, content).hexdigest() for kind in ("sha256", "sha512")}
        for name, content in (("checkpoint", checkpoint), ("stamp", response))
    }
    return canonical_json({"renews": told, "v": 1})


def _value(data: bytes, at: int = 0) -> tuple[bytes, int]:
    """The content of the DER value at a place, and where it ends."""
    length, begin = data[at + 1], at + 2
    if length & _LONG_FORM:
        many = length - _LONG_FORM
        length, begin = int.from_bytes(data[begin : begin + many], "big"), begin + many
    if begin + length > len(data):
        raise Broken(TS_INVALID, "the timestamp is cut off")
    return data[begin : begin + length], begin + length


def _inside(content: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(content):
        one, at = _value(content, at)
        found.append(one)
    return found


def token_told(response: bytes) -> tuple[str, int]:
    """The imprint (hexadecimal) and the time (seconds since 1970) that a response tells.

    errors  Broken TS_INVALID
    """
    try:
        _status, token = _inside(_value(response)[0])
        _kind, wrapped = _inside(token)
        signed = _inside(_value(wrapped)[0])
        told = _inside(_value(_value(_inside(signed[2])[1])[0])[0])
        imprint = _inside(told[2])[1].hex()
        moment = calendar.timegm(time.strptime(told[4].decode("ascii")[:14], "%Y%m%d%H%M%S"))
    except (IndexError, ValueError) as fault:
        raise Broken(TS_INVALID, "the timestamp cannot be read") from fault
    return imprint, moment


def _openssl(*words: str) -> tuple[bool, str]:
    try:
        ran = subprocess.run(  # noqa: S603 - our own words and files
            ["openssl", *words],  # noqa: S607 - whichever openssl the machine has
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.SubprocessError) as fault:
        raise Broken(TS_INVALID, f"the openssl command is needed: {fault}") from fault
    return ran.returncode == 0, "; ".join((ran.stdout + ran.stderr).split("\n"))[-300:]


def check_stamp(stamp: Record, document: bytes, trusted: bytes | None) -> tuple[int, str]:
    """The time of one stamp over a document, and a remark on it.

    trusted     certificates, PEM, which the reader got from elsewhere; None: those that came with the stamp
    errors      Broken TS_INVALID · TS_UNTRUSTED
    """
    query, response = (base64.b64decode(stamp[name], validate=True) for name in ("query", "response"))
    imprint, moment = token_told(response)
    if imprint != hashlib.new(stamp["algorithm"], document).hexdigest():
        raise Broken(TS_INVALID, "the timestamp is over something else")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "query").write_bytes(query)
        (place / "response").write_bytes(response)
        (place / "brought").write_bytes(stamp["roots"].encode())
        (place / "trusted").write_bytes(trusted or b"")
        asked = ("ts", "-verify", "-queryfile", str(place / "query"), "-in", str(place / "response"), "-CAfile")
        at = ("-attime", str(moment))
        held, said = _openssl(*asked, str(place / "brought"), *at)
        if not held:
            raise Broken(TS_INVALID, f"openssl does not accept the timestamp: {said}")
        if trusted is not None and not _openssl(*asked, str(place / "trusted"), *at)[0]:
            raise Broken(TS_UNTRUSTED, "the timestamp does not lead to the root you trust")
        if not _openssl(*asked, str(place / "brought"))[0]:
            return moment, EXPIRED_BUT_VALID_AT_TIME
    return moment, OK if stamp["legal"] else TS_UNTRUSTED


def check_stamps(evidence: Record, report: Report, trusted: bytes | None) -> int | None:
    """All stamps over the checkpoint and their renewals; returns the earliest time that holds, None where none does."""
    document, earliest = canonical_json(evidence["checkpoint"]), None
    before: dict[tuple[str, int], bytes] = {}
    for stamp in evidence["stamps"]:
        name, over = f"timestamp {stamp['authority']}", document
        if stamp["round"]:
            name += f" (renewal {stamp['round']})"
            over = renewal_document(document, before.get((stamp["authority"], stamp["round"] - 1), b""))
        try:
            moment, remark = check_stamp(stamp, over, trusted)
        except Broken as broken:
            report.fails(name, broken.code, broken.said)
            continue
        except (KeyError, TypeError, ValueError) as fault:
            report.fails(name, TS_INVALID, f"cannot be read: {fault}")
            continue
        before[stamp["authority"], stamp["round"]] = base64.b64decode(stamp["response"])
        earliest = moment if earliest is None else min(moment, earliest)
        told = time.strftime("%Y-%m-%d %H:%M:%S UTC", time.gmtime(moment))
        report.holds(name, told if stamp["legal"] else f"{told} - NOT A LEGAL TIMESTAMP, a demonstration", remark)
    if not evidence["stamps"]:
        report.fails("timestamp", TS_INVALID, "no authority has stamped the checkpoint")
    return earliest
