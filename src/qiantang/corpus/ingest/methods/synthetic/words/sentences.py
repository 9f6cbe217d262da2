"""Sentence patterns in Chinese and English. Slots: {s} subject, {o} thing, {p1}–{p4} parts, {m} means, {e1} {e2} effects,
{t1} {t2} parts without article, {q} fault, {u} use, {b} branch, {v} kind of right, {n1}–{n3} numbers, {r} range.

Six groups: apparatus and its method, data processing and its system, substance and its preparation. Subjects of the two
languages stand at the same position.
"""

from __future__ import annotations

APPARATUS, APPARATUS_METHOD, PROCESSING, SYSTEM, SUBSTANCE, PREPARATION = range(6)
GROUPS = 6

SUBJECTS: tuple[tuple[tuple[str, str], ...], ...] = (
    (
        ("{o}", "{O}"),
        ("基于{m}的{o}", "{O} based on {m}"),
        ("{u}用{o}", "{O} for {u}"),
        ("采用{m}的{u}用{o}", "{O} using {m} for {u}"),
        ("带有{p1}的{o}", "{O} with {t1}"),
        ("具有{p2}的{u}用{o}", "{O} for {u} with {t2}"),
    ),
    (
        ("{o}的控制方法", "Control method for {o}"),
        ("基于{m}的{o}运行方法", "Operating method for {o} based on {m}"),
        ("{o}的装配方法", "Assembly method for {o}"),
        ("{u}用{o}的检测方法", "Test method for {o} for {u}"),
        ("采用{m}的{o}控制方法", "Control method for {o} using {m}"),
        ("带有{p1}的{o}的使用方法", "Method of using {o} with {t1}"),
    ),
    (
        ("基于{m}的{o}方法", "{O} method based on {m}"),
        ("面向{u}的{o}方法", "{O} method for {u}"),
        ("融合{m}的{o}方法", "{O} method with {m}"),
        ("{u}场景下的{o}方法", "{O} method in {u}"),
        ("采用{m}的{u}{o}方法", "{O} method for {u} using {m}"),
        ("结合{p1}的{o}方法", "{O} method with {t1}"),
    ),
    (
        ("基于{m}的{o}系统", "{O} system based on {m}"),
        ("面向{u}的{o}系统", "{O} system for {u}"),
        ("用于{u}的{o}装置", "{O} apparatus for {u}"),
        ("{u}用{o}平台", "{O} platform for {u}"),
        ("采用{m}的{o}装置", "{O} apparatus using {m}"),
        ("带有{p1}的{o}系统", "{O} system with {t1}"),
    ),
    (
        ("{o}", "{O}"),
        ("用于{u}的{o}", "{O} for {u}"),
        ("含{p1}的{o}", "{O} containing {t1}"),
        ("基于{m}的{o}", "{O} based on {m}"),
        ("含{p1}和{p2}的{o}", "{O} containing {t1} and {t2}"),
        ("{u}用{o}", "{O} suitable for {u}"),
    ),
    (
        ("{o}的制备方法", "Preparation method of {o}"),
        ("用于{u}的{o}的制备方法", "Preparation method of {o} for {u}"),
        ("采用{m}的{o}制备方法", "Preparation method of {o} using {m}"),
        ("含{p1}的{o}的制备方法", "Preparation method of {o} containing {t1}"),
        ("{u}用{o}的生产工艺", "Production process of {o} for {u}"),
        ("基于{m}的{o}的制备工艺", "Preparation process of {o} based on {m}"),
    ),
)
SUBJECTS_PER_GROUP = 6
TITLES = ("一种{s}", "一种{s}", "一种{s}", "{s}", "一种新型{s}", "一种{s}及其应用")

