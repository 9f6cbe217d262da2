"""What a cell looks like, whatever its header says: the evidence with which columns are checked against headers."""

from __future__ import annotations

import re
from enum import StrEnum


class Shape(StrEnum):
    EMPTY = "empty"
    SERIAL = "serial"
    PUBLICATION = "publication"
    APPLICATION = "application"
    DAY = "day"
    SYMBOL = "symbol"
    ADDRESS = "address"
    ORGANISATION = "organisation"
    PERSON = "person"
    SHORT = "short"
    WORDS = "words"


_PUBLICATION = re.compile(r"[A-Z]{2}\d{7,12}[A-Z]\d?$")
# The second form is what a spreadsheet makes of a long number.
_APPLICATION = re.compile(r"(?:CN|ZL)?(?:\d{8}(?:\.[\dX])?|\d{12}\.?[\dX])$|\d(?:\.\d+)?E\+\d+$", re.IGNORECASE)
_DAY = re.compile(r"\d{4}[.\-/年]\d{1,2}[.\-/月]\d{1,2}日?$")
_SERIAL = re.compile(r"\d{1,7}$")
_SYMBOL = re.compile(r"[A-H]\d{2}[A-Z]\s*\d{1,4}/\d{2,}|\d{2}-\d{2}\b")
_POSTCODE_FIRST = re.compile(r"\d{6}\s*[^\d\s.,;/\-]")
# The names with which an address in a Chinese gazette begins: provinces, and the countries of foreign applicants.
_PLACE_FIRST = re.compile(
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|云南|西藏|陕西|甘肃|青海|宁夏|新疆|台湾|"
    "中国|香港|澳门|美国|日本|韩国|德国|法国|英国|荷兰|瑞士|瑞典|意大利|加拿大|澳大利亚|以色列|芬兰|丹麦|奥地利|比利时|西班牙|爱尔兰|新加坡|挪威|印度|俄罗斯|卢森堡|新西兰|巴西|"
    "开曼群岛|英属维尔京|泰国|马来西亚|墨西哥|南非|土耳其|波兰|捷克|匈牙利|葡萄牙|希腊|沙特阿拉伯|百慕大|巴巴多斯|列支敦士登|越南|印度尼西亚|菲律宾|智利|阿根廷|乌克兰|克罗地亚|"
    "斯洛文尼亚|塞浦路斯|马耳他|冰岛|爱沙尼亚|拉脱维亚|立陶宛|罗马尼亚|保加利亚|斯洛伐克|摩纳哥|萨摩亚|塞舌尔|毛里求斯|卡塔尔|阿联酋|阿拉伯联合酋长国|伊朗|埃及|哥伦比亚"
)
_ORGANISATION = re.compile(
    r"(?:公司|大学|学院|学校|中学|小学|研究院|研究所|设计院|科学院|工厂|医院|集团|株式会社|法人|合伙|企业|基金会|协会|委员会|实验室"
    r"|中心|事务所|合作社|总厂|分院|分局|支队|经营部|商行)(?:[(（][^)）]*[)）])?$|.{3}(?:厂|局|院|所|部|店|站|队|场|社|会|馆|处)$"
    r"|\b(?:Inc|Ltd|GmbH|LLC|Corp|AG|S\.?A|B\.?V)\.?$"
)
# The commonest Chinese family names; together they cover more than 19 persons in 20.
_FAMILY_NAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳"
    "甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑"
    "景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕"
    "楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿"
    "乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由瀛欧阳上官司徒诸葛"
)
_HAN_NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf?]{2,4}$")
_FOREIGN_NAME = re.compile(r"[^\d;；()（）]{0,40}[·•.．・][^\d;；()（）]{1,40}$")
_SHORT_NAME = re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]{2,6}$")
_WITHHELD = re.compile(r".{0,9}不(?:公告|公开|公布)")


def name_parts(text: str) -> list[str]:
    """The names of a cell: parted by semicolons, the odd blanks and ``??`` behind them taken away, empty ones left out."""
    if ";" not in text and "；" not in text:
        one = text.strip()
        return [one] if one else []
    parts = text.replace("；", ";").replace(";??", ";").split(";")
    return [part for one in parts if (part := one.strip())]


def is_withheld(name: str) -> bool:
    """Whether words stand in for the name of an inventor who asked not to be named."""
    return "不公" in name and _WITHHELD.match(name) is not None


def is_person(name: str) -> bool:
    """Whether a name reads as a natural person's: two to four characters led by a family name, or a foreign name."""
    if _HAN_NAME.match(name):
        return name[0] in _FAMILY_NAMES
    return _FOREIGN_NAME.match(name) is not None or is_withheld(name)


def shape_of(text: str) -> Shape:
    """The first shape a cell fits, the most telling first."""
    text = text.strip()
    if not text:
        return Shape.EMPTY
    for shape, pattern in (
        (Shape.DAY, _DAY),
        (Shape.SERIAL, _SERIAL),
        (Shape.PUBLICATION, _PUBLICATION),
        (Shape.APPLICATION, _APPLICATION),
        (Shape.SYMBOL, _SYMBOL),
        (Shape.ADDRESS, _POSTCODE_FIRST),
    ):
        if pattern.match(text):
            return shape
    parts = name_parts(text)
    if any(_ORGANISATION.search(part) for part in parts):
        return Shape.ORGANISATION
    if _PLACE_FIRST.match(text):
        return Shape.ADDRESS
    if parts and all(map(is_person, parts)):
        return Shape.PERSON
    # Two to six characters may be a rare or a Japanese name, a firm's short name, or the title of a design.
    return Shape.SHORT if parts and all(map(_SHORT_NAME.match, parts)) else Shape.WORDS
