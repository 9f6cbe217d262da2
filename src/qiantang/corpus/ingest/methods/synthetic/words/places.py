"""Where the city's parties live: Hangzhou over its reforms, fifteen other cities.

Codes and names of districts, towns and zones are public facts (GB/T 2260 and its yearly lists; the State Council's replies
on Fuyang 2014, Lin'an 2017 and Hangzhou 2021). Roads and house numbers are invented.
"""

from __future__ import annotations

from typing import NamedTuple

from qiantang.corpus.ingest.methods.synthetic.days import day

ERAS = (day(2015, 2, 15), day(2017, 9, 15), day(2021, 4, 9))
"""First days on which Fuyang and Lin'an are written as districts, and Hangzhou's districts of 2021 as such."""


class Quarter(NamedTuple):
    """A part of a district that has always stayed together.

    codes, names    of its district in the four eras before, between and after ERAS
    towns           street offices and towns, ``zone`` the name of a development zone or empty, ``weight`` how many live there
    """

    city: str
    codes: tuple[str, str, str, str]
    names: tuple[str, str, str, str]
    towns: tuple[str, ...]
    zone: str
    postcode: str
    weight: int


HANGZHOU = "浙江省杭州市"


def _hangzhou(line: str) -> Quarter:
    codes, names, towns, zone, postcode, weight = line.split()
    code, name = codes.split(">"), names.split(">")
    # A quarter whose district changed names old and new; Fuyang and Lin'an changed at the first and second reform.
    turn = {"富阳市": 1, "临安市": 2}.get(name[0], 3)
    old_new = [(code[0], name[0])] * turn + [(code[-1], name[-1])] * (4 - turn)
    return Quarter(
        HANGZHOU,
        (old_new[0][0], old_new[1][0], old_new[2][0], old_new[3][0]),
        (old_new[0][1], old_new[1][1], old_new[2][1], old_new[3][1]),
        tuple(towns.split("、")),
        "" if zone == "-" else zone,
        postcode,
        int(weight),
    )


QUARTERS_HANGZHOU = tuple(
    _hangzhou(line)
    for line in (
        "330102 上城区 湖滨街道、清波街道、小营街道、望江街道 - 310002 40",
        "330104>330102 江干区>上城区 四季青街道、凯旋街道、采荷街道、九堡街道、笕桥街道 钱江新城 310016 70",
        "330103>330105 下城区>拱墅区 武林街道、朝晖街道、文晖街道、东新街道、石桥街道 - 310004 60",
        "330105 拱墅区 米市巷街道、拱宸桥街道、祥符街道、康桥街道、半山街道 - 310015 60",
        "330106 西湖区 古荡街道、翠苑街道、文新街道、转塘街道、三墩镇 西湖科技园 310013 160",
        "330108 滨江区 西兴街道、长河街道、浦沿街道 高新区 310052 190",
        "330109 萧山区 城厢街道、北干街道、宁围街道、新街街道、瓜沥镇、临浦镇 萧山经济技术开发区 311215 100",
        "330109>330114 萧山区>钱塘区 义蓬街道、河庄街道、新湾街道、临江街道、前进街道 大江东产业集聚区 311228 30",
        "330104>330114 江干区>钱塘区 下沙街道、白杨街道 杭州经济技术开发区 310018 90",
        "330110 余杭区 五常街道、仓前街道、闲林街道、良渚街道、瓶窑镇、径山镇 未来科技城 311121 150",
        "330110>330113 余杭区>临平区 临平街道、南苑街道、星桥街道、乔司街道、崇贤街道、塘栖镇 余杭经济技术开发区 311100 80",
        "330183>330111 富阳市>富阳区 富春街道、东洲街道、春江街道、银湖街道、新登镇 - 311400 40",
        "330185>330112 临安市>临安区 锦城街道、玲珑街道、青山湖街道、锦北街道、昌化镇 青山湖科技城 311300 35",
        "330122 桐庐县 城南街道、桐君街道、分水镇、富春江镇 - 311500 18",
        "330127 淳安县 千岛湖镇、威坪镇、汾口镇 - 311700 8",
        "330182 建德市 新安江街道、洋溪街道、梅城镇、乾潭镇、寿昌镇 - 311600 14",
    )
)


def _elsewhere(line: str) -> tuple[Quarter, ...]:
    city, postcode, weight, *districts = line.split()
    found = []
    for entry in districts:
        code, name = entry[:6], entry[6:]
        found.append(Quarter(city, (code,) * 4, (name,) * 4, (), "", postcode, int(weight)))
    return tuple(found)


QUARTERS_ELSEWHERE = tuple(
    quarter
    for line in (
        "北京市 100083 80 110108海淀区 110105朝阳区",
        "上海市 201203 75 310115浦东新区 310112闵行区",
        "广东省深圳市 518057 75 440305南山区 440306宝安区",
        "广东省广州市 510630 45 440106天河区 440112黄埔区",
        "江苏省南京市 211100 40 320115江宁区 320106鼓楼区",
        "江苏省苏州市 215000 45 320505虎丘区 320506吴中区",
        "湖北省武汉市 430074 35 420111洪山区 420106武昌区",
        "四川省成都市 610041 35 510107武侯区 510117郫都区",
        "陕西省西安市 710065 28 610113雁塔区 610112未央区",
        "浙江省宁波市 315100 45 330212鄞州区 330211镇海区",
        "安徽省合肥市 230031 30 340104蜀山区 340111包河区",
        "天津市 300450 25 120116滨海新区 120111西青区",
        "浙江省绍兴市 312000 30 330602越城区 330603柯桥区",
        "浙江省嘉兴市 314000 28 330402南湖区 330411秀洲区",
        "山东省青岛市 266061 22 370212崂山区 370211黄岛区",
    )
    for quarter in _elsewhere(line)
)
QUARTERS = QUARTERS_HANGZHOU + QUARTERS_ELSEWHERE
