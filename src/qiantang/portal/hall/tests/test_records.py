"""A matter that was disposed of: its answers, files and names are gone, the figures stay; the package held them before."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.methods.archive_package import checked
from qiantang.commons.documents import api as documents
from qiantang.kernel.errors import NotFound
from qiantang.portal.hall.models import Matter, MatterFile
from qiantang.portal.hall.services import handling

from .conftest import PDF, SYSTEM, handed_in, person

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-18")]


def ended(lin, officer, lead):
    number = handed_in(lin)
    handling.accept_matter(actor=officer, number=number)
    handling.decide_matter(actor=lead, number=number, action="complete", text="已备案")
    case = Matter.objects.get(case__number=number.replace("-", "")).case
    type(case).objects.filter(pk=case.pk).update(closed_at=timezone.now() - timedelta(days=11 * 366))
    return number


def test_a_matter_goes_with_its_files_unless_another_one_has_the_same(
    lin, officer, lead, hall, django_capture_on_commit_callbacks
):
    second = person("wei", "supervisor")
    first = ended(lin, officer, lead)
    handed_in(lin)  # with the same paper
    package = casework.records.make_package(actor=lead, number=first)
    assert all(one.passed for one in checked(io.BytesIO(package)))
    with zipfile.ZipFile(io.BytesIO(package)) as held:
        names = held.namelist()
        assert PDF in [held.read(one) for one in names if one.startswith("files/")]
        assert "林晓云" in held.read("records/hall.Matter.json").decode()
        assert [one for one in names if one.startswith("documents/")]
    folder = hall.QIANTANG_HOME / "hall" / "accepted"
    file = MatterFile.objects.get(matter__case__number=first.replace("-", ""))
    with django_capture_on_commit_callbacks(execute=True):
        casework.records.propose_due(actor=SYSTEM)
        casework.records.agree(actor=lead, number=first)
        gone = casework.records.dispose(actor=second, number=first)
    assert (folder / file.sha256).exists()  # the other matter still needs it
    assert gone["hall.Matter"] == 1
    row = Matter.objects.get(pk=file.matter_id)
    assert (row.answers, row.service) == ({}, "0202")
    file.refresh_from_db()
    assert (file.name, file.handed_in_by) == ("", None)
    (told, *_rest) = documents.documents_of_case(SYSTEM, first)
    assert told.recipient == ""
    assert documents.public_by_number(told.number).number == told.number
    with pytest.raises(NotFound, match=r"documents\.disposed"):
        documents.document_file(actor=SYSTEM, number=told.number, language="zh-hans")
    assert Matter.objects.filter(case__closed_at__isnull=False).count() == 1
    assert audit.verify() is None