OPENINGS = (
    "{v}公开了一种{s}，涉及{b}技术领域。",
    "{v}涉及{b}领域，具体公开了一种{s}。",
    "为解决{q}的问题，{v}提供了一种{s}。",
    "{v}提供一种{s}，可用于{u}。",
    "{v}属于{b}技术领域，针对现有技术中{q}的缺陷，提出一种{s}。",
)
CLOSINGS = (
    "{v}能够{e1}，同时{e2}，适用于{u}。",
    "与现有技术相比，{v}有效克服了{q}的缺陷，并{e1}。",
    "由此可以{e1}，并且{e2}。",
    "该方案结构合理，能够{e1}，解决了{q}的技术问题。",
    "{v}在{u}中应用时，能够{e2}，具有良好的推广价值。",
)
BODIES: tuple[tuple[str, ...], ...] = (
    (
        "其包括{p1}、{p2}和{p3}，所述{p1}与{p2}相连接，{p3}设置于{p2}的一侧，并与{p4}配合实现{m}。",
        "{p1}的上方安装有{p2}，{p2}与{p3}之间设有{p4}，工作时利用{m}完成调节。",
        "主体内设有{p1}和{p2}，{p3}固定在{p1}上，{p4}依据{m}的原理与{p2}联动。",
        "所述{p1}沿周向均匀布置，{p2}穿过{p1}并与{p3}抵接，{m}由{p4}配合完成。",
    ),
    (
        "包括以下步骤：先由{p1}获取运行状态，再依据{m}计算目标量，最后驱动{p2}和{p3}动作，并通过{p4}反馈修正。",
        "将{p1}与{p2}按设定次序连接，采用{m}调整{p3}的工作参数，待{p4}达到阈值后进入下一阶段。",
        "根据{p1}的检测值判断工况，在不同工况下以{m}切换{p2}的工作方式，同时监测{p3}。",
        "对{p1}进行标定后启动{p2}，利用{m}实时修正{p3}的偏差，并记录{p4}的数据。",
    ),
    (
        "首先采集待处理数据，经{p1}得到初始特征；然后以{m}为核心，由{p2}与{p3}联合计算；最后输出{o}的结果。",
        "获取历史数据并划分样本，构建包含{p1}和{p2}的模型，引入{m}进行优化，由{p3}给出判断。",
        "将输入送入{p1}，利用{m}建立关联关系，在{p2}中更新权重，再通过{p3}完成{o}。",
        "针对不同来源的数据，{p1}先做对齐，随后{p2}结合{m}提取有效信息，{p3}据此生成{o}的策略。",
    ),
    (
        "系统包括依次通信连接的{p1}、{p2}、{p3}和{p4}，其中{p2}采用{m}对数据进行处理。",
        "{p1}用于接收外部数据，{p2}以{m}得到中间结果，{p3}将结果发送至{p4}。",
        "由{p1}和{p2}构成前端，{p3}部署在服务器侧，通过{m}协同完成{o}。",
        "处理器调用{p1}与{p2}，结合{m}执行计算，{p3}对结果进行校验后写入{p4}。",
    ),
    (
        "其包含{p1}、{p2}和{p3}，经{m}得到，其中{p1}的占比为{r}%。",
        "以{p1}为主体，配合{p2}和{p3}，通过{m}形成稳定结构，再引入{p4}加以改性。",
        "由{p1}与{p2}复合而成，{p3}分布于其中，制备时采用{m}并控制温度在{n2}℃。",
        "所含{p1}与{p2}的比例为1:{n1}，并添加适量{p3}，借助{m}改善整体性能。",
    ),
    (
        "将{p1}与{p2}混合后搅拌{n1}小时，加入{p3}，在{n2}℃下经{m}处理，冷却后得到产品。",
        "包括预处理、{m}和后处理三个阶段，依次加入{p1}、{p2}和{p3}，全程控制温度不超过{n2}℃。",
        "先制备含{p1}的前体，再与{p2}结合，通过{m}引入{p3}，洗涤干燥后即得。",
        "以{p1}为起始物，采用{m}与{p2}作用{n1}小时，随后用{p3}修饰，得到目标产物。",
    ),
)

