"""Seventeen questions as a city asks them, from a filter to the quality of every patent; each answer has a total order."""

from __future__ import annotations

from datetime import date

import ibis
import pyarrow as pa
from ibis import _

from qiantang.engines.lake.port import Indicator

FIELDS = pa.schema([("subclass", pa.string()), ("field", pa.int32())])
INDUSTRIES = pa.schema([("subclass", pa.string()), ("industry", pa.string())])
POPULATION = pa.schema([("city", pa.string()), ("year", pa.int32()), ("tens_of_thousands", pa.float64())])


def _cities(t):
    """Patents with a region, and its city."""
    return t.patents.filter(t.patents.region_code.notnull()).mutate(city=t.patents.region_code.left(4))


def _fields(t):
    """Patents with a main class and its field."""
    p = t.patents.filter(t.patents.main_ipc.notnull()).mutate(subclass=t.patents.main_ipc.left(4))
    return p.join(t.fields, "subclass")


def trend(t, q):
    p = _cities(t)
    a = p.filter(p.filing_year >= q.since).group_by("city", "filing_year", "type").agg(n=_.count())
    b = a.select("city", "type", next_year=a.filing_year + 1, before=a.n)
    j = a.join(b, [a.city == b.city, a.type == b.type, a.filing_year == b.next_year])
    growth = (j.n - j.before).cast("float64") / j.before
    told = j.select("city", "filing_year", "type", "n", "before", growth=growth)
    return told.order_by("city", "filing_year", "type")


def dashboard(t, q):
    p = _cities(t)
    p = p.filter(p.city == q.city, p.filing_year >= q.since).mutate(subclass=p.main_ipc.left(4))
    p = p.left_join(t.industries, "subclass")
    p = p.mutate(industry=p.industry.fill_null(""), claims=p.claim_count.fill_null(0))
    by = ("region_code", "filing_year", "industry", "status")
    told = p.group_by(*by).agg(n=_.count(), granted=_.grant_date.notnull().sum(), claims=_.claims.sum())
    return told.order_by(*by)


def city_rank(t, q):
    p = _cities(t)
    told = p.filter(p.type == "invention", p.grant_date >= q.granted_from).group_by("city").agg(n=_.count())
    told = told.mutate(rank=ibis.rank().over(order_by=ibis.desc("n")) + 1)
    return told.order_by(ibis.desc("n"), "city").limit(50)


def industry_rank(t, q):
    p = _cities(t)
    p = p.filter(p.city == q.city, p.type == "invention", p.main_ipc.notnull()).mutate(subclass=p.main_ipc.left(4))
    p = p.join(t.industries, "subclass")
    told = p.group_by("industry").agg(
        this_year=(_.filing_year == q.year).sum(),
        year_before=(_.filing_year == q.year - 1).sum(),
        n=_.count(),
        applicants=_.applicant.nunique(),
    )
    return told.order_by(ibis.desc("n"), "industry")


def specialisation(t, q):
    p = _cities(t).mutate(subclass=t.patents.main_ipc.left(4)).join(t.fields, "subclass")
    c = p.filter(p.type == "invention", p.filing_year >= q.since).group_by("city", "field").agg(n=_.count())
    w = c.mutate(
        of_city=c.n.sum().over(group_by="city"), of_field=c.n.sum().over(group_by="field"), of_all=c.n.sum().over()
    )
    share, expected = w.n.cast("float64") / w.of_city, w.of_field.cast("float64") / w.of_all
    told = w.filter(q.cities.contains(w.city)).select("city", "field", "n", rta=share / expected)
    return told.order_by("city", "field")


def high_value(t, q):
    p = _cities(t)
    abroad = t.patents.filter(t.patents.office != "CN", t.patents.simple_family_id.notnull())
    abroad = abroad.select("simple_family_id").distinct().mutate(abroad=ibis.literal(1))
    pledged = t.flags.filter(t.flags.flag == "pledged").select("patent").distinct().mutate(pledged=ibis.literal(1))
    own = p.filter(p.office == "CN", p.type == "invention", p.status == "granted")
    own = own.left_join(abroad, "simple_family_id").drop("simple_family_id_right")
    own = own.left_join(pledged, "patent")
    kept = own.filter(
        (own.abroad.fill_null(0) == 1) | (own.pledged.fill_null(0) == 1) | (own.filing_date < q.filed_before)
    )
    counted = kept.group_by("city").agg(n=_.count())
    people = t.population.filter(t.population.year == q.year)
    j = counted.join(people, "city")
    told = j.select("city", "n", "tens_of_thousands", rate=j.n.cast("float64") / j.tens_of_thousands)
    return told.order_by(ibis.desc("rate"), "city")


