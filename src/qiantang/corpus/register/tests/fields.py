"""A register in which some fields of technology are told again and again, in Chinese and in English, all made up."""

from __future__ import annotations

from datetime import date

from qiantang.corpus.register.types import Observation, Text

from .shelf import seen

MODEL = "qiantang.engines.textmodel.letters.LettersModel"
THINGS = {
    "H01M10/613": ("电池", "冷却", "液冷管路", "散热"),
    "A01M29/16": ("输电线路", "驱鸟", "超声波", "支架"),
    "A01G25/16": ("农田", "灌溉", "土壤湿度", "水泵"),
    "G06V40/16": ("人脸", "识别", "门禁", "摄像头"),
}


def field_patents(each: int = 12, first: int = 1) -> list[Observation]:
    """``each`` patents of every field, with title, abstract and a claim; application years from 2010 on."""
    made = []
    for place, (symbol, words) in enumerate(THINGS.items()):
        for number in range(each):
            serial = first + place * 1_000 + number
            one, two, three, four = words[number % 4 :] + words[: number % 4]
            patent = seen(
                serial,
                (f"CN{112_000_000 + serial}", "A", f"{2012 + number % 10}-03-05"),
                title=f"一种{one}{two}装置及{three}系统",
                classes=(symbol,),
                filing_date=date(2010 + number % 10, 3, 5),
                simple_family=f"F{place}" if number < 2 else None,
            )
            patent.texts += [
                Text(
                    "abstract", "zh", f"本发明公开了一种{one}{two}装置。{three}与{four}相连；{one}的{four}设有{three}。"
                ),
                Text(
                    "claims",
                    "zh",
                    f"1. 一种{one}{two}装置，其特征在于包括{three}。\n2. 根据权利要求1所述的装置，设有{four}。",
                ),
            ]
            made.append(patent)
    abroad = seen(9_001, ("US10999001", "B2", "2019-01-08"), office="US", title=None, classes=("H01M10/613",))
    abroad.texts.append(Text("title", "en", "Battery cooling pipe battery cooling device"))
    again = seen(9_002, ("US10999002", "B2", "2019-01-08"), office="US", title=None, classes=("A01M29/16",))
    again.texts.append(Text("title", "en", "Battery cooling pipe for birds and cooling device"))
    return [*made, abroad, again]
