"""Forty patents of medicine, all invented: owners in the city and outside, families abroad, citations, pledges."""

from __future__ import annotations

from datetime import date

from qiantang.corpus.register.tests.shelf import File, seen, stock
from qiantang.corpus.register.types import Citation, Event, Party

HERE, THERE = "浙江省杭州市西湖区无名路7号", "江苏省南京市鼓楼区无名路9号"
CLASSES = ("C12Q1/6886", "G01N33/53", "A61K9/20", "C07D471/04", "A61P35/00")
TITLES = (
    "一种肿瘤标志物的引物组合及检测试剂盒",
    "一种免疫分析用抗原捕获芯片及灵敏检测试剂盒",
    "一种缓释微球片剂及其溶出方法",
    "一种取代吡啶化合物及激酶抑制剂",
    "一种抗肿瘤联合用药的纳米脂质体组合物",
)
OWNERS = (("钱潮药业", HERE), ("西溪生物", HERE), ("金陵药业", THERE), ("石城制药", THERE))


def number(n):
    return f"CN1080{n:05d}"


def patent(n, *, year=None, owner=None, families=True, cites=()):
    """The n-th patent: class, title and owner in turn; every fifth has a member abroad, every seventh is pledged."""
    kind = n % 5
    name, address = owner or OWNERS[n % 4]
    filed = date(year or 2012 + n % 10, 3, 1)
    published = filed.replace(year=filed.year + 1)
    granted = n % 3 == 0
    days = [(number(n), "A", published.isoformat())]
    if granted:
        days.append((number(n), "B", filed.replace(year=filed.year + 2).isoformat()))
    one = seen(
        n,
        *days,
        title=TITLES[kind],
        names=(name, "西溪大学") if n % 8 == 0 else (name,),
        classes=(CLASSES[kind], *(["A61P35/00"] if kind == 2 else [])),
        filing_date=filed,
        claim_count=3 + n % 7,
        address=address,
        as_of=date(2025, 1, 1),
        simple_family=f"docdb:{n}" if families and n % 5 == 0 else None,
    )
    one.parties += [Party("inventor", 1, f"甲{n % 6}"), Party("inventor", 2, f"乙{n % 4}")]
    one.citations += [Citation(number(cited), "examiner", "X") for cited in cites]
    if n % 7 == 0:
        one.events.append(Event("PC01", date(2022, 1, 5), date(2022, 1, 25), "专利权质押合同登记的生效"))
    return one


def abroad(n):
    return seen(
        100 + n,
        (f"US2015{n:07d}", "A1", "2016-01-07"),
        office="US",
        title="Medicine",
        names=("Qianchao",),
        classes=(CLASSES[n % 5],),
        filing_date=date(2013, 3, 1),
        as_of=date(2025, 1, 1),
        simple_family=f"docdb:{n}",
    )


def patents():
    made = [patent(n, cites=[m for m in (n - 1, n - 5, 1) if 0 < m < n]) for n in range(1, 41)]
    return made + [abroad(n) for n in range(5, 41, 10)]


def settle(home, name, rows, day=date(2026, 1, 1)):
    """One load of these patents; the snapshot it made."""
    return stock(home, File(name, list(rows)), day=day, synthetic=True).manifest().snapshot