def international(t, q):
    p = _cities(t)
    wo = t.patents.filter(t.patents.office == "WO", t.patents.simple_family_id.notnull())
    p = p.filter(q.cities.contains(p.city)).semi_join(wo.select("simple_family_id").distinct(), "simple_family_id")
    told = p.group_by("city", "filing_year").agg(n=_.count(), applicants=_.applicant.nunique())
    return told.order_by("city", "filing_year")


def _forward(t):
    return t.links.group_by("cited").agg(n=_.count())


def most_cited(t, _q):
    f = _forward(t)
    j = f.join(t.patents, f.cited == t.patents.patent).select("patent_id", "region_code", "applicant", "main_ipc", "n")
    return j.order_by(ibis.desc("n"), "patent_id").limit(100)


def h_index(t, _q):
    f = _forward(t)
    r = f.join(t.patents, f.cited == t.patents.patent).filter(t.patents.applicant.notnull()).select("applicant", "n")
    r = r.mutate(place=ibis.row_number().over(group_by="applicant", order_by=ibis.desc("n")) + 1)
    told = r.group_by("applicant").agg(h=(r.n >= r.place).sum())
    return told.order_by(ibis.desc("h"), "applicant").limit(100)


def _cited_in_cohorts(t):
    f = _forward(t)
    p = _fields(t)
    p = p.filter(p.region_code.notnull()).mutate(city=p.region_code.left(4))
    j = p.left_join(f, p.patent == f.cited)
    return j.select("city", "field", "filing_year", c=j.n.fill_null(0))


def percentiles(t, _q):
    p = _cited_in_cohorts(t)
    cohort = ["field", "filing_year"]
    x = p.mutate(rank=ibis.rank().over(group_by=cohort, order_by=ibis.desc("c")) + 1, n=p.count().over(group_by=cohort))
    told = x.group_by("city").agg(top1=(x["rank"] * 100 <= x.n).sum(), top10=(x["rank"] * 10 <= x.n).sum(), n=_.count())
    return told.order_by("city")


def percentiles_by_histogram(t, _q):
    p = _cited_in_cohorts(t)
    h = p.group_by("city", "field", "filing_year", "c").agg(k=_.count())
    g = h.group_by("field", "filing_year", "c").agg(k=h.k.sum())
    cohort = ["field", "filing_year"]
    upto = ibis.window(group_by=cohort, order_by=ibis.desc("c"), preceding=None, following=0)
    w = g.mutate(rank=g.k.sum().over(upto) - g.k + 1, n=g.k.sum().over(group_by=cohort)).drop("k")
    j = h.join(w, [*cohort, "c"])
    told = j.group_by("city").agg(
        top1=ibis.cases((j["rank"] * 100 <= j.n, j.k), else_=0).sum(),
        top10=ibis.cases((j["rank"] * 10 <= j.n, j.k), else_=0).sum(),
        n=j.k.sum(),
    )
    return told.order_by("city")


def families(t, _q):
    p = t.patents.filter(t.patents.simple_family_id.notnull())
    told = p.group_by("simple_family_id").agg(n=_.count(), offices=_.office.nunique(), first=_.patent_id.min())
    return told.order_by(ibis.desc("n"), ibis.desc("offices"), "simple_family_id").limit(100)


def layout(t, q):
    p = _cities(t)
    own = p.filter(p.city == q.city)  # a semi join takes each family once, and none where it is not known
    told = t.patents.semi_join(own, "simple_family_id").group_by("office", "filing_year").agg(n=_.count())
    return told.order_by("office", "filing_year")


def co_applicants(t, _q):
    a = t.parties.filter(t.parties.role == "applicant").select("patent", "name").distinct()
    j = a.join(a.view().rename(other="name"), "patent")
    j = j.filter(j.name < j.other)
    told = j.group_by("name", "other").agg(n=_.count())
    return told.order_by(ibis.desc("n"), "name", "other").limit(100)


def co_occurrence(t, q):
    recent = t.patents.filter(t.patents.filing_year >= q.since).select("patent")
    i = t.classifications.filter(t.classifications.scheme == "ipc").semi_join(recent, "patent")
    i = i.select("patent", subclass=i.symbol.left(4)).distinct()
    j = i.join(i.view().rename(other="subclass"), "patent")
    j = j.filter(j.subclass < j.other)
    told = j.group_by("subclass", "other").agg(n=_.count())
    return told.order_by(ibis.desc("n"), "subclass", "other").limit(500)


def life_cycle(t, _q):
    p = _fields(t)
    told = p.group_by("field", "filing_year").agg(n=_.count(), applicants=_.applicant.nunique())
    return told.order_by("field", "filing_year")


