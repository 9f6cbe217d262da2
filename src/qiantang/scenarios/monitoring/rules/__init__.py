"""What monitoring shows, promises and watches, as data."""

from __future__ import annotations

from typing import Final, NamedTuple

from django.conf import settings
from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, declare
from qiantang.commons.metrics.types import AddressOf, Sharing
from qiantang.commons.notices.types import NoticeKind, declare_kind

CITY: Final[str] = settings.CITY_CODE
"""GB/T 2260 of the city; its districts are those of ``commons.refdata`` on the day asked for."""

APPLICATIONS, GRANTS, IN_FORCE, PCT = "C-01", "RB-05", "RB-01", "RB-04"
IN_FORCE_PER_10K, HIGH_VALUE_PER_10K = "RB-02", "RB-03"
HEADLINE: Final = (APPLICATIONS, GRANTS, IN_FORCE, PCT)
"""What the city panel and the cockpit show first; each is a metric of the registry."""

BENCHMARKED: Final = (GRANTS, IN_FORCE, APPLICATIONS, PCT, IN_FORCE_PER_10K, HIGH_VALUE_PER_10K)
OF_LISTS: Final = frozenset({"C-05", "HV.pledge", "HV.award"})
"""Metrics that change when a list of patents is handed in."""

PER_HEAD: Final = {
    GRANTS: "RB-05.per10k",
    IN_FORCE: IN_FORCE_PER_10K,
    APPLICATIONS: "C-01.per10k",
    PCT: "RB-04.per10k",
}
"""Counts of patents and the metric that divides each by the people who live there."""

EVERYWHERE: Final = "PAT-01"
"""Patents of all offices and types, by filing date."""

RANKABLE: Final = (GRANTS, IN_FORCE, APPLICATIONS)

PROMISED_DAYS: Final = 45
"""How old the figures may be: publications of a month and what comes after it."""

MONTHS_SHOWN: Final = 36

GAZETTE_DAYS: Final = 7
"""From one issue of the gazette to the next, at most: a month that ends before the next one is told in full."""

STOCK_MONTHS: Final = 24
"""Months of a stock, each counted for its last day, up to the register's day or the end of the year asked for."""
YEARS_SHOWN: Final = 10
ROWS_SHOWN: Final = 50
"""Rows of a ranking on a page; the file has them all."""

STRUCTURE_YEARS: Final = 3
"""Years that are counted together where strengths are told, so that small fields say something."""

CENSUS: Final = 2020
"""Year of the census whose people stand where a statement for the year is missing: that of 1 November."""

COUNTING_RULES: Final = (
    ("first", AddressOf.HOLDER, Sharing.FIRST),
    ("whole", AddressOf.HOLDER, Sharing.WHOLE),
    ("fractional", AddressOf.HOLDER, Sharing.FRACTIONAL),
    ("filed", AddressOf.APPLICANT, Sharing.FIRST),
)
"""Rules under which a rank is tried, to say how far it depends on the rule."""

LIVING: Final = frozenset({"granted", "partially_invalidated"})
"""States of a right that may still lapse or expire."""

LAST_AGE: Final = 20
"""Years from filing to the end of the term of an invention. Source: Patent Law, art. 42."""

LADDER_MONTHS, NOWCAST_MONTHS = 60, 36
"""Months of filings from which delays of publication are learnt, and months that are estimated by them."""

LARGEST_SHEET, LONGEST_TITLE = 2_000_000, 200
"""Bytes of an input sheet, characters of its title."""

LEAST_CELL: Final = 10
"""Below, no specialisation is told; source: navigation-monitoring, M12."""

INNER: Final = (119.98, 30.13, 120.42, 30.45)
"""West, south, east and north of the inner districts of Hangzhou, which a map shows a second time, larger."""

OTHER_RIGHTS: Final = ("RB-14", "C-08.registrations", "RB-14.gi", "RB-15", "P-04", "P-04.rate", "U-04")
"""Registered trade marks, registrations of the year, geographical indications, cases, mediation, demonstration firms: from
sheets."""

FLOW_YEARS: Final = 5
"""Years over which transfers and joint applications are counted together."""


FEWEST_PEOPLE: Final = 3
"""NM-04: numbers of fewer people are not shown."""

MOVES = declare(
    Purpose(
        code="monitoring.moves",
        title=_("Tell how many inventors move between cities, and which bodies have inventors in common"),
        basis=Basis.PUBLISHED,
        source=_("Personal Information Protection Law, art. 13 (1) no. 6 and art. 27; Patent Law, art. 21"),
        personal=_(
            "Names of inventors as the offices published them, compared with each other; only numbers are shown"
        ),
        retention=_(
            "Names are compared by a job after each load and kept nowhere here; after a removal all is counted anew"
        ),
    )
)


class ClusterRule(NamedTuple):
    """Parameters of the clusters: kilometres, share of all grants that makes a ball dense, years counted together."""

    radius_km: float
    least_share: float
    years: int


CLUSTERS: Final = ClusterRule(radius_km=15, least_share=0.01, years=5)
"""Radius as in the Global Innovation Index since 2018 (to verify); the density is a share, for its 4,500 points are PCT only."""


class AlertRule(NamedTuple):
    """What is watched after every load.

    key         names the rule
    title       message id
    detector    ``drop`` · ``wave`` · ``burst`` · ``leaving``
    scope       ``city`` · ``holders`` (the ``most`` largest) · ``applicants`` · ``rights``
    threshold   of the detector: share, deviations, times the mean, place among patents of its kind in per cent
    least       smaller numbers are not looked at; of patents that leave: citing families within five years
    window      months looked back
    cool_down   days in which the same thing is not told again
    """

    key: str
    title: str
    detector: str
    scope: str
    threshold: float
    least: int
    window: int
    cool_down: int
    most: int = 0


ALERTS: Final[tuple[AlertRule, ...]] = (
    AlertRule(
        "filings-drop",
        _("Applications of the city fell against the same month of the year before"),
        "drop",
        "city",
        0.5,
        20,
        12,
        60,
    ),
    AlertRule("lapse-wave", _("A wave of lapses for unpaid fees"), "wave", "city", 2.0, 5, 24, 30),
    AlertRule(
        "holder-drop",
        _("A large applicant filed far less than in the year before"),
        "drop",
        "holders",
        0.5,
        10,
        24,
        300,
        50,
    ),
    AlertRule("applicant-burst", _("A burst of applications of one applicant"), "burst", "applicants", 3.0, 10, 12, 60),
    AlertRule(
        "key-patent-leaves",
        _("A patent among the most cited of its field and year went to a holder outside the city"),
        "leaving",
        "rights",
        90,
        3,
        12,
        3650,
    ),
)

ALERTED = declare_kind(
    NoticeKind(
        code="monitoring.alert",
        label=_("Something unusual in the city's patents"),
        title=_("Monitoring found %(count)s unusual things"),
        happened=_("After the load of snapshot %(snapshot)s the rules of monitoring fired:"),
        details=(("found", _("Found: %(found)s")),),
        advice=_("Look whether it is real or a gap in the data, and what is to be done."),
        link_label=_("Open the alerts"),
    )
)
