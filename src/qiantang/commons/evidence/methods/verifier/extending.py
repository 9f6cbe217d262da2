"""Whether one log extends another, offline: the newer package brings the nodes which prove it for earlier checkpoints."""

from __future__ import annotations

import json
import zipfile
from functools import partial
from pathlib import Path

from qiantang.commons.evidence.methods.verifier.packages import EVIDENCE
from qiantang.commons.evidence.methods.verifier.proving import known_keys
from qiantang.commons.evidence.methods.verifier.reporting import PROOF_INVALID, STH_UNSIGNED, Broken, Record, Report
from qiantang.commons.evidence.methods.verifier.signatures import signed_by
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.merkle import Place, consistency_spans, proof, verify_consistency


def read_checkpoint(path: Path) -> Record:
    """Checkpoint, keys and nodes in a package, in its ``evidence.json``, or in what the log tells of itself.

    errors  OSError · ValueError
    """
    with path.open("rb") as stream:
        packed = stream.read(2) == b"PK"
    if packed:
        with zipfile.ZipFile(path) as archive:
            found = json.loads(archive.read(EVIDENCE))
    else:
        found = json.loads(path.read_bytes())
    return {name: found[name] for name in ("checkpoint", "keys", "extends")}


def _ensure_signed(told: Record, which: str) -> str:
    body = told["checkpoint"]["body"]
    key = known_keys(told["keys"]).get(body["key"])
    if key is None or not signed_by(key["public"], canonical_json(body), told["checkpoint"]["signature"]):
        raise Broken(STH_UNSIGNED, f"the {which} checkpoint is not signed by a key of its log")
    return f"{body['size']} entries, {body['at']}"


def check_consistency(older: Record, newer: Record) -> Report:
    """Both checkpoints are signed, of one log, and the newer holds all of the older one unchanged."""
    report = Report()
    for which, told in (("older", older), ("newer", newer)):
        report.tried(f"{which} checkpoint", partial(_ensure_signed, told, which))
    report.tried("one log", lambda: _same_log(older, newer))
    report.tried("consistency", lambda: _extends(older["checkpoint"]["body"], newer["checkpoint"]["body"], newer))
    return report


def _same_log(older: Record, newer: Record) -> str:
    if older["checkpoint"]["body"]["log"] != newer["checkpoint"]["body"]["log"]:
        raise Broken(PROOF_INVALID, "the checkpoints are of two logs")
    before, after = ([key["id"] for key in told["keys"]] for told in (older, newer))
    if after[: len(before)] != before:
        raise Broken(STH_UNSIGNED, "the newer history of keys does not begin as the older one")
    return f"log {older['checkpoint']['body']['log']}"


def _extends(old: Record, new: Record, newer: Record) -> str:
    if old["size"] > new["size"]:
        raise Broken(PROOF_INVALID, f"the newer log has {new['size']} entries, the older one {old['size']}: it was cut")
    if old["size"] == new["size"]:
        path: list[bytes] = []
    else:
        nodes: Record = newer["extends"]["nodes"]

        def read(place: Place) -> bytes:
            return bytes.fromhex(nodes[f"{place.level}.{place.number}"])

        try:
            path = proof(consistency_spans(old["size"], new["size"]), read)
        except KeyError as missing:
            raise Broken(
                PROOF_INVALID,
                f"the newer package brings no proof for a checkpoint of {old['size']} entries; ask the log for one",
            ) from missing
    held = verify_consistency(
        older=old["size"],
        newer=new["size"],
        path=path,
        older_root=bytes.fromhex(old["root"]),
        newer_root=bytes.fromhex(new["root"]),
    )
    if not held:
        raise Broken(PROOF_INVALID, "the newer log does not hold the older one unchanged: it was rewritten")
    return f"{old['size']} entries are the first of {new['size']}"
