"""Lists of standards and court cases: brought in, read, named as reasons of key patents."""

from __future__ import annotations

import pytest

from qiantang.kernel.errors import Invalid, NotPermitted
from qiantang.scenarios.navigation.models import PatentMark
from qiantang.scenarios.navigation.selectors import dashboard
from qiantang.scenarios.navigation.selectors import editions as reads
from qiantang.scenarios.navigation.selectors.of_patent import of_patent
from qiantang.scenarios.navigation.services import editions, marks, projects
from qiantang.scenarios.navigation.types import MarkKind

from .conftest import PASSWORD
from .land import number
from .test_editions import compute, project  # noqa: F401 a project of the same shape

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S4-06")]
LIST = f"{number(12)}A, YD/T 3627-2019\n\n{number(14)}\tYD/T 3628-2019\tETSI list of 2024-05-01\n"


def test_a_patent_on_a_list_is_a_key_patent_for_that_reason(lin, project):  # noqa: F811 the fixture of the other file
    before = compute(lin, project)
    assert all("standard" in row["missing"] for row in reads.book(before, "").rows("key_patents"))
    assert marks.bring_marks(actor=lin, kind=MarkKind.STANDARD, text=LIST, source="SAC list of 2025-01-02") == 2
    marks.bring_marks(actor=lin, kind=MarkKind.LITIGATION, text=f"{number(16)}，（2021）浙01民初1号", source="court")
    row = compute(lin, project)
    rows = {one["id"]: one for one in dashboard.key_patent_rows(reads.book(row, ""))}
    (twelve,) = [one for one in rows.values() if one["references"] == ["YD/T 3627-2019"]]
    assert "standard" in twelve["reasons"]
    assert "standard" not in twelve["missing"]
    (sixteen,) = [one for one in rows.values() if one["references"] == ["（2021）浙01民初1号"]]
    assert "litigated" in sixteen["reasons"]
    assert reads.members(row, "", "marked.standard") == reads.members(row, "", "key.standard")
    assert (before.digest == row.digest, before.snapshot) == (False, row.snapshot)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "mark_most", None),
        (f"{number(12)}", "mark_line", 1),
        (f"{number(12)}, YD/T 1\nCN999999999A, YD/T 2", "mark_unknown", 2),
        (f"{number(12)}, a, b, c", "mark_line", 1),
    ],
)
def test_a_line_that_says_too_little_keeps_the_whole_list_out(lin, land, text, code, line):
    with pytest.raises(Invalid, match=code) as refused:
        marks.bring_marks(actor=lin, kind=MarkKind.STANDARD, text=text, source="list")
    assert refused.value.facts.get("line") == line
    assert not PatentMark.objects.exists()


def test_analysts_bring_lists_and_others_do_not(lin, shen, land, client):
    with pytest.raises(NotPermitted, match="analysts_only"):
        marks.bring_marks(actor=shen, kind=MarkKind.STANDARD, text=LIST, source="list")
    client.login(username="shen", password=PASSWORD)
    assert client.get("/navigation/marks").status_code == 403
    client.login(username="lin", password=PASSWORD)
    head = {"accept-language": "en"}
    told = {"kind": "standard", "lines": LIST, "source": ""}
    wrong = client.post("/navigation/marks", told, headers=head)
    assert wrong.status_code == 400
    assert "Line 1 needs" in wrong.content.decode()
    for _ in range(2):  # the same list again changes nothing
        assert client.post("/navigation/marks", told | {"source": "list"}, headers=head).status_code == 302
    assert PatentMark.objects.count() == 2
    page = client.get("/navigation/marks", headers={"accept-language": "zh-hans"}).content.decode()
    assert "YD/T 3628-2019" in page
    assert "ETSI list of 2024-05-01" in page
    one = PatentMark.objects.first()
    assert client.post(f"/navigation/marks/{one.pk}/remove").status_code == 302
    assert PatentMark.objects.count() == 1


@pytest.mark.feature("S4-21")
def test_what_was_said_when_an_edition_was_published_stays(lin, project):  # noqa: F811 the fixture of the other file
    row = compute(lin, project)
    projects.write_text(actor=lin, key=project, section="summary", text="当时的判断")
    editions.publish_edition(actor=lin, key=row.pk)
    projects.write_text(actor=lin, key=project, section="summary", text="后来的判断")
    row.refresh_from_db()
    assert dashboard.texts(row)["summary"].text == "当时的判断"
    newer = compute(lin, project)
    assert dashboard.texts(newer)["summary"].text == "后来的判断"


@pytest.mark.feature("S3-22")
def test_the_page_of_a_patent_tells_standards_cases_and_the_reports_that_count_it(lin, project, client):  # noqa: F811 the fixture of the other file
    page = f"/patents/{number(12)}A"

    def told(language="en"):
        return client.get(page, follow=True, headers={"accept-language": language}).content.decode()

    assert "No standard and no court case is noted" in told()
    marks.bring_marks(actor=lin, kind=MarkKind.STANDARD, text=LIST, source="SAC list of 2025-01-02")
    marks.bring_marks(actor=lin, kind=MarkKind.LITIGATION, text=f"{number(12)}，（2021）浙01民初1号", source="court")
    row = compute(lin, project)
    (patent_id,) = PatentMark.objects.filter(kind=MarkKind.LITIGATION).values_list("patent_id", flat=True)
    assert patent_id in reads.members(row, "", "total")
    assert of_patent(patent_id).reports == ()  # nobody outside the team knows of it before it is published
    assert "No published industry report counts this patent" in told()
    editions.publish_edition(actor=lin, key=row.pk)
    notes = of_patent(patent_id)
    assert [(one.kind, one.reference) for one in notes.marks] == [
        ("litigation", "（2021）浙01民初1号"),
        ("standard", "YD/T 3627-2019"),
    ]
    (report,) = notes.reports
    holding = {code for code in reads.node_rows(row) if code and patent_id in reads.members(row, code, "total")}
    deepest = {code for code in holding if not any(other.startswith(f"{code}.") for other in holding)}
    assert {one.url.partition("node=")[2] for one in report.places} == deepest != set()
    for language, word in (("en", "A court decided about it"), ("zh-hans", "标准、诉讼与产业导航报告")):
        content = told(language)
        assert word in content
        assert "（2021）浙01民初1号" in content
        assert "SAC list of 2025-01-02" in content
        assert f'href="{report.url}"' in content
        assert all(client.get(one.url).status_code == 200 for one in report.places)
    outside = of_patent("CN199990001")
    assert (outside.marks, outside.reports) == ((), ())
