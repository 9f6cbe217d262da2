"""Geographical indications: codes never pass the ceiling, are neither guessed nor tried out, say what they do not prove, and fakes become clues."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qiantang.commons.audit import api as audit
from qiantang.commons.rulebook.models import ParameterValue
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, Limited, NotFound, NotPermitted
from qiantang.scenarios.protection.methods.origin import (
    CODE_LENGTH,
    ceiling_grams,
    code_digest,
    new_code,
    packages_left,
    spelled,
)
from qiantang.scenarios.protection.models import Dispute, FakeReport, Indication, OriginCode, PlotYear
from qiantang.scenarios.protection.selectors.origin import fake_rows, indication_shown
from qiantang.scenarios.protection.services.origin import checking, issuing, keeping
from qiantang.scenarios.protection.tests.enforcers import SYSTEM, mandate, uscc
from qiantang.scenarios.protection.tests.people import person

pytestmark = [pytest.mark.feature("S7B-15")]
ANYBODY = Actor.public()


@pytest.fixture
def cast(db):
    people = {
        name: person(name, *roles)
        for name, *roles in (("tan",), ("lin",), ("gu", "case_officer"), ("shen", "supervisor"), ("au", "auditor"))
    }
    today = timezone.localdate()
    key = keeping.add_indication(
        actor=people["shen"],
        name="西湖龙井",
        product="茶叶",
        source="名录",
        number="GI-1",
        keeper_uscc=uscc(7),
        keeper_name="龙井茶协会",
    )
    mandate(people["tan"], person("opk", "operator"), Indication.objects.get().keeper_id, "protection.origin")
    tan = people["tan"]
    keeping.enter_rate(actor=tan, key=key, from_year=today.year - 1, grams_per_mu=10_000, source="协会公告")
    told = {"actor": tan, "key": key, "valid_from": today, "valid_until": today + timedelta(days=400)}
    users = [keeping.authorise_user(name=name, number=name, **told) for name in ("梅家坞合作社", "翁家山茶厂")]
    people |= {"key": key, "users": users, "year": today.year}
    people["plot"] = plot(people, "MJW-1")
    with translation.override("en"):
        yield people


def plot(cast, number, area="2.50"):
    told = {"district": "330106", "village": "梅家坞", "source": "台账", "user": cast["users"][0]}
    return keeping.add_plot(actor=cast["tan"], key=cast["key"], number=number, area_mu=Decimal(area), **told)


def issued(cast, packages=1, grams=250, **more):
    told = {"actor": cast["tan"], "key": cast["key"], "plot": cast["plot"], "year": cast["year"], **more}
    return issuing.issue_codes(packages=packages, package_grams=grams, **told)


def checked(code, address="198.51.100.7"):
    return checking.check_code(actor=ANYBODY, code=code, address=address)


def test_codes_are_issued_up_to_the_ceiling_and_no_further(cast):
    assert len(issued(cast, 99)) == 99
    with pytest.raises(Conflict, match="ceiling") as refused:
        issued(cast, 2)
    assert refused.value.facts["left"] == 1  # 2.50 mu × 10 kg = 25 kg = 100 packages of 250 g
    assert len(issued(cast)) == 1
    with pytest.raises(Conflict, match="ceiling"):
        issued(cast, 1, 1)
    row = PlotYear.objects.get()
    assert (row.ceiling_grams, row.issued_grams) == (25_000, 25_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlotYear.objects.update(issued_grams=25_001)
    assert issued(cast, 1, year=cast["year"] - 1)  # another harvest has a ceiling of its own
    shown = indication_shown(ANYBODY, cast["key"])
    assert [(one["year"], one["issued_kg"], one["packages"]) for one in shown["years"]] == [
        (cast["year"], 25.0, 100), (cast["year"] - 1, 0.25, 1)]  # fmt: skip
    assert "plots" not in shown  # plots and batches are for the keeper and the auditor
    assert "plots" in indication_shown(cast["au"], cast["key"])


_ORDERS = st.lists(st.tuples(st.integers(1, 40), st.sampled_from([1, 50, 100, 250, 999])), min_size=1, max_size=6)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(orders=_ORDERS, area=st.integers(1, 60))
def test_whatever_the_order_codes_never_exceed_the_ceiling(cast, orders, area):
    """And what fits is issued: a batch is refused only where it would pass the ceiling."""
    place = plot(
        cast, f"P{OriginCode.objects.count()}-{PlotYear.objects.count()}-{new_code()}", str(Decimal(area) / 100)
    )
    ceiling, total = area * 100, 0
    for packages, grams in orders:
        fits = total + packages * grams <= ceiling
        try:
            issued(cast, packages, grams, plot=place)
        except Conflict:
            assert not fits
        else:
            assert fits
            total += packages * grams
    row = PlotYear.objects.filter(plot_id=place).first()
    assert (row.issued_grams if row else 0) == total <= ceiling
    weights = OriginCode.objects.filter(batch__plot_year__plot_id=place).values_list("batch__package_grams", flat=True)
    assert sum(weights) == total


@given(st.decimals("0.01", "9999", places=2), st.integers(1, 10**6), st.integers(0, 10**9), st.integers(1, 50_000))
def test_what_is_left_fits_and_one_more_does_not(area, rate, taken, grams):
    ceiling = ceiling_grams(area, rate)
    left = packages_left(ceiling, taken, grams)
    assert ceiling <= area * rate
    if left:
        assert taken + left * grams <= ceiling < taken + (left + 1) * grams


def test_codes_are_drawn_at_random_and_kept_as_digests_alone(cast):
    codes = issued(cast, 50)
    assert len({one.replace("-", "") for one in codes}) == 50
    assert all(len(one.replace("-", "")) == CODE_LENGTH for one in codes)
    assert code_digest(codes[0].lower().replace("-", " ")) == code_digest(codes[0])
    assert code_digest(codes[0][:-1]) is None
    kept = set(OriginCode.objects.values_list("digest", flat=True))
    assert kept == {code_digest(one) for one in codes}
    assert spelled("ABCDEFGH") == "ABCD-EFGH"


def test_a_first_look_a_second_and_a_possible_copy(cast):
    (code,) = issued(cast)
    first = checked(code)
    assert (first.indication.name, first.user, first.plot, first.year, first.package_grams) == (
        "西湖龙井", "梅家坞合作社", "MJW-1", cast["year"], 250)  # fmt: skip
    assert (first.before, first.first_at, first.copied, first.voided) == (0, None, False, False)
    again = checked(code.lower())
    assert (again.before, again.copied) == (1, False)
    assert again.first_at is not None
    checked(code)
    assert checked(code).copied  # the fourth look: more than three are told as a possible copy
    assert indication_shown(cast["tan"], cast["key"])["flagged_n"] == 1


def test_codes_are_not_tried_out(cast):
    ParameterValue.objects.create(
        rule_set="protection.marks", key="checks_an_hour", value=5, valid_from=timezone.localdate(), source="x", entered_at=timezone.now(),
    )  # fmt: skip
    (code,) = issued(cast)
    for wrong in (new_code(), new_code(), "short", ""):
        with pytest.raises(NotFound, match="origin_unknown"):  # the same for a wrong code and for what is none
            checked(wrong, "2001:db8:1:2::1")
    assert checked(code, "2001:db8:1:2::2")
    with pytest.raises(Limited, match="throttled"):
        checked(code, "2001:db8:1:2:ffff::3")  # the right one too: the door is closed for this network
    assert checked(code, "198.51.100.9")


def test_a_void_batch_and_an_ended_authorisation_are_told(cast):
    (code,) = issued(cast)
    keeping.revoke_user(actor=cast["tan"], key=cast["key"], user=cast["users"][0], reason="转产")
    assert checked(code).user_ended == timezone.localdate()
    with pytest.raises(Conflict, match="plot_nobody"):
        issued(cast)
    batch = OriginCode.objects.get().batch_id
    with pytest.raises(Invalid):
        issuing.void_batch(actor=cast["tan"], key=cast["key"], batch=batch, reason=" ")
    issuing.void_batch(actor=cast["tan"], key=cast["key"], batch=batch, reason="标签被盗")
    assert checked(code).voided
    assert PlotYear.objects.get().issued_grams == 250  # the labels may be about


def test_a_plot_goes_to_another_user_with_its_ceiling(cast):
    issued(cast, 60)
    told = {"actor": cast["tan"], "key": cast["key"], "plot": cast["plot"], "user": cast["users"][1]}
    with pytest.raises(Invalid):
        keeping.hand_over(day=timezone.localdate(), **told)  # not on the day of the holding before
    holding = Indication.objects.get().plots.get().holdings.get()
    holding.since -= timedelta(days=9)
    holding.save()
    keeping.hand_over(day=timezone.localdate(), **told)
    (code, *_rest) = issued(cast, 40)
    assert checked(code).user == "翁家山茶厂"
    with pytest.raises(Conflict, match="ceiling"):
        issued(cast)


def test_who_keeps_and_what_a_year_keeps(cast):
    for actor in ("lin", "au"):
        with pytest.raises(NotPermitted, match="keeper_only"):
            issued(cast, actor=cast[actor])
    with pytest.raises(NotPermitted, match="office_only"):
        keeping.add_indication(actor=cast["tan"], name="x", product="x", source="x")
    with pytest.raises(Conflict, match="indication_known"):
        keeping.add_indication(actor=cast["gu"], name="西湖龙井", product="x", source="x")
    with pytest.raises(Conflict, match="origin_known"):
        plot(cast, "MJW-1")
    issued(cast)
    with pytest.raises(Conflict, match="rate_used"):
        keeping.enter_rate(actor=cast["tan"], key=cast["key"], from_year=cast["year"], grams_per_mu=99, source="x")
    with pytest.raises(Invalid, match="origin_year"):
        issued(cast, year=cast["year"] + 1)
    with pytest.raises(Invalid, match="packages"):
        issued(cast, 20_001)
    verbs = [one.verb for one in audit.entries(SYSTEM, subject=f"indication:{cast['key']}")]
    assert {"protection.origin.add", "protection.origin.plot", "protection.origin.issue"} <= set(verbs)


def reported(cast, **more):
    told = {
        "place": "某茶叶市场",
        "description": "专用标志颜色不符",
        "indication": cast["key"],
        "address": "198.51.100.8",
        **more,
    }
    return checking.report_fake(actor=ANYBODY, **told)


def test_a_report_becomes_a_clue_with_its_facts_and_its_contact_is_wiped(cast):
    (code,) = issued(cast)
    key = reported(cast, code=code, seller="某茶行", contact="138")
    with pytest.raises(NotPermitted, match="office_only"):
        checking.make_clue(actor=cast["tan"], key=key)
    Indication.objects.update(synthetic=True)
    number = checking.make_clue(actor=cast["gu"], key=key)
    row = FakeReport.objects.get()
    assert (row.clue, row.contact, row.code.place) == (number, "", 1)
    dispute = Dispute.objects.get()
    assert (dispute.told["respondent"], dispute.told["matter"], dispute.synthetic) == ("某茶行", "gi_misuse", True)
    assert "138" in dispute.told["description"]
    with pytest.raises(NotFound, match="fake_unknown"):
        checking.close_report(actor=cast["gu"], key=key, reason="x")
    other = reported(cast)
    with pytest.raises(Invalid, match="fake_reason"):
        checking.close_report(actor=cast["gu"], key=other, reason="")
    checking.close_report(actor=cast["gu"], key=other, reason="无法核实")
    shown = fake_rows(cast["au"])
    assert (shown["open_n"], shown["clues_n"], len(shown["rows"])) == (0, 1, 2)
    assert fake_rows(cast["lin"])["rows"] == []
    for _again in range(3):
        reported(cast)
    with pytest.raises(Limited):
        reported(cast)


def test_the_published_campaign_stands_beside_what_is_counted_here(cast):
    campaign = indication_shown(ANYBODY, cast["key"])["campaign"]
    assert [value for _word, value in campaign["figures"]][:2] == ["49", "440,000"]
    assert "White paper" in campaign["source"]


def test_keeper_and_public_on_the_pages(cast, client):
    client.cookies["qiantang_language"] = "en"
    client.force_login(get_user_model().objects.get(pk=cast["tan"].person_id))
    page = f"/protection/indications/{cast['key']}"
    told = {"do": "issue", "plot": cast["plot"], "year": cast["year"], "package_grams": 250, "packages": 3}
    rows = list(csv.DictReader(io.StringIO(client.post(page, told).content.decode("utf-8-sig"))))
    assert len(rows) == 3
    assert client.post(page, {**told, "packages": 500}).status_code == 422
    rate = {"do": "rate", "from_year": cast["year"] + 1, "kg_per_mu": "12.5", "source": "公告"}
    assert client.post(page, rate).status_code == 302
    assert "12,500 g" in client.get(page).content.decode()
    client.logout()
    client.cookies["qiantang_language"] = "en"
    assert "Void these codes" not in client.get(page).content.decode()
    code = rows[0]["code"]
    assert code in client.get(f"/protection/origin?code={code}").content.decode()
    assert OriginCode.objects.get(place=1).scans == 0  # an address alone counts no look
    assert "this is the first look" in client.post("/protection/origin", {"code": code}).content.decode()
    shown = client.post("/protection/origin", {"code": code}).content.decode()
    assert "looked at 1 times before" in shown
    assert "a code can be copied" in shown
    wrong = client.post("/protection/origin", {"code": "ABCD"})
    assert (wrong.status_code, "not issued here" in wrong.content.decode()) == (404, True)
    fake = {"indication": cast["key"], "place": "市场", "description": "x"}
    assert "Number of the report" in client.post("/protection/fakes", fake).content.decode()
    key = FakeReport.objects.get().pk
    assert client.post("/protection/fakes", {"do": "clue", "key": key}).status_code == 422
    client.force_login(get_user_model().objects.get(pk=cast["gu"].person_id))
    assert (
        client.post("/protection/fakes", {"do": "clue", "key": key})
        .headers["Location"]
        .startswith("/protection/matters/")
    )
