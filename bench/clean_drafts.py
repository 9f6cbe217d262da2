"""Clean drafts of our own: ten things, each with request, abstract, claims, description and drawings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

# Thing, six of its parts, the field, the verb of its method, a material, and a quantity with its range.
_THINGS = [
    ("卧式离心风机", ("机壳", "叶轮", "主轴", "电机", "集流器", "减振座"), "流体机械", "运行", "铸铁", ("间隙", "2~4 mm")),
    ("茶叶烘干机", ("箱体", "网带", "热风炉", "鼓风机", "匀叶器", "排湿口"), "农产品加工设备", "烘干", "不锈钢", ("风速", "3~6 m/s")),
    ("龙门起重机", ("主梁", "支腿", "小车", "吊具", "大车轮组", "司机室"), "起重设备", "吊运", "低合金钢", ("跨度", "20~30 m")),
    ("轴承试验台", ("底座", "加载缸", "试验轴", "驱动电机", "温度传感器", "联轴器"), "测试设备", "试验", "铸钢", ("载荷", "5~50 kN")),
    ("折叠自行车", ("前车架", "后车架", "铰链", "锁扣", "立管", "曲柄"), "交通工具", "折叠", "铝合金", ("角度", "60~90 °")),
    ("污泥脱水机", ("滤筒", "螺旋轴", "进泥管", "集水槽", "喷淋管", "减速机"), "环保设备", "脱水", "碳钢", ("转速", "2~8 r/min")),
    ("数控车床", ("床身", "主轴箱", "刀架", "尾座", "丝杠", "冷却泵"), "机床", "加工", "球墨铸铁", ("进给量", "1~3 mm")),
    ("立体车库", ("框架", "载车板", "升降机", "链轮", "导轨", "防坠钩"), "停车设备", "存取", "型钢", ("行程", "2~5 m")),
    ("水质取样器", ("浮筒", "取样瓶", "蠕动泵", "浮标", "绞车", "电池盒"), "环境监测设备", "取样", "聚乙烯", ("深度", "1~10 m")),
    ("线缆绞线机", ("放线架", "绞笼", "压线模", "牵引轮", "收线盘", "张力轮"), "线缆设备", "绞制", "合金钢", ("节距", "30~80 mm")),
]  # fmt: skip


@dataclass(frozen=True)
class Whole:
    """A draft as its parts: lines of text."""

    request: list[str]
    abstract: list[str]
    claims: list[str]
    description: list[str]
    drawings: list[str]

    def text(self) -> str:
        parts = (
            ("请求书", self.request),
            ("说明书摘要", self.abstract),
            ("权利要求书", self.claims),
            ("说明书", self.description),
            ("说明书附图", self.drawings),
        )
        return "\n".join("\n".join([name, *lines]) for name, lines in parts if lines)

    def changed(self, part: str, lines: list[str]) -> Whole:
        return Whole(**{**self.__dict__, part: lines})


def drafts() -> Iterator[Whole]:
    """Clean drafts, one a thing."""
    for thing, parts, field, verb, material, (measure, span) in _THINGS:
        signed = [f"{name}({number})" for number, name in enumerate(parts, 1)]
        a, b, c, d, e, f = signed
        title = f"一种{thing}及其控制方法"
        core = f"一种{thing}，包括{a}、{b}和{c}，其特征在于，所述{b}安装在所述{a}内，所述{c}与所述{b}相连。"
        claims = [
            f"1. {core}",
            f"2. 根据权利要求1所述的{thing}，其特征在于，还包括{d}，所述{d}驱动所述{c}。",
            f"3. 根据权利要求2所述的{thing}，其特征在于，所述{d}上设有{e}。",
            f"4. 根据权利要求1或2所述的{thing}，其特征在于，所述{a}的材料为{material}。",
            f"5. 根据权利要求1所述的{thing}，其特征在于，所述{b}与所述{c}之间的{measure}为{span}。",
            f"6. 根据权利要求1所述的{thing}，其特征在于，还包括{f}，所述{f}固定在所述{a}上。",
            f"7. 一种权利要求1所述{thing}的控制方法，其特征在于，包括：采集所述{c}的状态；根据所述状态调节所述{b}。",
        ]
        request = [
            f"发明名称：{title}", "申请人：杭州某某设备有限公司", "申请人地址：浙江省杭州市滨江区一号", "统一社会信用代码：913301067996550582",
            "发明人：李明；王芳", "第一发明人国籍：中国", "第一发明人身份证件号码：110101199003070011", "申请人签章：已签章",
            "申请文件清单：请求书、权利要求书、说明书、说明书摘要、说明书附图", "摘要附图：图1", "申请日：2026-05-06", "优先权：CN 202510123456.7 2025-08-01",
        ]  # fmt: skip
        abstract = [
            f"本发明公开了一种{thing}，属于{field}领域，包括{a}、{b}和{c}，{b}安装在{a}内，{c}与{b}相连，解决了{verb}不平稳的问题，用于{verb}。"
        ]
        description = [
            title, "技术领域", f"[0001] 本发明涉及{field}领域，具体涉及{title}。",
            "背景技术", f"[0002] 现有的{thing}见CN101234567A，{verb}时不平稳。",
            "发明内容", f"[0003] 本发明要解决的技术问题是{thing}{verb}不平稳。", f"[0004] 本发明的技术方案是：{core.replace('其特征在于，', '')}",
            f"[0005] 本发明的有益效果是{verb}平稳。",
            "附图说明", f"[0006] 图1为{thing}的结构示意图。", f"[0007] 图2为{parts[1]}的剖视图。",
            "具体实施方式", f"[0008] 如图1和图2所示，{thing}包括{'、'.join(signed)}。{a}的材料为{material}，{b}与{c}之间的{measure}为{span}。",
            f"[0009] {d}驱动{c}，{d}上设有{e}，{f}固定在{a}上。控制时采集{c}的状态，根据状态调节{b}。",
        ]  # fmt: skip
        yield Whole(request, abstract, claims, description, ["图1：1、2、3、4", "图2：2、5、6"])
