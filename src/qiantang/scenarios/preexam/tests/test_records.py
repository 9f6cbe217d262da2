"""A request that was disposed of: drafts and sealed words are gone, quota and outcome stay; the package opened them before."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from qiantang.commons.accounts.api import create_account
from qiantang.commons.casework import api as casework
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam.models import DefectItem, DraftRequest, QuotaEntry
from qiantang.scenarios.preexam.services import examining, intake
from qiantang.scenarios.preexam.types.drafts import NewItem

from .drafts import REPAIRED
from .people import House

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-18")]
SYSTEM = Actor.system("test")


def test_drafts_and_sealed_words_go_and_what_is_counted_stays(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.QIANTANG_HOME = tmp_path
    house = House()
    made = create_account(
        actor=SYSTEM, username="wei", display_name="Wei", password="a-long-password", roles=["supervisor"]
    )
    second = Actor(person_id=made.id, name="Wei", roles=frozenset({"supervisor"}))
    number = house.filled(text=REPAIRED)
    intake.submit_draft(actor=house.lin, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    examining.assign_draft(actor=house.shen, number=number, person_id=house.gu.person_id)
    examining.add_item(actor=house.gu, number=number, item=NewItem("claims", 1, None, "CL-14", "请写明数值"))
    row = DraftRequest.objects.get(case__number=number.replace("-", ""))
    type(row.case).objects.filter(pk=row.case_id).update(closed_at=timezone.now() - timedelta(days=11 * 366))
    before = sorted(QuotaEntry.objects.values_list("organisation", "year", "kind", "amount"))
    with zipfile.ZipFile(io.BytesIO(casework.records.make_package(actor=house.shen, number=number))) as held:
        assert "请写明数值" in held.read("records/preexam.DefectItem.json").decode()
        assert any("权利要求" in held.read(one).decode("utf-8", "ignore") for one in held.namelist() if "files/" in one)
    objects = [one for one in (tmp_path / "vault" / "objects").rglob("*") if one.is_file()]
    assert objects
    with django_capture_on_commit_callbacks(execute=True):
        casework.records.propose_due(actor=SYSTEM)
        casework.records.agree(actor=house.shen, number=number)
        casework.records.dispose(actor=second, number=number)
    gone = set(row.versions.values_list("sealed__token", flat=True))
    assert gone
    assert not [one for one in objects if one.name in gone and one.exists()]
    assert not row.versions.filter(sealed__erased_at__isnull=True).exists()
    assert DefectItem.objects.get(request=row).said == ""
    row.refresh_from_db()
    assert row.statements == {}
    assert sorted(QuotaEntry.objects.values_list("organisation", "year", "kind", "amount")) == before