# The first claim by group, then claims that depend on it; {k} is the number of the claim they depend on.
FIRST_CLAIMS: tuple[tuple[str, ...], ...] = (
    (
        "一种{s}，其特征在于，包括{p1}、{p2}和{p3}，所述{p1}与所述{p2}固定连接，所述{p3}设置在所述{p2}的一侧。",
        "一种{s}，包括{p1}，其特征在于，所述{p1}上设有{p2}，所述{p2}通过{p3}与{p4}相连。",
        "一种{s}，其特征在于，所述{p1}的内侧设有{p2}和{p3}，所述{p3}与{p4}相配合以实现{m}。",
    ),
    (
        "一种{s}，其特征在于，包括以下步骤：S1、通过{p1}采集状态；S2、依据{m}确定目标值；S3、控制{p2}和{p3}动作。",
        "一种{s}，其特征在于，包括：启动{p1}；采用{m}调节{p2}；当{p3}达到预设阈值时停止。",
        "一种{s}，其特征在于，根据{p1}的检测值，以{m}切换{p2}的工作方式，并由{p3}反馈。",
    ),
    (
        "一种{s}，其特征在于，包括：获取待处理数据；利用{p1}得到特征；基于{m}由{p2}计算结果；输出所述结果。",
        "一种{s}，其特征在于，包括以下步骤：构建{p1}和{p2}；采用{m}进行训练；由{p3}输出{o}的结果。",
        "一种{s}，其特征在于，将输入数据送入{p1}，引入{m}更新{p2}，并通过{p3}完成{o}。",
    ),
    (
        "一种{s}，其特征在于，包括依次连接的{p1}、{p2}和{p3}，所述{p2}采用{m}处理数据。",
        "一种{s}，其特征在于，包括存储器和处理器，所述处理器配置为调用{p1}和{p2}，并以{m}得到结果。",
        "一种{s}，其特征在于，{p1}用于接收数据，{p2}用于执行{m}，{p3}用于输出结果。",
    ),
    (
        "一种{s}，其特征在于，包含{p1}、{p2}和{p3}，其中所述{p1}的占比为{r}%。",
        "一种{s}，其特征在于，由{p1}和{p2}经{m}得到，所述{p1}与所述{p2}的比例为1:{n1}。",
        "一种{s}，其特征在于，以{p1}为主体，并含有{p2}、{p3}和{p4}。",
    ),
    (
        "一种{s}，其特征在于，包括以下步骤：(1)将{p1}与{p2}混合；(2)加入{p3}并在{n2}℃下进行{m}；(3)冷却得到产品。",
        "一种{s}，其特征在于，先制备含{p1}的前体，再采用{m}引入{p2}，反应{n1}小时。",
        "一种{s}，其特征在于，依次加入{p1}、{p2}和{p3}，通过{m}得到目标产物。",
    ),
)
CLAIM = "根据权利要求{k}所述的{s}，其特征在于，"
DEPENDENT_CLAIMS: tuple[tuple[str, ...], ...] = (
    (
        "所述{p4}的数量为{n1}个。",
        "所述{p2}采用{m}。",
        "所述{p1}与所述{p3}之间的间距为{r}mm。",
        "还包括{p4}，所述{p4}与所述{p1}电连接。",
        "所述{p3}可拆卸地安装在所述{p2}上。",
        "所述{p1}的厚度为{r}mm。",
        "所述{p2}的外侧套设有{p4}。",
    ),
    (
        "所述阈值为{r}。",
        "步骤中所述{p2}的调节周期为{n1}秒。",
        "所述{m}的参数按预设规则更新。",
        "还包括对{p4}进行校准的步骤。",
        "当{p1}异常时发出告警信号。",
        "所述{p3}的工作温度为{n2}℃。",
    ),
    (
        "所述{p2}的层数为{n1}。",
        "还包括利用{p4}对结果进行修正。",
        "所述{m}的权重系数为0.{n1}。",
        "所述数据在输入前进行归一化处理。",
        "所述{p1}的输出维度为{n3}。",
        "当置信度低于0.{n2}时重新计算。",
    ),
    (
        "还包括{p4}，用于存储中间结果。",
        "所述{p2}部署在云端。",
        "所述{p1}的采样周期为{n1}秒。",
        "所述{p3}通过无线网络与终端连接。",
        "所述{p2}的输出维度为{n3}。",
        "还包括用于校验结果的{p4}。",
    ),
    (
        "所述{p2}的占比为{r}%。",
        "还包含{n1}%的{p4}。",
        "所述{p1}的平均粒径为{n3}nm。",
        "所述{m}的温度为{n2}℃。",
        "所述{p3}经过表面改性。",
        "所述{p1}的纯度不低于9{n1}%。",
    ),
    (
        "所述{m}的时间为{n1}小时。",
        "所述{p1}与所述{p2}的比例为1:{n1}。",
        "反应温度为{n2}℃。",
        "还包括加入{p4}的步骤。",
        "所述干燥在真空条件下进行。",
        "所述{p3}分{n1}次加入。",
    ),
)
ENGLISH_OPENINGS = (
    "The invention discloses {s} and belongs to the technical field of {B}.",
    "The invention relates to the field of {B}, and provides {s}.",
    "To overcome {q}, the invention provides {s}.",
    "Disclosed is {s}, which can be applied to {u}.",
)
ENGLISH_BODIES: tuple[tuple[str, ...], ...] = (
    (
        "It comprises {p1}, {p2} and {p3}; {p1} is connected with {p2}, and {p3} is arranged on one side of {p2} and works with {p4} by {m}.",
        "Above {p1} there is mounted {p2}; between {p2} and {p3} there is {p4}, and adjustment is done by {m}.",
    ),
    (
        "The state is acquired by {p1}, a target is calculated by {m}, and {p2} and {p3} are driven, with feedback from {p4}.",
        "Working modes of {p2} are switched by {m} according to the value measured by {p1}, while {p3} is monitored.",
    ),
    (
        "Data are collected and passed to {p1}; with {m} as the core, {p2} and {p3} calculate jointly, and the result is output.",
        "A model with {p1} and {p2} is built and optimised by {m}, and {p3} gives the decision.",
    ),
    (
        "The system comprises {p1}, {p2}, {p3} and {p4} in communication, wherein {p2} processes the data by {m}.",
        "A front end is formed by {p1} and {p2}, while {p3} on the server side cooperates by {m}.",
    ),
    (
        "It contains {p1}, {p2} and {p3} and is obtained by {m}, the share of {p1} being {r} %.",
        "With {p1} as the main body, {p2} and {p3} form a stable structure by {m}, and {p4} is introduced for modification.",
    ),
    (
        "The steps are mixing {p1} with {p2} for {n1} hours, adding {p3}, treating by {m} at {n2} degrees and cooling.",
        "A precursor with {p1} is prepared, combined with {p2}, and {p3} is introduced by {m}, followed by washing and drying.",
    ),
)
ENGLISH_CLOSINGS = (
    "The invention is capable of {e1} and {e2}.",
    "Compared with the prior art, it has the advantages of {e1} and {e2} in {u}.",
    "In this way {q} is overcome, with the benefit of {e1}.",
)
