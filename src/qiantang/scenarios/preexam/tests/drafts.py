"""Drafts for tests: the fixture of the specification, and short ways to make others."""

from __future__ import annotations

from datetime import date

from qiantang.scenarios.preexam.methods.checks import check
from qiantang.scenarios.preexam.methods.documents import read_text
from qiantang.scenarios.preexam.types import DraftType, Office, Wanted

TODAY = date(2026, 11, 26)

REQUEST = """请求书
发明名称：{title}
申请人：杭州某某泵业有限公司
申请人地址：浙江省杭州市西湖区一号
统一社会信用代码：913301067996550582
发明人：张三；李四
第一发明人国籍：中国
第一发明人身份证件号码：110101199003070011
申请人签章：已签章
申请文件清单：请求书、权利要求书、说明书、说明书摘要、说明书附图
摘要附图：图1
"""
ABSTRACT = """说明书摘要
本发明公开了一种离心水泵，属于流体机械领域，包括壳体(1)、转子(2)和电机(3)，所述转子(2)上设有叶片(4)，所述电机(3)驱动所述转子(2)转动，解决了现有水泵轴承磨损大的技术问题，用于输送清水，结构简单，运行平稳，便于维护，适合多种场合。
"""
CLAIMS = """权利要求书
1. 一种离心水泵,包括壳体(1)、转子(2)和电机(3),其特征在于,所述转子(2)上设有叶片(4),所述电机(3)驱动所述转子(2)。
2. 根据权利要求1所述的离心水泵,其特征在于,所述叶片(4)的厚度约为3 mm。
3. 根据权利要求1或2所述的离心水泵,其特征在于,所述壳体(1)最好为铸铁。
4. 根据权利要求2或3所述的离心水泵,其特征在于,所述轴承(5)为磁悬浮轴承。
5. 根据权利要求6所述的离心水泵,其特征在于,还包括传感器(6)。
6. 一种权利要求1所述离心水泵的控制方法,其特征在于,包括:检测转速;根据所述转速调节所述电机(3)的电流。如图1所示。
"""
DESCRIPTION = """说明书
{title}
技术领域
[0001] 本发明涉及流体机械领域，具体涉及一种离心水泵。
背景技术
[0002] 现有的水泵见CN101234567A，其轴承磨损大。
发明内容
[0003] 本发明要解决的技术问题是水泵轴承磨损大。
[0004] 本发明的技术方案是：一种离心水泵，包括壳体(1)、转子(2)和电机(3)，所述转子(2)上设有叶片(4)，所述电机(3)驱动所述转子(2)。
[0005] 本发明的有益效果是运行平稳。
附图说明
[0006] 图1为离心水泵的结构示意图。
[0007] 图2为转子的剖视图。
具体实施方式
[0008] 如图1、图2所示，离心水泵包括壳体(1)、转子(2)、电机(3)、叶片(4)、轴承(5)和传感器(6)，轴承(5)为磁悬浮轴承，壳体(1)为铸铁，叶片(4)的厚度为2.5~3.5 mm。控制时检测转速，根据转速调节电机(3)的电流。
"""
DRAWINGS = """说明书附图
图1：1、2、3、4
图2：2、5、{last}
"""
TITLE = "一种离心水泵"
FIXTURE = REQUEST.format(title=TITLE) + ABSTRACT + CLAIMS + DESCRIPTION.format(title=TITLE) + DRAWINGS.format(last=7)
REPAIRED_TITLE = "一种离心水泵及其控制方法"
REPAIRED_CLAIMS = (
    CLAIMS.replace("厚度约为3 mm", "厚度为2.5~3.5 mm")
    .replace("最好为", "为")
    .replace(
        "权利要求2或3所述的离心水泵,其特征在于,所述轴承(5)为",
        "权利要求1所述的离心水泵,其特征在于,还包括轴承(5),所述轴承(5)为",
    )
    .replace("权利要求6所述的", "权利要求1所述的")
    .replace("电流。如图1所示。", "电流。")
)
REPAIRED = (
    REQUEST.format(title=REPAIRED_TITLE)
    + ABSTRACT
    + REPAIRED_CLAIMS
    + DESCRIPTION.format(title=REPAIRED_TITLE)
    + DRAWINGS.format(last=6)
)

KINDS = {"I": DraftType.INVENTION, "U": DraftType.UTILITY_MODEL, "D": DraftType.DESIGN}


def report(text, *, kind="I", as_of=TODAY, office="CN", **more):
    """The report on a plain text."""
    wanted = Wanted(as_of=as_of, type=KINDS[kind] if kind else None, office=Office(office), **more)
    return check(read_text(text), wanted)


def fired(text, **more):
    """(rule, claim) of every finding."""
    return [(one.rule, one.claim) for one in report(text, **more).findings]


def rules_of(text, **more):
    return {rule for rule, _ in fired(text, **more)}
