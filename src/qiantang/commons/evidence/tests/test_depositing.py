"""Receiving: by digest or by file, receipts at once, batches, and who may see what."""

from __future__ import annotations

import io
import json
from hashlib import new, sha256

import pytest

from qiantang.commons.audit import api as audit
from qiantang.commons.evidence import api
from qiantang.commons.evidence.methods.records import deposit_number, masked, spelt_number
from qiantang.commons.evidence.methods.verifier.signatures import signed_by
from qiantang.commons.evidence.models import BatchFile, Deposit, LogKey
from qiantang.commons.evidence.services.custody import object_path
from qiantang.commons.evidence.services.depositing import deposit_journal_head
from qiantang.commons.evidence.tests.conftest import SYSTEM
from qiantang.commons.evidence.types import Stage
from qiantang.kernel.actor import Actor
from qiantang.kernel.canonical import canonical_json
from qiantang.kernel.errors import Invalid, NotFound, NotPermitted
from qiantang.kernel.merkle import leaf_hash, root_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]
CONTENT = b"a drawing"


def by_digest(**told):
    digests = {"sha256": sha256(CONTENT).hexdigest(), "sm3": new("sm3", CONTENT).hexdigest()}
    return api.Asked(**{"name": "drawing.png", "digests": digests, "size_bytes": len(CONTENT), **told})


@pytest.mark.feature("S7A-01")
def test_an_object_is_deposited_by_its_digests_and_stays_where_it_is(lin):
    number = api.deposit(actor=lin, asked=by_digest())
    told = api.deposit_told(lin, number)
    assert (told.sha256, told.stage, told.stored) == (sha256(CONTENT).hexdigest(), Stage.RECEIVED, False)
    assert not object_path(told.sha256).exists()


@pytest.mark.feature("S7A-07")
def test_the_receipt_is_signed_before_anything_is_stamped(lin):
    row = Deposit.objects.select_related("key").get(number=api.deposit(actor=lin, asked=by_digest()))
    assert signed_by(row.key.public, row.leaf.encode(), row.signature)
    leaf = json.loads(row.leaf)
    assert canonical_json(leaf).decode() == row.leaf
    assert leaf["depositor"] == "林**"  # what is handed on does not name the depositor
    assert len(leaf["salt"]) == 32


@pytest.mark.feature("S7A-01")
def test_the_digests_of_a_kept_file_are_computed_while_it_is_written(lin, keep):
    told = api.deposit_told(lin, keep(lin, CONTENT))
    assert (told.sha256, told.sm3) == (sha256(CONTENT).hexdigest(), new("sm3", CONTENT).hexdigest())
    assert object_path(told.sha256).read_bytes() == CONTENT


@pytest.mark.feature("S7A-01")
@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"digests": {"md5": "a" * 32}}, "notary.weak_digest"),
        ({"digests": {"sha256": "a" * 64}}, "notary.digest_missing"),
        ({"name": "  "}, "evidence.name_missing"),
        ({"size_bytes": 0}, "evidence.file_empty"),
    ],
)
def test_what_proves_nothing_is_refused(lin, told, code):
    with pytest.raises(Invalid) as refused:
        api.deposit(actor=lin, asked=by_digest(**told))
    assert refused.value.code == code
    assert not Deposit.objects.exists()


def test_an_empty_file_leaves_nothing_behind(lin, keep, house):
    with pytest.raises(Invalid, match=r"evidence\.file_empty"):
        keep(lin, b"")
    assert [one for one in (house.QIANTANG_HOME / "evidence").rglob("*") if one.is_file()] == []


def test_the_public_deposits_nothing_and_nobody_sees_what_is_others(lin):
    with pytest.raises(NotPermitted, match=r"evidence\.sign_in_first"):
        api.deposit(actor=Actor.public(), asked=by_digest())
    number = api.deposit(actor=lin, asked=by_digest())
    for stranger in (Actor.public(), Actor(person_id=(lin.person_id or 0) + 1, name="another")):
        with pytest.raises(NotFound, match=r"evidence\.unknown"):
            api.deposit_told(stranger, number)
    assert api.deposit_told(Actor(person_id=None, name="operator", roles=frozenset({"operator"})), number)


@pytest.mark.feature("S7A-14")
def test_a_batch_is_one_entry_with_one_root(lin):
    contents = {f"folder/{n}.txt": b"file %d" % n for n in range(5)}
    files = [(name, next(api_digests(content))) for name, content in contents.items()]
    number = api.deposit_batch(actor=lin, name="folder", files=files)
    row = Deposit.objects.get(number=number)
    entries = [
        {"name": name, "sha256": sha256(c).hexdigest(), "sm3": new("sm3", c).hexdigest(), "size": len(c)}
        for name, c in contents.items()
    ]
    root = root_of([leaf_hash(canonical_json(one)) for one in entries]).hex()
    assert json.loads(row.leaf)["batch"] == root
    assert json.loads(object_path(row.sha256).read_bytes()) == {"files": entries, "root": root}
    assert BatchFile.objects.filter(batch=row).count() == api.deposit_told(lin, number).files == 5
    (found,) = api.reads.public_by_digest(entries[3]["sha256"])
    assert found.number == number


def api_digests(content):
    from qiantang.engines.notary.port import digests_of

    yield digests_of([content])


def test_the_journal_is_deposited_once_a_day(lin):
    api.deposit(actor=lin, asked=by_digest())
    before = audit.head()
    number = deposit_journal_head(actor=SYSTEM)
    row = Deposit.objects.get(number=number)
    assert json.loads(object_path(row.sha256).read_bytes()) == {"sequence": before[0], "digest": before[1]}
    assert deposit_journal_head(actor=SYSTEM) is None


def test_keys_lie_in_the_home_for_nobody_else(lin, house):
    api.deposit(actor=lin, asked=by_digest())
    key = LogKey.objects.get()
    place = house.QIANTANG_HOME / "evidence" / "keys" / f"{key.key_id}.pem"
    assert place.stat().st_mode & 0o077 == 0


def test_numbers_are_read_as_people_write_them():
    number = deposit_number(
        __import__("datetime").datetime(2026, 11, 26, 23, tzinfo=__import__("datetime").UTC), 2**40 - 1
    )
    assert number == "EV-20261126-ZZZZZZZZ"
    assert spelt_number(" ev-20261126-0o1iL zzz") == "EV-20261126-00111ZZZ"


def test_names_are_masked():
    assert [masked(one) for one in ("林晓云", "A", "", "Chen Li")] == ["林**", "A*", "*", "C****"]


def test_a_file_too_large_is_refused_and_not_kept(lin, house):
    with pytest.raises(Invalid, match=r"evidence\.file_too_large"):
        api.custody.keep(io.BytesIO(b"x" * 100), most=99)
    assert [one for one in (house.QIANTANG_HOME / "evidence").rglob("*") if one.is_file()] == []
