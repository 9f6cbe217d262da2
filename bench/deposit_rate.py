"""Deposits a second, with and without the timestamp, beside the bare rate of signing and of the authority.

No claim: a deposit is a transaction with a receipt, a line of custody, an entry of the journal and an event. What this
tells is how much stamping adds (one stamp covers a whole checkpoint), and what appending and proving cost in a large log.
"""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from harness import asked, tell, timed

from qiantang.cli.house import open_office
from qiantang.commons.evidence import api
from qiantang.kernel import merkle
from qiantang.kernel.actor import Actor


def deposits(count: int, first: int) -> None:
    for n in range(first, first + count):
        told = {name: hashlib.new(name, b"%d" % n).hexdigest() for name in ("sha256", "sm3")}
        api.deposit(actor=Actor.system("bench"), asked=api.Asked(name=f"object {n}", digests=told, size_bytes=8))


def sealed_and_stamped() -> None:
    api.seal_and_stamp(actor=Actor.system("bench"))


def signatures(count: int) -> None:
    key = Ed25519PrivateKey.generate()
    for n in range(count):
        key.sign(b"%0400d" % n)


def proofs(size: int, count: int, nodes: dict[merkle.Place, bytes]) -> None:
    for n in range(count):
        merkle.proof(merkle.inclusion_spans(n * (size // count), size), nodes.__getitem__)


def run(count: int, leaves: int) -> dict[str, Any]:
    open_office()
    deposits(2, 0)
    sealed_and_stamped()
    received, _ = timed(deposits, count, 10)
    stamped, _ = timed(sealed_and_stamped)
    signed, _ = timed(signatures, count)
    hashes = [merkle.leaf_hash(b"%d" % n) for n in range(leaves)]
    appended, (_, nodes) = timed(merkle.Frontier().extended, hashes)
    proved, _ = timed(proofs, leaves, 1_000, nodes)
    return {
        "deposits": count,
        "received_a_second": round(count / received.cpu),
        "received_and_stamped_a_second": round(count / (received.cpu + stamped.cpu)),
        "bare_signatures_a_second": round(count / max(signed.cpu, 1e-6)),
        "leaves": leaves,
        "appended_a_second": round(leaves / appended.cpu),
        "proof_ms": round(proved.cpu, 4),
    }


def main() -> None:
    wanted = asked()
    result = run(wanted.size(2_000, 20), wanted.size(1_000_000, 5_000))
    print(f"a proof takes {result['proof_ms']} ms of {result['leaves']} leaves")
    tell("deposit_rate", wanted, result, met=result["proof_ms"] < 1)


if __name__ == "__main__":
    main()
