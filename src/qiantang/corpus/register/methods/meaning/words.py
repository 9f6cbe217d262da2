"""The words of a text, as they are learnt and looked up: Chinese cut by a dictionary, Latin words as they stand.

Boolean search never sees these words: there Chinese is exact to the character. A cut that errs costs a little nearness here,
and no hit there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from qiantang.kernel.text import fold

if TYPE_CHECKING:
    from scipy import sparse

LONGEST_TEXT = 4_000  # characters of a text that are looked at: title, abstract, the beginning of the claims
# Latin words that tell nothing of what a text is about; Chinese ones of one character never are words here
TELL_NOTHING = frozenset(
    [
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "been",
        "by",
        "can",
        "comprises",
        "comprising",
        "for",
        "from",
        "has",
        "have",
        "having",
        "in",
        "into",
        "is",
        "it",
        "its",
        "least",
        "may",
        "more",
        "of",
        "on",
        "or",
        "one",
        "said",
        "such",
        "than",
        "that",
        "the",
        "their",
        "thereof",
        "these",
        "this",
        "to",
        "used",
        "using",
        "when",
        "wherein",
        "which",
        "with",
        "within",
    ]
)
_IS_WORD = re.compile("[\u3400-\u9fff]{2,8}|[a-z][a-z-]{1,30}").fullmatch


def words_of(text: str) -> list[str]:
    """The words of a text after folding, in order, again and again where they stand again."""
    import rjieba  # noqa: PLC0415 - its dictionary is a quarter of a second, which those who cut words pay

    return [word for word in rjieba.cut(fold(text[:LONGEST_TEXT])) if _IS_WORD(word) and word not in TELL_NOTHING]


def is_chinese(text: str) -> bool:
    """Whether a word or text is written in Chinese characters, if only in part."""
    return any("\u3400" <= one <= "\u9fff" for one in text)


class Counts:
    """In how many texts each word stands."""

    def __init__(self) -> None:
        self.texts = 0
        self.holding: Counter[str] = Counter()

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.texts += 1
            self.holding.update(set(words_of(text)))

    def vocabulary(self, most: int) -> list[str]:
        """The words to learn, the most frequent first: in two texts or more, and in no more than half of many."""
        ceiling = self.texts / 2 if self.texts >= _MANY else self.texts
        found = [(count, word) for word, count in self.holding.items() if _LEAST_TEXTS <= count <= ceiling]
        return [word for _, word in sorted(found, key=lambda pair: (-pair[0], pair[1]))[:most]]


# Words of both languages that the model is always asked about, so that each has a middle although a register may hold none.
ANCHORS = [
    "电池",
    "冷却",
    "装置",
    "方法",
    "系统",
    "材料",
    "制备",
    "控制",
    "检测",
    "图像",
    "网络",
    "数据",
    "通信",
    "天线",
    "信号",
    "电路",
    "电源",
    "充电",
    "电机",
    "发动机",
    "汽车",
    "轮胎",
    "齿轮",
    "轴承",
    "阀门",
    "水泵",
    "管道",
    "锅炉",
    "焊接",
    "切割",
    "模具",
    "机器人",
    "传感器",
    "激光",
    "光学",
    "镜头",
    "显示屏",
    "芯片",
    "半导体",
    "薄膜",
    "涂层",
    "纤维",
    "塑料",
    "橡胶",
    "陶瓷",
    "玻璃",
    "水泥",
    "混凝土",
    "钢材",
    "合金",
    "催化剂",
    "溶剂",
    "聚合物",
    "药物",
    "疫苗",
    "基因",
    "蛋白质",
    "细胞",
    "医疗",
    "手术",
    "诊断",
    "食品",
    "饮料",
    "肥料",
    "农药",
    "种子",
    "灌溉",
    "养殖",
    "污水",
    "废气",
    "垃圾",
    "过滤",
    "干燥",
    "包装",
    "印刷",
    "纺织",
    "服装",
    "家具",
    "玩具",
    "建筑",
    "桥梁",
    "隧道",
    "矿山",
    "石油",
    "风力",
    "太阳能",
    "储能",
    "软件",
    "算法",
    "模型",
    "语音",
    "支付",
    "区块链",
    "身份认证",
    "病毒",
    "土壤",
    "空气",
    "温度",
    "压力",
    "速度",
    "声音",
    "颜色",
    "鸟类",
    "鱼类",
    "树木",
    "石墨烯",
    "氢气",
    "battery",
    "cooling",
    "device",
    "method",
    "system",
    "material",
    "preparation",
    "control",
    "detection",
    "image",
    "network",
    "data",
    "communication",
    "antenna",
    "signal",
    "circuit",
    "power",
    "charging",
    "motor",
    "engine",
    "vehicle",
    "tyre",
    "gear",
    "bearing",
    "valve",
    "pump",
    "pipe",
    "boiler",
    "welding",
    "cutting",
    "mould",
    "robot",
    "sensor",
    "laser",
    "optical",
    "lens",
    "display",
    "chip",
    "semiconductor",
    "film",
    "coating",
    "fibre",
    "plastic",
    "rubber",
    "ceramic",
    "glass",
    "cement",
    "concrete",
    "steel",
    "alloy",
    "catalyst",
    "solvent",
    "polymer",
    "drug",
    "vaccine",
    "gene",
    "protein",
    "cell",
    "medical",
    "surgery",
    "diagnosis",
    "food",
    "beverage",
    "fertilizer",
    "pesticide",
    "seed",
    "irrigation",
    "breeding",
    "sewage",
    "exhaust",
    "garbage",
    "filter",
    "drying",
    "packaging",
    "printing",
    "textile",
    "clothing",
    "furniture",
    "toy",
    "building",
    "bridge",
    "tunnel",
    "mine",
    "petroleum",
    "wind",
    "solar",
    "storage",
    "software",
    "algorithm",
    "model",
    "speech",
    "payment",
    "blockchain",
    "authentication",
    "virus",
    "soil",
    "air",
    "temperature",
    "pressure",
    "speed",
    "sound",
    "colour",
    "bird",
    "fish",
    "tree",
    "graphene",
    "hydrogen",
]
_MANY, _LEAST_TEXTS = 100, 2


def counted(texts: Sequence[str], places: dict[str, int]) -> sparse.csr_matrix:
    """A row a text, a column a known word: how often it stands there, damped (1 + the logarithm)."""
    from scipy import sparse  # noqa: PLC0415 - half a second that only the space of meaning needs

    starts, columns, times = [0], [], []
    for text in texts:
        for word, count in Counter(words_of(text)).items():
            if (place := places.get(word)) is not None:
                columns.append(place)
                times.append(count)
        starts.append(len(columns))
    damped = 1 + np.log(np.array(times, np.float32)) if times else np.zeros(0, np.float32)
    return sparse.csr_matrix((damped, columns, starts), shape=(len(texts), len(places)), dtype=np.float32)
