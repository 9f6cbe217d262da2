"""Status as of a day: what a history of events means, and what it means earlier and later."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.kernel.legalstatus import (
    Basis,
    Bucket,
    EventKind,
    Flag,
    LegalEvent,
    Status,
    bucket,
    status_asof,
)
from qiantang.kernel.legalstatus.annuities import FeeSchedule

pytestmark = pytest.mark.feature("S3-07")

FILED = date(2015, 3, 10)
PUBLISHED, EXAMINED, GRANTED = date(2015, 8, 1), date(2015, 9, 1), date(2018, 6, 15)
K = EventKind


def on(kind, *day, gazette=None, days=None):
    effective = date(*day) if day else None
    return LegalEvent(kind, effective, date(*gazette) if gazette else effective, "", None, days)


LIFE = (on(K.PUBLICATION, 2015, 8, 1), on(K.EXAMINATION, 2015, 9, 1), on(K.GRANT, 2018, 6, 15))


def status(events, *day, basis=Basis.EFFECT, patent_type="invention", filing_date=FILED, **more):
    return status_asof(
        patent_type=patent_type, filing_date=filing_date, events=events, day=date(*day), basis=basis, **more
    )


@pytest.mark.parametrize(
    ("day", "value", "since"),
    [
        ((2015, 3, 9), Status.UNKNOWN, None),
        ((2015, 3, 10), Status.FILED, FILED),
        ((2015, 8, 1), Status.PUBLISHED, PUBLISHED),
        ((2015, 9, 1), Status.IN_EXAMINATION, EXAMINED),
        ((2018, 6, 14), Status.IN_EXAMINATION, EXAMINED),
        ((2018, 6, 15), Status.GRANTED, GRANTED),
        ((2035, 3, 9), Status.GRANTED, GRANTED),
        ((2035, 3, 10), Status.EXPIRED, date(2035, 3, 10)),
    ],
)
def test_a_life_without_accidents(day, value, since):
    found = status(LIFE, *day)
    assert (found.value, found.since) == (value, since)
    assert found.findings == ()


def test_a_granted_patent_tells_when_it_ends_and_why_we_think_so():
    found = status(LIFE, 2020, 1, 1)
    assert found.expiry == date(2035, 3, 10)
    assert found.because == LIFE[2]
    assert found.last_evidence == GRANTED
    assert status(LIFE, 2016, 1, 1).expiry is None


LAPSE = on(K.FEE_LAPSE, 2019, 3, 10, gazette=(2019, 11, 1))


def test_a_lapse_counts_from_its_effect_or_from_its_announcement():
    events = (*LIFE, LAPSE)
    assert status(events, 2019, 6, 30).value is Status.LAPSED_FEE
    assert status(events, 2019, 6, 30).since == date(2019, 3, 10)
    assert status(events, 2019, 6, 30, basis=Basis.GAZETTE).value is Status.GRANTED
    assert status(events, 2019, 11, 1, basis=Basis.GAZETTE).value is Status.LAPSED_FEE
    assert status(events, 2019, 3, 9).value is Status.GRANTED


def test_a_lapse_that_does_not_say_when_means_the_unpaid_due_day():
    events = (*LIFE, on(K.FEE_LAPSE, gazette=(2019, 11, 1)))
    assert status(events, 2019, 6, 30).since == date(2019, 3, 10)
    # the grace for 2019-03-10 runs to 2019-09-10: a lapse announced before that means the year before
    early = (*LIFE, on(K.FEE_LAPSE, gazette=(2019, 8, 1)))
    assert status(early, 2019, 9, 1).since == date(2018, 3, 10)
    assert status(events, 2020, 1, 1, filing_date=None).since == date(2019, 11, 1)


def test_restoration_brings_back_what_stood_before():
    events = (*LIFE, on(K.PARTIALLY_INVALIDATED, 2019, 1, 5), LAPSE, on(K.RESTORED, 2020, 2, 1))
    assert status(events, 2019, 12, 1).value is Status.LAPSED_FEE
    found = status(events, 2020, 2, 1)
    assert (found.value, found.since) == (Status.PARTIALLY_INVALIDATED, date(2020, 2, 1))
    application = (LIFE[0], on(K.DEEMED_WITHDRAWAL, 2017, 1, 1), on(K.RESTORED, 2017, 5, 1))
    assert status(application, 2017, 3, 1).value is Status.DEEMED_WITHDRAWN
    assert status(application, 2017, 6, 1).value is Status.PUBLISHED


def test_total_invalidation_dominates_everything():
    events = (*LIFE, on(K.INVALIDATED, 2019, 5, 1), LAPSE, on(K.RESTORED, 2020, 2, 1))
    for day in ((2019, 5, 1), (2021, 1, 1), (2040, 1, 1)):
        found = status(events, *day)
        assert (found.value, found.since) == (Status.INVALIDATED, date(2019, 5, 1))


def test_a_partial_invalidation_leaves_the_patent_in_force_to_its_end():
    events = (*LIFE, on(K.PARTIALLY_INVALIDATED, 2019, 5, 1))
    assert bucket(status(events, 2020, 1, 1).value) is Bucket.IN_FORCE
    assert status(events, 2035, 3, 10).value is Status.EXPIRED


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (K.REFUSAL, Status.REFUSED),
        (K.WITHDRAWAL, Status.WITHDRAWN),
        (K.DEEMED_WITHDRAWAL, Status.DEEMED_WITHDRAWN),
        (K.DEEMED_ABANDONED, Status.DEEMED_ABANDONED_GRANT),
    ],
)
def test_applications_that_come_to_nothing(kind, value):
    found = status((*LIFE[:2], on(kind, 2017, 4, 1)), 2018, 1, 1)
    assert (found.value, found.since, found.expiry) == (value, date(2017, 4, 1), None)
    assert bucket(found.value) is Bucket.DEAD


def test_a_refusal_under_reexamination_is_pending():
    events = (*LIFE[:2], on(K.REFUSAL, 2017, 4, 1), on(K.REEXAMINATION, 2017, 6, 1), on(K.EXAMINATION, 2018, 1, 1))
    assert status(events, 2017, 5, 1).value is Status.REFUSED
    assert status(events, 2017, 6, 1).value is Status.REFUSED_PENDING_REEXAM
    assert status(events, 2018, 1, 1).value is Status.IN_EXAMINATION
    assert status((*events, LIFE[2]), 2018, 7, 1)[:2] == (Status.GRANTED, GRANTED)
    assert status((*events, LIFE[2]), 2018, 7, 1).findings == ()


def test_a_utility_model_is_given_up_for_its_twin_on_the_grant_of_the_invention():
    events = (on(K.GRANT, 2016, 1, 6), on(K.ABANDONED, 2018, 6, 15, gazette=(2018, 6, 19)))
    assert status(events, 2018, 6, 14, patent_type="utility_model").value is Status.GRANTED
    assert status(events, 2018, 6, 15, patent_type="utility_model").value is Status.ABANDONED


def test_compensation_moves_the_end():
    events = (
        on(K.PUBLICATION, 2020, 7, 15),
        on(K.GRANT, 2024, 12, 10),
        on(K.TERM_ADJUSTED, 2025, 6, 1, days=515),
    )
    filed = date(2019, 1, 15)
    assert status(events, 2025, 5, 31, filing_date=filed).expiry == date(2039, 1, 15)
    assert status(events, 2025, 6, 1, filing_date=filed).expiry == date(2040, 6, 13)
    assert status(events, 2040, 6, 12, filing_date=filed).value is Status.GRANTED
    assert status(events, 2040, 6, 13, filing_date=filed).value is Status.EXPIRED


def test_an_expiry_announced_late_still_dates_from_the_end_of_the_term():
    found = status((*LIFE, on(K.EXPIRY, gazette=(2035, 5, 1))), 2036, 1, 1)
    assert (found.value, found.since) == (Status.EXPIRED, date(2035, 3, 10))


SCHEDULE = FeeSchedule({}, Decimal(1000), 85, 70, 10, processing_allowance_months=3)


def test_a_lapse_is_presumed_only_where_payments_are_known():
    paid = {"paid_through": date(2020, 3, 10), "fees": SCHEDULE}
    assert status(LIFE, 2020, 12, 10, **paid).value is Status.GRANTED
    found = status(LIFE, 2020, 12, 11, **paid)
    assert (found.value, found.since, found.because) == (Status.PRESUMED_LAPSED, date(2020, 3, 10), None)
    assert bucket(found.value) is Bucket.UNKNOWN
    assert status(LIFE, 2020, 12, 11).value is Status.GRANTED
    assert status(LIFE, 2020, 12, 11, paid_through=date(2020, 3, 10)).value is Status.GRANTED
    assert status(LIFE, 2020, 12, 11, basis=Basis.GAZETTE, **paid).value is Status.GRANTED
    assert status((*LIFE, LAPSE), 2020, 12, 11, **paid).value is Status.LAPSED_FEE


def test_unknown_is_an_answer():
    assert status((), 2020, 1, 1, filing_date=None) == (Status.UNKNOWN, None, None, frozenset(), None, None, ())
    assert status((), 2020, 1, 1).value is Status.FILED
    # a recorded pledge proves that there was more, but not what
    assert status((on(K.PLEDGE_ON, 2019, 1, 1),), 2020, 1, 1).value is Status.UNKNOWN
    undated = status((LegalEvent(K.GRANT),), 2020, 1, 1)
    assert (undated.value, undated.findings) == (Status.UNKNOWN, ("event_undated",))


def test_outside_china_only_inventions_have_a_term_here():
    grant = (on(K.GRANT, 2018, 6, 15),)
    assert status(grant, 2020, 1, 1, office="US", patent_type="design").expiry is None
    assert status(grant, 2050, 1, 1, office="US", patent_type="design").value is Status.GRANTED
    assert status(grant, 2020, 1, 1, office="US").expiry == date(2035, 3, 10)


# --- flags -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("begins", "ends", "flag"),
    [
        (K.LICENCE_ON, K.LICENCE_OFF, Flag.LICENSED),
        (K.PLEDGE_ON, K.PLEDGE_OFF, Flag.PLEDGED),
        (K.PRESERVATION_ON, K.PRESERVATION_OFF, Flag.PRESERVED),
        (K.SUSPENSION_ON, K.SUSPENSION_OFF, Flag.SUSPENDED),
        (K.OPEN_LICENCE_ON, K.OPEN_LICENCE_OFF, Flag.OPEN_LICENCE),
    ],
)
def test_flags_stand_between_their_events_and_do_not_change_the_status(begins, ends, flag):
    events = (*LIFE, on(begins, 2019, 5, 1), on(ends, 2020, 5, 1))
    assert status(events, 2019, 4, 30).flags == frozenset()
    assert status(events, 2019, 5, 1)[:4] == (Status.GRANTED, GRANTED, date(2035, 3, 10), {flag})
    assert status(events, 2020, 5, 1).flags == frozenset()


def test_of_two_licences_one_cancelled_leaves_one():
    events = (*LIFE, on(K.LICENCE_ON, 2019, 1, 1), on(K.LICENCE_ON, 2019, 2, 1), on(K.LICENCE_OFF, 2019, 3, 1))
    assert status(events, 2019, 4, 1).flags == {Flag.LICENSED}


def test_a_pledge_renewed_on_one_day_stands_and_a_dead_right_carries_nothing():
    events = (*LIFE, on(K.PLEDGE_ON, 2018, 9, 1), on(K.PLEDGE_OFF, 2019, 1, 1), on(K.PLEDGE_ON, 2019, 1, 1))
    assert status(events, 2019, 1, 1).flags == {Flag.PLEDGED}
    dead = (*events, LAPSE)
    assert status(dead, 2019, 12, 1).flags == frozenset()
    assert status((*dead, on(K.RESTORED, 2020, 1, 1)), 2020, 2, 1).flags == {Flag.PLEDGED}


# --- what cannot be right -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "finding", "value"),
    [
        ((LIFE[2], on(K.PUBLICATION, 2018, 7, 1)), "grant_before_publication", Status.GRANTED),
        ((on(K.FEE_LAPSE, 2017, 3, 10), LIFE[2]), "annuity_before_grant", Status.GRANTED),
        ((*LIFE, on(K.GRANT, 2018, 9, 1)), "two_grants", Status.GRANTED),
        (
            (*LIFE, on(K.INVALIDATED, 2019, 1, 1), on(K.TRANSFER, 2019, 2, 1)),
            "transfer_after_invalidation",
            "invalidated",
        ),
        ((*LIFE, LAPSE, on(K.LICENCE_ON, 2019, 12, 1)), "licence_after_loss", Status.LAPSED_FEE),
        ((*LIFE, on(K.RESTORED, 2019, 1, 1)), "restoration_without_loss", Status.GRANTED),
        ((*LIFE, on(K.REFUSAL, 2019, 1, 1)), "application_lost_after_grant", Status.GRANTED),
        ((LIFE[0], on(K.REFUSAL, 2017, 1, 1), LIFE[2]), "grant_after_loss", Status.GRANTED),
        ((*LIFE, on(K.TERM_ADJUSTED, 2019, 1, 1)), "compensation_without_days", Status.GRANTED),
        ((*LIFE, LegalEvent(K.FEE_LAPSE)), "event_undated", Status.GRANTED),
    ],
)
def test_illegal_sequences_are_found(events, finding, value):
    found = status(events, 2020, 1, 1)
    assert found.findings == (finding,)
    assert found.value == value


def test_legal_sequences_have_no_findings():
    same_grant_twice = (*LIFE, LegalEvent(K.GRANT, GRANTED, GRANTED, "B"))
    assert status(same_grant_twice, 2020, 1, 1).findings == ()
    designs_are_not_published_first = (on(K.GRANT, 2018, 6, 15), on(K.PUBLICATION, 2018, 7, 1))
    assert status(designs_are_not_published_first, 2020, 1, 1, patent_type="design").findings == ()
    assert status((*LIFE, on(K.TRANSFER, 2019, 1, 1), LAPSE), 2020, 1, 1).findings == ()


def test_a_lapse_announced_after_the_grant_is_real_though_its_date_is_odd():
    found = status((LIFE[2], on(K.FEE_LAPSE, 2018, 3, 10, gazette=(2019, 1, 4))), 2020, 1, 1)
    assert (found.value, found.findings) == (Status.LAPSED_FEE, ("annuity_before_grant",))


# --- properties ---------------------------------------------------------------------------------------------------------------

DAYS = st.integers(0, 9000).map(lambda n: FILED + timedelta(days=n))
EVENTS = st.lists(
    st.builds(
        LegalEvent,
        kind=st.sampled_from(list(EventKind)),
        effective_date=st.none() | DAYS,
        gazette_date=st.none() | DAYS,
        code=st.sampled_from(["", "B"]),
        text=st.sampled_from([None, "x"]),
        days=st.sampled_from([None, 30]),
    ),
    max_size=8,
)
BASES = st.sampled_from(list(Basis))


def test_two_events_that_differ_only_in_which_date_they_tell_have_one_order():
    """Met by hypothesis: the day of the one is told, of the other taken from its gazette."""
    told, taken = LegalEvent(K.PUBLICATION, date(2015, 3, 10)), LegalEvent(K.PUBLICATION, None, date(2015, 3, 10))
    asked = {"patent_type": "invention", "filing_date": FILED, "day": date(2016, 1, 1), "basis": Basis.EFFECT}
    assert status_asof(events=[told, taken], **asked) == status_asof(events=[taken, told], **asked)


@given(EVENTS, DAYS, BASES, st.randoms())
def test_the_order_of_the_list_does_not_matter(events, day, basis, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    asked = {"patent_type": "invention", "filing_date": FILED, "day": day, "basis": basis}
    assert status_asof(events=events, **asked) == status_asof(events=shuffled, **asked)


@given(EVENTS, DAYS, DAYS, BASES)
def test_events_after_the_day_do_not_count(events, one, other, basis):
    """Status at a day is the fold of the events that count by then: later ones may be there or not."""
    day, later = sorted((one, other))
    late = LegalEvent(EventKind.INVALIDATED, later, later)
    asked = {"patent_type": "invention", "filing_date": FILED, "basis": basis}
    dated = [event for event in events if event.effective_date or event.gazette_date]
    with_late = status_asof(events=[*dated, late], day=day, **asked)
    if later > day:
        assert with_late == status_asof(events=dated, day=day, **asked)
    else:
        assert with_late.value is Status.INVALIDATED


def test_a_loss_undone_leaves_what_no_event_says_not_known():
    found = status((on(K.DEEMED_WITHDRAWAL, 2014, 3, 10), on(K.RESTORED, 2015, 3, 10)), 2016, 1, 1)
    assert (found.value, found.since) == (Status.UNKNOWN, None)


@given(EVENTS, DAYS)
def test_a_status_holds_since_a_day_that_is_not_in_the_future(events, day):
    found = status_asof(patent_type="invention", filing_date=FILED, events=events, day=day, basis=Basis.EFFECT)
    assert found.since is None or found.since <= day
    assert (found.since is None) == (found.value is Status.UNKNOWN)
    if bucket(found.value) is Bucket.DEAD:
        assert found.flags == frozenset()


@given(
    st.sampled_from([K.FEE_LAPSE, K.ABANDONED]),
    st.integers(1, 2000),
    st.integers(1, 2000),
    st.sampled_from([(), (on(K.PARTIALLY_INVALIDATED, 2018, 6, 20),)]),
)
def test_restoration_undoes_a_loss(kind, until_loss, until_restored, more):
    before = (*LIFE, *more)
    lost = date(2018, 6, 21) + timedelta(days=until_loss)
    restored = lost + timedelta(days=until_restored)
    events = (*before, LegalEvent(kind, lost, lost), LegalEvent(K.RESTORED, restored, restored))
    asked = {"patent_type": "invention", "filing_date": FILED, "events": events, "basis": Basis.EFFECT}
    assert bucket(status_asof(day=restored - timedelta(days=1), **asked).value) is Bucket.DEAD
    after = status_asof(day=restored, **asked)
    assert after.value is status(before, restored.year, restored.month, restored.day).value


@given(EVENTS, DAYS)
def test_by_gazette_nothing_is_known_before_it_is_announced(events, day):
    announced = [e for e in events if e.gazette_date is not None]
    asked = {"patent_type": "invention", "filing_date": FILED, "day": day, "basis": Basis.GAZETTE}
    known = [e for e in announced if e.gazette_date <= day]
    assert status_asof(events=announced, **asked) == status_asof(events=known, **asked)
