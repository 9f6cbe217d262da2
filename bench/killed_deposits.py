"""Server and worker killed again and again while 1,000 deposits arrive: none is lost, each is stamped once.

Claim: every deposit whose number was told is there, the log has each once and in one unbroken row, and every checkpoint has
one stamp. Two processes stand for server and worker; each is killed with SIGKILL, whatever it is doing, and started anew.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta
from threading import Thread
from typing import Any

from django.utils import timezone
from harness import HOME, ROOT, asked, tell

from qiantang.cli.house import open_office
from qiantang.commons.evidence import api
from qiantang.commons.evidence.models import Checkpoint, Deposit, Stamp
from qiantang.kernel.actor import Actor
from qiantang.kernel.merkle import root_of

_HEAD = "import django, sys, time; django.setup()\nfrom qiantang.commons.evidence import api\nfrom qiantang.kernel.actor import Actor\n"
_SERVER = (
    _HEAD
    + """
import hashlib, itertools, os
for n in itertools.count():
    told = {name: hashlib.new(name, b"%d.%d" % (os.getpid(), n)).hexdigest() for name in ("sha256", "sm3")}
    print(api.deposit(actor=Actor.system("bench"), asked=api.Asked(name="object", digests=told, size_bytes=1)), flush=True)
"""
)
_WORKER = (
    _HEAD
    + """
while True:
    api.seal_and_stamp(actor=Actor.system("bench"))
    time.sleep(0.05)
"""
)


class Living:
    """A program that is started anew whenever it was killed."""

    def __init__(self, program: str) -> None:
        self.program, self.told, self.kills = program, list[str](), 0
        self.start()

    def start(self) -> None:
        environment = {**os.environ, "QIANTANG_HOME": str(HOME), "PYTHONPATH": os.pathsep.join(sys.path)}
        self.process = subprocess.Popen(
            [sys.executable, "-c", self.program], env=environment, stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        self.reader = Thread(target=self._read, args=(self.process,), daemon=True)
        self.reader.start()

    def _read(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self.told += [line.strip() for line in process.stdout if line.endswith("\n")]

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.reader.join()
        self.kills += 1


def run(count: int) -> dict[str, Any]:
    open_office()
    api.seal_and_stamp(actor=Actor.system("bench"))
    server, worker = Living(_SERVER), Living(_WORKER)
    chance = random.Random(7)  # noqa: S311 - when to kill is no secret
    while (there := Deposit.objects.count()) < count:
        while Deposit.objects.count() < there + min(40, count):  # a machine that is slow to start gets somewhere too
            time.sleep(0.05)
        time.sleep(chance.uniform(0, 0.5))
        for one in (server, worker):
            if chance.random() < 0.6:
                one.kill()
                one.start()
    server.kill()
    worker.kill()
    Stamp.objects.filter(stamped_at=None).update(leased_until=timezone.now() - timedelta(seconds=1))
    api.seal_and_stamp(actor=Actor.system("bench"))
    rows = list(Deposit.objects.order_by("leaf_index"))
    leaves = [bytes.fromhex(one.leaf_digest) for one in rows]
    checkpoints = list(Checkpoint.objects.all())
    return {
        "deposits": len(rows),
        "numbers_told": len(server.told),
        "kills_of_the_server": server.kills,
        "kills_of_the_worker": worker.kills,
        "told_and_lost": len(set(server.told) - {one.number for one in rows}),
        "out_of_place_in_the_log": sum(one.leaf_index != place for place, one in enumerate(rows)),
        "checkpoints": len(checkpoints),
        "checkpoints_with_another_root": sum(one.root != root_of(leaves[: one.size]).hex() for one in checkpoints),
        "stamps": Stamp.objects.filter(stamped_at__isnull=False).count(),
        "stamps_missing": Stamp.objects.filter(stamped_at=None).count(),
    }


def main() -> None:
    wanted = asked()
    result = run(wanted.size(1_000, 20))
    faults = ("told_and_lost", "out_of_place_in_the_log", "checkpoints_with_another_root", "stamps_missing")
    met = not any(result[name] for name in faults) and result["stamps"] == result["checkpoints"]
    tell("killed_deposits", wanted, result, met=met)


if __name__ == "__main__":
    main()