def quality(t, _q):
    """Forward citations, those of five years, generality, originality, scope, family size, claims: sums over all patents."""
    p = t.patents.mutate(own=t.patents.main_ipc.left(4))
    s = p.select(citing="patent", citing_class="own", citing_year="filing_year")
    c = p.select(cited="patent", cited_class="own", cited_year="filing_year")
    both = t.links.join(s, "citing").join(c, "cited")
    early = (both.citing_year - both.cited_year <= 5).fill_null(False)
    f = both.group_by("cited", "citing_class").agg(n=_.count(), early=early.sum())
    forward = f.group_by(patent=f.cited).agg(fwd=f.n.sum(), fwd5=f.early.sum(), fss=(f.n * f.n).sum())
    b = both.group_by("citing", "cited_class").agg(n=_.count())
    backward = b.group_by(patent=b.citing).agg(bwd=b.n.sum(), bss=(b.n * b.n).sum())
    i = t.classifications.filter(t.classifications.scheme == "ipc")
    scope = i.group_by("patent").agg(scope=_.symbol.left(4).nunique())
    size = p.filter(p.simple_family_id.notnull()).group_by("simple_family_id").agg(size=_.count())
    q = p.select("patent", "simple_family_id", "claim_count")
    q = q.left_join(forward, "patent").drop("patent_right").left_join(backward, "patent").drop("patent_right")
    q = (
        q.left_join(scope, "patent")
        .drop("patent_right")
        .left_join(size, "simple_family_id")
        .drop("simple_family_id_right")
    )
    q = q.mutate(**{name: q[name].fill_null(0) for name in ("fwd", "fwd5", "fss", "bwd", "bss", "scope", "size")})
    generality = ibis.cases((q.fwd > 0, 1.0 - q.fss.cast("float64") / (q.fwd * q.fwd)), else_=0.0)
    originality = ibis.cases((q.bwd > 0, 1.0 - q.bss.cast("float64") / (q.bwd * q.bwd)), else_=0.0)
    sums = {name: q[name].sum() for name in ("fwd", "fwd5", "fss", "bwd", "bss", "scope", "size", "claim_count")}
    return q.agg(n=_.count(), **sums, generality=generality.sum().round(2), originality=originality.sum().round(2))


def _asked(build, *given, **parameters):
    brought = {"fields": FIELDS, "industries": INDUSTRIES, "population": POPULATION}
    named = {name: brought[name] for name in given}
    return Indicator(f"question.{build.__name__}", build, parameters, named)


_SUBCLASSES = [
    "A61B",
    "A61K",
    "A61P",
    "B25J",
    "B60L",
    "C07K",
    "C12N",
    "F16H",
    "G01N",
    "G02B",
    "G05B",
    "G06F",
    "G06N",
    "G06Q",
    "G06T",
    "G06V",
    "G08B",
    "G16H",
]
_SUBCLASSES += ["H01L", "H01M", "H02J", "H04B", "H04L", "H04N", "H04W"]
PEERS = ["3301", "1101", "3101", "4403", "4401", "3205", "3201", "4201", "5101", "3302", "3702", "6105", "5001"]
GIVEN = {
    "fields": pa.Table.from_pylist([{"subclass": s, "field": i % 6} for i, s in enumerate(_SUBCLASSES)], FIELDS),
    "industries": pa.Table.from_pylist(
        [{"subclass": s, "industry": "abc"[i % 3]} for i, s in enumerate(_SUBCLASSES)], INDUSTRIES
    ),
    "population": pa.Table.from_pylist(
        [{"city": c, "year": 2023, "tens_of_thousands": 900.5 + i} for i, c in enumerate(PEERS)], POPULATION
    ),
}
QUESTIONS = {
    "01": (_asked(trend, since="int64"), {"since": 2010}),
    "02": (_asked(dashboard, "industries", city="string", since="int64"), {"city": "3301", "since": 2016}),
    "03": (_asked(city_rank, granted_from="date"), {"granted_from": date(2021, 1, 1)}),
    "04": (_asked(industry_rank, "industries", city="string", year="int64"), {"city": "3301", "year": 2022}),
    "05": (_asked(specialisation, "fields", cities="array<string>", since="int64"), {"cities": PEERS, "since": 2015}),
    "06": (
        _asked(high_value, "population", filed_before="date", year="int64"),
        {"filed_before": date(2016, 1, 1), "year": 2023},
    ),
    "07": (_asked(international, cities="array<string>"), {"cities": PEERS}),
    "08": (_asked(most_cited), {}),
    "09": (_asked(h_index), {}),
    "10": (_asked(percentiles, "fields"), {}),
    "10b": (_asked(percentiles_by_histogram, "fields"), {}),
    "11": (_asked(families), {}),
    "12": (_asked(layout, city="string"), {"city": "3301"}),
    "13": (_asked(co_applicants), {}),
    "14": (_asked(co_occurrence, since="int64"), {"since": 2018}),
    "15": (_asked(life_cycle, "fields"), {}),
    "16": (_asked(quality), {}),
}
