"""One piece of evidence: the receipt, its place in the log, the signed checkpoint, keys, witnesses, batch and custody."""

from __future__ import annotations

import hashlib
import time
from functools import partial

from qiantang.commons.evidence.methods.verifier.anchors import check_anchors
from qiantang.commons.evidence.methods.verifier.reporting import (
    CUSTODY_BROKEN,
    PROOF_INVALID,
    REVOKED_CERT,
    STH_UNSIGNED,
    Broken,
    Record,
    Report,
)
from qiantang.commons.evidence.methods.verifier.signatures import signed_by
from qiantang.commons.evidence.methods.verifier.stamps import check_stamps
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.custody import ORIGIN, link
from qiantang.kernel.merkle import leaf_hash, verify_inclusion


def subject_of(evidence: Record) -> Record:
    """What the file must be: the entry of its batch, or the leaf itself."""
    found: Record = evidence["batch"]["entry"] if evidence["batch"] is not None else evidence["leaf"]
    return found


def key_introduction(key: Record) -> bytes:
    """What is signed to introduce a key: by the key before it, or by itself where it is the first."""
    return canonical_json({"follows": key["follows"], "public": key["public"], "since": key["since"]})


def known_keys(told: list[Record]) -> dict[str, Record]:
    """The history of the log's keys, each introduced by the one before.

    errors  Broken STH_UNSIGNED
    """
    known: dict[str, Record] = {}
    for key in told:
        if hashlib.sha256(bytes.fromhex(key["public"])).hexdigest()[:16] != key["id"]:
            raise Broken(STH_UNSIGNED, f"key {key['id']} is not the key of that name")
        by = known.get(key["follows"]) if key["follows"] else key
        if by is None or (known and not key["follows"]):
            raise Broken(STH_UNSIGNED, f"key {key['id']} follows a key that is not there")
        if not signed_by(by["public"], key_introduction(key), key["endorsement"]):
            raise Broken(STH_UNSIGNED, f"key {key['id']} was not introduced by the one before it")
        known[key["id"]] = key
    return known


class Proving:
    """The checks of one ``evidence.json`` but for the file itself."""

    def __init__(self, evidence: Record, report: Report) -> None:
        self.evidence, self.report = evidence, report
        self.keys: dict[str, Record] = {}
        self.stamped: str | None = None

    def run(
        self, *, root: bytes | None = None, log_key: str | None = None, headers: dict[int, bytes] | None = None
    ) -> None:
        """root: PEM that the reader trusts; log_key: a key of the log that the reader knows, hexadecimal;
        headers: of Bitcoin blocks by their height, which the reader got from a node.
        """
        report, evidence = self.report, self.evidence
        report.tried("keys", lambda: self._keys(log_key))
        earliest = check_stamps(evidence, report, root)
        if earliest is not None:
            self.stamped = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(earliest))
        report.tried("receipt", self._receipt)
        report.tried("inclusion", self._inclusion)
        report.tried("checkpoint", self._checkpoint)
        for one in evidence["witnesses"]:
            report.tried(f"witness {one['name']}", partial(self._witness, one))
        if evidence["batch"] is not None:
            report.tried("batch", self._batch)
        for one in evidence.get("anchors", []):
            report.tried("anchored checkpoint", partial(self._anchored, one))
        check_anchors(evidence, report, headers or {})
        report.tried("custody", self._custody)

    def _keys(self, log_key: str | None) -> str:
        self.keys = known_keys(self.evidence["keys"])
        publics = [key["public"] for key in self.keys.values()]
        if log_key is not None and log_key.lower() not in publics:
            raise Broken(STH_UNSIGNED, "the key you trust is none of this log's keys")
        return f"log key {publics[0]}" if publics else "no key"

    def _signed(self, what: str, key_id: str, message: bytes, signature: str) -> None:
        key = self.keys.get(key_id)
        if key is None or not signed_by(key["public"], message, signature):
            raise Broken(STH_UNSIGNED, f"{what} is not signed by a key of this log")
        revoked = key["revoked_at"]
        if revoked is not None and (self.stamped is None or revoked <= self.stamped):
            raise Broken(REVOKED_CERT, f"{what} was signed with a key that was revoked before it was stamped")

    def _receipt(self) -> str:
        leaf, receipt = self.evidence["leaf"], self.evidence["receipt"]
        self._signed("the receipt", receipt["key"], canonical_json(leaf), receipt["signature"])
        return f"deposit {leaf['number']}, {leaf['deposited_at']}"

    def _inclusion(self) -> str:
        body, proof = self.evidence["checkpoint"]["body"], self.evidence["proof"]
        held = verify_inclusion(
            leaf=leaf_hash(canonical_json(self.evidence["leaf"])),
            index=proof["index"],
            size=body["size"],
            path=[bytes.fromhex(one) for one in proof["path"]],
            root=bytes.fromhex(body["root"]),
        )
        if not held:
            raise Broken(PROOF_INVALID, "the deposit is not in the log of this checkpoint")
        return f"entry {proof['index'] + 1} of {body['size']}"

    def _checkpoint(self) -> str:
        checkpoint = self.evidence["checkpoint"]
        body = checkpoint["body"]
        self._signed("the checkpoint", body["key"], canonical_json(body), checkpoint["signature"])
        return f"{body['size']} entries, {body['at']}"

    def _anchored(self, anchor: Record) -> str:
        checkpoint = anchor["checkpoint"]
        body = checkpoint["body"]
        self._signed("the anchored checkpoint", body["key"], canonical_json(body), checkpoint["signature"])
        return f"{body['size']} entries, {body['at']}"

    def _witness(self, one: Record) -> str:
        if not signed_by(one["public"], canonical_json(self.evidence["checkpoint"]), one["signature"]):
            raise Broken(STH_UNSIGNED, "the witness did not sign this checkpoint")
        return "has seen this checkpoint"

    def _batch(self) -> str:
        batch, leaf = self.evidence["batch"], self.evidence["leaf"]
        held = verify_inclusion(
            leaf=leaf_hash(canonical_json(batch["entry"])),
            index=batch["index"],
            size=batch["size"],
            path=[bytes.fromhex(one) for one in batch["path"]],
            root=bytes.fromhex(leaf["batch"]),
        )
        if not held:
            raise Broken(PROOF_INVALID, "the file is not in its batch")
        return f"file {batch['index'] + 1} of {batch['size']}"

    def _custody(self) -> str:
        previous, leaf = ORIGIN, self.evidence["leaf"]
        for place, one in enumerate(self.evidence["custody"], start=1):
            line = one["line"]
            if line["seq"] != place or one["link"] != link(previous, canonical_json(line)):
                raise Broken(CUSTODY_BROKEN, f"the chain of custody breaks at line {place}")
            if line["object"] not in (None, leaf["sha256"]) or line["number"] != leaf["number"]:
                raise Broken(CUSTODY_BROKEN, f"line {place} of the chain of custody is about something else")
            previous = one["link"]
        return f"{len(self.evidence['custody'])} lines"
