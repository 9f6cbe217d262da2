"""Processes that are killed while they deposit and while they stamp: nothing is lost, and each is stamped once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from qiantang.commons.evidence import api
from qiantang.commons.evidence.models import Checkpoint, CustodyLine, Deposit, Stamp
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.kernel.custody import first_broken
from qiantang.kernel.merkle import root_of
from tests.engines.stamp_office import stamp_office

DEPOSITING = """
import django, hashlib, itertools, time; django.setup()
from qiantang.commons.evidence import api
from qiantang.kernel.actor import Actor
for n in itertools.count():
    told = {name: hashlib.new(name, b"%d" % n).hexdigest() for name in ("sha256", "sm3")}
    asked = api.Asked(name=f"object {n}", digests=told, size_bytes=1)
    print(api.deposit(actor=Actor.system("test"), asked=asked), flush=True)
    time.sleep(0.03)
"""
WORKING = """
import django, time; django.setup()
from qiantang.commons.evidence import api
from qiantang.kernel.actor import Actor
while True:
    if api.seal_and_stamp(actor=Actor.system("test")) != (0, 0):
        print("worked", flush=True)
    time.sleep(0.02)
"""


def database_url():
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return (
        f"postgresql://{quote(told['USER'])}:{quote(told['PASSWORD'])}@/{quote(told['NAME'])}"
        f"?host={quote(told['HOST'] or 'localhost')}&port={told['PORT'] or 5432}"
    )


@contextmanager
def running(program, environment):
    """A process that is killed at the end, whatever it is doing; and what it has said so far."""
    process = subprocess.Popen([sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.said = process.stdout.read().split("\n")[:-1]
        process.stdout.close()
        process.wait()


@pytest.mark.feature("S7A-02")
@pytest.mark.feature("S7A-03")
@pytest.mark.django_db(transaction=True)
def test_who_is_killed_loses_nothing_and_nothing_is_stamped_twice(house, tmp_path):
    with stamp_office(tmp_path / "second") as office:
        roots = tmp_path / "second.pem"
        roots.write_bytes(office.keys.roots())
        url = f"{office.url}#ca={roots}&name=second"
        environment = {
            **os.environ,
            "QIANTANG_ENV": "dev",
            "DJANGO_SETTINGS_MODULE": "qiantang.config.settings.dev",
            "QIANTANG_HOME": str(house.QIANTANG_HOME),
            "QIANTANG_DATABASE_URL": database_url(),
            "QIANTANG_TSA_URL": url,
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        house.QIANTANG_HOME.mkdir(parents=True, exist_ok=True)
        with running(DEPOSITING, environment) as depositing:
            with running(WORKING, environment) as working:
                for _ in range(2):
                    assert working.stdout.readline()
            said = [depositing.stdout.readline().strip() for _ in range(10)]
        said += depositing.said
        options = {"name": "second", "url": office.url, "roots": roots, "timeout": 5}
        house.NOTARY_AUTHORITIES = (("qiantang.engines.notary.rfc3161.HttpAuthority", options),)
        # what was under way in the killed worker may be taken up by another two minutes later
        Stamp.objects.filter(stamped_at=None).update(leased_until=timezone.now() - timedelta(seconds=1))
        api.seal_and_stamp(actor=SYSTEM)
    rows = list(Deposit.objects.order_by("leaf_index"))
    assert set(said) <= {one.number for one in rows}
    assert [one.leaf_index for one in rows] == list(range(len(rows)))
    leaves = [bytes.fromhex(one.leaf_digest) for one in rows]
    for checkpoint in Checkpoint.objects.all():
        assert checkpoint.root == root_of(leaves[: checkpoint.size]).hex()
    assert api.log.log().size == len(rows)
    assert Stamp.objects.filter(response=None).count() == 0
    assert Stamp.objects.count() == Checkpoint.objects.count()  # one authority, one stamp each
    for one in rows:
        lines = CustodyLine.objects.filter(deposit=one).order_by("seq").values_list("text", "link")
        assert first_broken((text.encode(), link) for text, link in lines) is None
        assert len(lines) == 2
