"""Syllables and words of which names are made. Coinages are pairs of uncommon characters; no name of a real body is listed."""

from __future__ import annotations


def _spelled(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((item[0], item[1:]) for item in text.split())


# Character followed by its spelling without tone.
CORE_FIRST = _spelled(
    "栎li 岑cen 煦xu 珩heng 砚yan 昀yun 翊yi 霁ji 峤qiao 棠tang 筱xiao 邈miao 汐xi 箬ruo 岫xiu 玥yue 琮cong 璟jing 旻min 晏yan "
    "槿jin 桉an 葭jia 芃peng 蘅heng 荇xing 鹄hu 隼sun 骥ji 钰yu 铖cheng 弈yi 潼tong 漪yi 澈che 灏hao 桁hang 榭xie 杪miao 苡yi "
    "蓁zhen 菡han 萱xuan 萦ying 璞pu 瑀yu 琬wan 熠yi 焓han 烨ye 焱yan 垚yao 堃kun 岚lan 峋xun 嵘rong 彧yu 恺kai 昶chang 暄xuan"
)
CORE_SECOND = _spelled(
    "栖qi 屿yu 禾he 序xu 域yu 恒heng 辰chen 枢shu 维wei 纬wei 图tu 策ce 核he 翼yi 帆fan 舵duo 桥qiao 泽ze 溪xi 麓lu 冈gang 启qi 拓tuo "
    "合he 方fang 真zhen 行xing 知zhi 问wen 止zhi 石shi 木mu 玄xuan 墨mo 青qing 素su 朴pu 简jian 汀ting 沚zhi 渚zhu 湄mei 澍shu 磐pan "
    "砺li 础chu 榫sun 楔xie 梁liang 柯ke 榆yu 椿chun 笙sheng 籁lai 绎yi 缦man 翎ling 舷xian 艺yi 苑yuan"
)
# Coinages that would be words or well-known names after all.
CORES_LEFT_OUT = frozenset({"岚图", "岚桥", "璞泽", "恺英", "昶青", "榭方", "潼恒", "灏翼"})
SOUNDS_LEFT_OUT = frozenset({"Yitu", "Haohan", "Yunzhi", "Hengrui", "Yaoming", "Xuanyu"})

SURNAMES = _spelled(
    "王wang 李li 张zhang 刘liu 陈chen 杨yang 赵zhao 黄huang 周zhou 吴wu 徐xu 孙sun 胡hu 朱zhu 高gao 林lin 何he 郭guo 马ma 罗luo 梁liang 宋song "
    "郑zheng 谢xie 韩han 唐tang 冯feng 于yu 董dong 萧xiao 程cheng 曹cao 袁yuan 邓deng 许xu 傅fu 沈shen 曾zeng 彭peng 吕lü 苏su 卢lu 蒋jiang 蔡cai "
    "贾jia 丁ding 魏wei 薛xue 叶ye 阎yan 余yu 潘pan 杜du 戴dai 夏xia 钟zhong 汪wang 田tian 任ren 姜jiang 范fan 方fang 石shi 姚yao 谭tan 廖liao 邹zou"
)

# Words of a company's business by industry: Chinese and English.
TRADES: dict[str, tuple[tuple[str, str], ...]] = {
    "artificial_intelligence": (
        ("智能科技", "Intelligent Technology"),
        ("数据智能", "Data Intelligence"),
        ("视觉技术", "Vision Technology"),
        ("机器智能", "Machine Intelligence"),
    ),
    "biomedicine": (
        ("生物医药", "Biopharmaceutical"),
        ("医疗器械", "Medical Instruments"),
        ("基因科技", "Gene Technology"),
        ("健康科技", "Health Technology"),
    ),
    "high_end_equipment": (
        ("智能装备", "Intelligent Equipment"),
        ("精密机械", "Precision Machinery"),
        ("自动化设备", "Automation Equipment"),
        ("机电科技", "Electromechanical Technology"),
    ),
    "integrated_circuits": (
        ("微电子", "Microelectronics"),
        ("半导体", "Semiconductor"),
        ("光电科技", "Optoelectronics"),
        ("集成电路", "Integrated Circuits"),
    ),
    "new_energy_materials": (
        ("新能源科技", "New Energy Technology"),
        ("新材料", "New Materials"),
        ("储能技术", "Energy Storage Technology"),
        ("高分子材料", "Polymer Materials"),
    ),
    "digital_security": (
        ("信息技术", "Information Technology"),
        ("网络科技", "Network Technology"),
        ("物联技术", "Internet of Things Technology"),
        ("安全技术", "Security Technology"),
    ),
    "general": (
        ("环保科技", "Environmental Technology"),
        ("家居用品", "Home Products"),
        ("食品科技", "Food Technology"),
        ("建筑工程", "Construction Engineering"),
        ("纺织科技", "Textile Technology"),
        ("农业科技", "Agricultural Technology"),
    ),
}
COMPANY_FORMS = (("有限公司", "Co., Ltd."), ("股份有限公司", "Co., Ltd."), ("有限责任公司", "Co., Ltd."))
UNIVERSITIES = (
    ("理工大学", "University of Science and Engineering"),
    ("科技大学", "University of Technology"),
    ("工学院", "Institute of Engineering"),
    ("医科大学", "Medical University"),
    ("农林大学", "Agriculture and Forestry University"),
    ("职业技术学院", "Vocational College"),
)
INSTITUTES = (
    ("应用技术研究院", "Institute of Applied Technology"),
    ("先进制造研究所", "Institute of Advanced Manufacturing"),
    ("新材料研究院", "Institute of New Materials"),
    ("信息工程研究所", "Institute of Information Engineering"),
)
HOSPITALS = (
    ("人民医院", "People's Hospital"),
    ("中医院", "Traditional Medicine Hospital"),
    ("妇幼医院", "Women and Children Hospital"),
)
AGENCIES = (
    "专利代理事务所（普通合伙）",
    "知识产权代理有限公司",
    "专利代理有限公司",
    "知识产权代理事务所（特殊普通合伙）",
)
ROADS = ("路", "街", "大道", "巷", "弄")

# Firms abroad: Latin coinages, their Chinese rendering, and the words of their form by country.
ABROAD_FIRST = (
    ("Vorlund", "沃伦德"), ("Kestrava", "凯斯特拉瓦"), ("Ombrelle", "翁布雷"), ("Tindrell", "廷德雷尔"), ("Quarrow", "夸罗"), ("Ysmark", "伊斯马克"),
    ("Halvenne", "哈尔文"), ("Norquill", "诺奎尔"), ("Brisandt", "布里桑特"), ("Drevano", "德雷瓦诺"), ("Feldrick", "费尔德里克"), ("Ostrivia", "奥斯特里维亚"),
)  # fmt: skip
ABROAD_SECOND = (
    ("Systems", "系统"), ("Optics", "光学"), ("Biologics", "生物"), ("Dynamics", "动力"), ("Materials", "材料"), ("Devices", "器件"),
)  # fmt: skip
ABROAD_FORMS: dict[str, tuple[str, str, str]] = {
    "US": ("Inc.", "公司", "Sample Avenue, Demo City"),
    "DE": ("GmbH", "有限责任公司", "Musterstrasse, Demostadt"),
    "JP": ("K.K.", "株式会社", "Mihon-cho, Demo-shi"),
    "KR": ("Co., Ltd.", "株式会社", "Gyeonbon-ro, Demo-si"),
}
ABROAD_GIVEN = (
    "Alva",
    "Bren",
    "Cato",
    "Dorin",
    "Elke",
    "Fenno",
    "Gita",
    "Hiro",
    "Ines",
    "Joon",
    "Kaya",
    "Lior",
    "Mina",
    "Noor",
    "Otis",
    "Pia",
)
ABROAD_FAMILY = (
    "Aldwick",
    "Brandvold",
    "Castellane",
    "Dunmarsh",
    "Eikemo",
    "Farrowby",
    "Grunfeld",
    "Hoshikawa",
    "Imhoven",
    "Jangsan",
    "Kirimoto",
    "Lindquell",
)
