"""Quota, credit, appeals, agencies, near duplicates, statistics: with the worked numbers of the domain file."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.errors import Conflict, Invalid, Limited, NotPermitted
from qiantang.scenarios.preexam.methods import rates
from qiantang.scenarios.preexam.methods.alike import percent_alike, signature
from qiantang.scenarios.preexam.methods.quota import increment, quota_rule, yearly_quota
from qiantang.scenarios.preexam.methods.sampling import agreement, is_drawn
from qiantang.scenarios.preexam.models import CreditEntry, LookAlike, QuotaEntry
from qiantang.scenarios.preexam.selectors import agencies as listed
from qiantang.scenarios.preexam.selectors import credit as reads
from qiantang.scenarios.preexam.selectors.drafts import draft_row
from qiantang.scenarios.preexam.selectors.quotas import quota, quota_lines
from qiantang.scenarios.preexam.services import agencies, crediting, examining, intake, screening, spending

from .drafts import CLAIMS, FIXTURE
from .people import FIRM, House

KEY = b"k" * 32
RULE = quota_rule(2026)


@pytest.mark.feature("S1-04")
def test_the_quota_of_a_year_follows_from_what_passed_of_what_was_accepted():
    assert yearly_quota(RULE, passed=0, accepted=0) == 10  # a first year
    assert yearly_quota(RULE, passed=126, accepted=180) == 152  # 70.0 %: 120 % of 126, rounded up
    assert yearly_quota(RULE, passed=16, accepted=20) == 24  # 80 % to the dot
    assert yearly_quota(RULE, passed=10, accepted=20) == 10  # half to the dot
    assert yearly_quota(RULE, passed=9, accepted=20) == 5  # below half: halved (BR-5)
    assert yearly_quota(RULE, passed=0, accepted=20) == 3  # never below the floor
    assert increment(RULE, 5) == 3
    assert RULE.verified is False


@pytest.mark.feature("S1-22")
def test_the_rates_of_the_domain_file():
    assert rates.per_cent(rates.rate(180, 200)) == "90.0"
    assert rates.per_cent(rates.rate(126, 126 + 42)) == "75.0"
    assert rates.per_cent(rates.cycle_reduction(Fraction(20), Fraction(3))) == "85.0"
    assert Fraction(20) - Fraction(3) == 17
    assert rates.rate(0, 0) is None
    assert rates.per_cent(None) == ""
    assert rates.spread([]) is None
    found = rates.spread([1, 2, 3, 4, 5, 6, 7, 8, 9, 30])
    assert (found.mean, found.median, found.p90) == (Fraction(15, 2), Fraction(11, 2), 9)


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60))
def test_nine_of_ten_are_done_within_p90_and_no_day_less_would_do(days):
    found = rates.spread(days)
    assert 10 * sum(one <= found.p90 for one in days) >= 9 * len(days)
    assert 10 * sum(one < found.p90 for one in days) < 9 * len(days)


@pytest.mark.feature("S1-10")
def test_swapped_synonyms_and_changed_figures_stay_alike_and_other_claims_do_not():
    one = CLAIMS
    swapped = (
        CLAIMS.replace("壳体", "外壳").replace("转子", "转轮").replace("电机", "马达").replace("叶片", "桨叶")
        .replace("设有", "安装有").replace("驱动", "带动").replace("3 mm", "5 mm").replace("包括", "包含")
    )  # fmt: skip
    other = "1. 一种座椅,其特征在于,椅背铰接于椅座,椅座下方的弹簧支撑四条折叠腿。2. 根据权利要求1所述的座椅,其特征在于,折叠腿为铝合金。"
    mine = signature(one, KEY)
    assert percent_alike(mine, signature(swapped, KEY)) >= 60
    assert percent_alike(mine, signature(other, KEY)) < 30
    assert percent_alike(mine, signature(one, b"another key" + KEY[:16])) < 30  # who holds no key learns nothing
    assert (signature("1, 2.", KEY), percent_alike([], mine)) == ([], 0)


@pytest.mark.feature("S1-23")
def test_the_sample_has_its_share_and_is_the_same_each_time():
    drawn = [is_drawn(f"HZYS-2026-{number:06}", KEY, 10) for number in range(4000)]
    assert 320 < sum(drawn) < 480
    assert drawn[:50] == [is_drawn(f"HZYS-2026-{number:06}", KEY, 10) for number in range(50)]
    assert not any(is_drawn(str(one), KEY, 0) for one in range(50))
    assert all(is_drawn(str(one), KEY, 100) for one in range(50))
    assert agreement([True, False, None, True]) == (2, 3)


@pytest.fixture
def house(settings, tmp_path, db):
    settings.QIANTANG_HOME = tmp_path
    with translation.override("en"):
        yield House()


def accepted(house, **more):
    number = house.filled(**more)
    intake.submit_draft(actor=house.lin, number=number)
    examining.accept_draft(actor=house.gu, number=number)
    return number


@pytest.mark.feature("S1-04")
def test_a_use_is_a_line_and_an_increment_comes_once_and_only_when_the_quota_is_used(house):
    firm, year = house.lin.organisation_id, timezone.localdate().year
    accepted(house)
    assert (quota(firm, year).granted, quota(firm, year).left) == (10, 9)
    with pytest.raises(Conflict) as refused:
        spending.ask_increment(actor=house.lin, organisation_id=firm, why="more")
    assert (refused.value.code, refused.value.facts["left"]) == ("preexam.increment_too_early", 9)
    QuotaEntry.objects.filter(kind="grant").update(amount=1)
    number = house.filled()
    intake.submit_draft(actor=house.lin, number=number)  # a warning (EL-13) keeps nothing back
    with pytest.raises(Limited, match="quota_used"):
        examining.accept_draft(actor=house.gu, number=number)
    with pytest.raises(Conflict, match="increment_settled"):
        spending.settle_increment(actor=house.shen, organisation_id=firm, grant=True, why="x")
    spending.ask_increment(actor=house.lin, organisation_id=firm, why="more")
    assert spending.settle_increment(actor=house.shen, organisation_id=firm, grant=True, why="granted") == 1
    examining.accept_draft(actor=house.gu, number=number)
    with pytest.raises(Conflict, match="increment_once"):
        spending.ask_increment(actor=house.lin, organisation_id=firm, why="again")
    kinds = [(one.kind, one.amount) for one in quota_lines(house.lin, firm, year)]
    assert kinds == [("grant", 1), ("use", -1), ("increment", 0), ("increment_granted", 1), ("use", -1)]
    assert quota_lines(house.stranger, firm, year) == ()


@pytest.mark.feature("S1-18")
def test_the_ladder_from_a_reminder_to_a_cancellation_each_with_its_evidence(house, monkeypatch):
    firm = house.lin.organisation_id
    assert reads.proposed(house.shen, firm).measure == ""
    for measure in ("reminder", "warning"):
        crediting.note_breach(actor=house.shen, organisation_id=firm, rule="UC-1", evidence="案件与日期")
        assert reads.proposed(house.shen, firm).measure == measure
    counts = {"breaches": 0, "abnormal": 0, "agency_points": 0}
    for failed, rule, measure, months in (
        (5, "", "", 0),
        (6, "CR-3", "suspension", 6),
        (7, "CR-3", "suspension", 6),
        (8, "CR-4", "cancellation", 36),
    ):
        monkeypatch.setattr(reads, "year_counts", lambda *_, failed=failed: {**counts, "failed": failed, "closed": 10})
        found = reads.proposed(house.shen, firm)
        assert (found.rule, found.measure, found.months) == (rule, measure, months)
    monkeypatch.undo()
    for _ in range(2):
        crediting.note_breach(actor=house.shen, organisation_id=firm, rule="BR-6", evidence="认定通知书")
    assert reads.proposed(house.shen, firm).rule == "CR-5"
    with pytest.raises(Conflict, match="nothing_proposed"):
        crediting.take_measure(actor=house.shen, organisation_id=firm, rule="CR-1")
    key = crediting.take_measure(actor=house.shen, organisation_id=firm, rule="CR-5")
    line = CreditEntry.objects.get(pk=key)
    assert line.facts["abnormal"] == 2
    assert line.rules_version
    stands = reads.standing(firm, timezone.localdate())
    assert (stands.measure, stands.barred, stands.points) == ("cancellation", True, 14)
    assert stands.until.year == timezone.localdate().year + 3


@pytest.mark.feature("S1-18")
def test_an_appeal_is_decided_by_another_person_and_an_upheld_one_ends_what_followed(house):
    firm = house.lin.organisation_id
    with pytest.raises(Invalid, match="credit_evidence"):
        crediting.note_breach(actor=house.shen, organisation_id=firm, rule="BR-6", evidence=" ")
    with pytest.raises(NotPermitted, match="supervisor_only"):
        crediting.note_breach(actor=house.gu, organisation_id=firm, rule="BR-6", evidence="x")
    for _ in range(2):
        crediting.note_breach(actor=house.shen, organisation_id=firm, rule="BR-6", evidence="x")
    key = crediting.take_measure(actor=house.shen, organisation_id=firm, rule="CR-5")
    with pytest.raises(NotPermitted, match="mandate_missing"):
        crediting.file_appeal(actor=house.ma, entry_id=key, said="no")
    crediting.file_appeal(actor=house.lin, entry_id=key, said="认定已撤销")
    with pytest.raises(Conflict, match="appeal_closed"):
        crediting.file_appeal(actor=house.lin, entry_id=key, said="again")
    with pytest.raises(NotPermitted, match="appeal_own"):
        crediting.decide_appeal(actor=house.shen, entry_id=key, upheld=True, answer="yes")
    assert reads.standing(firm, timezone.localdate()).barred
    crediting.decide_appeal(actor=house.wu, entry_id=key, upheld=True, answer="认定已撤销")
    assert not reads.standing(firm, timezone.localdate()).barred
    assert reads.ledger(house.lin, firm)[0].pk == key  # it stays to be read
    first = CreditEntry.objects.order_by("pk").first()
    CreditEntry.objects.filter(pk=first.pk).update(since=timezone.localdate() - timedelta(days=31))
    with pytest.raises(Conflict, match="appeal_closed"):
        crediting.file_appeal(actor=house.lin, entry_id=first.pk, said="late")


@pytest.mark.feature("S1-02")
def test_a_list_is_taken_whole_or_not_at_all_and_holds_from_its_day(house):
    say = {"actor": house.shen, "source": "名单", "article": "第13条"}
    day = date(2026, 5, 1)
    for text in (
        "uscc;name\n",
        "uscc,name\n",
        f"uscc,name\n{FIRM},甲\n91330100MA27XQ7K1X,乙\n",
        f"uscc,name\n{FIRM},甲\n{FIRM},甲\n",
    ):
        with pytest.raises(Invalid, match=r"list_(damaged|empty)"):
            agencies.import_list(text=text, effective_date=day, **say)
    with pytest.raises(NotPermitted, match="supervisor_only"):
        agencies.import_list(**{**say, "actor": house.gu}, text="", effective_date=day)
    with pytest.raises(NotPermitted, match="agency_unlisted"):
        agencies.register_agency(actor=house.lin, attorneys=3, contact="马")
    assert agencies.import_list(text=f"\ufeffuscc,name,licence\n{FIRM},甲,33100\n", effective_date=day, **say) == 1
    with pytest.raises(Conflict, match="list_known"):
        agencies.import_list(text=f"uscc,name\n{FIRM},甲\n", effective_date=day, **say)
    assert (listed.listed_on(FIRM, date(2026, 4, 30)).since, listed.listed_on(FIRM, day).listed) == (None, True)
    agencies.register_agency(actor=house.lin, attorneys=3, contact="马")
    with pytest.raises(Conflict, match="agency_known"):
        agencies.register_agency(actor=house.lin, attorneys=3, contact="马")
    (shown,) = listed.registered_agencies(house.stranger)
    assert (shown.attorneys, shown.on_list.licence, shown.standing.barred) == (3, "33100", False)


@pytest.mark.feature("S1-10")
def test_a_draft_like_an_earlier_one_of_its_circle_is_shown_to_a_person_and_refuses_nothing(house):
    first = accepted(house)
    assert LookAlike.objects.count() == 0
    second = accepted(house, text=FIXTURE.replace("壳体", "外壳"))
    pair = LookAlike.objects.get()
    assert (pair.why, pair.percent >= 60, pair.harmless) == ("subject", True, None)
    examining.assign_draft(actor=house.shen, number=second, person_id=house.gu.person_id)
    with pytest.raises(NotPermitted, match="draft_closed_to_you"):
        screening.judge_look_alike(actor=house.he, number=second, older=first, harmless=True)
    screening.judge_look_alike(actor=house.gu, number=second, older=first, harmless=False)
    pair.refresh_from_db()
    assert (pair.harmless, pair.judged_by_id) == (False, house.gu.person_id)
    row, _card = draft_row(house.gu, second)
    assert screening.screen(actor=house.gu, row=row) == 1
    pair.refresh_from_db()
    assert pair.harmless is False  # a judgement is not overwritten by a new screen
