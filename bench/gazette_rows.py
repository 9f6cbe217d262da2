"""A gazette table of any size, in the form of the office's own (GB18030 CSV), made up from nothing: for benches only."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from itertools import accumulate, islice
from pathlib import Path

_HEADER = "item,name,authorization_notice_id,authorized_announcement_date,filing_id,filing_date,patentee,designer,address,Int.Cl."
_WORDS = [
    "电池",
    "热管理",
    "图像",
    "识别",
    "石墨烯",
    "催化",
    "装置",
    "方法",
    "系统",
    "控制",
    "传感",
    "阀门",
    "齿轮",
    "薄膜",
    "纳米",
    "数据",
    "存储",
    "通信",
    "终端",
    "焊接",
]
_NAMES = ["钱潮", "湖墅", "云栖", "望江", "凤起", "良渚", "运河", "之江", "半山", "临浦"]
_GIVEN = ["一川", "子衡", "望舒", "清和", "若水", "知远", "鹿鸣", "星阑", "澜", "岚"]
_WEIGHTS = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_FIRST_SERIAL, _FIRST_PUBLICATION = 9_900_000, 199_000_000  # from here on nothing has been issued
MOST_ROWS = 100_000
_POOL, _FLATTENED = 20_000, 300


def _application(year: int, serial: int) -> str:
    """Twelve digits and their check character (ZC 0006)."""
    body = f"{year}1{serial:07d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    return body + ("X" if rest == 10 else str(rest))


def write_gazette(path: Path, rows: int, seed: int = 7) -> None:
    """``rows`` entries of published inventions, 100,000 at most; one in forty is a repetition.

    As in the tables that go round, a third of the application numbers has been through a spreadsheet (``2.02E+12``),
    names and symbols are parted by a semicolon and an en blank, and the postcode is glued to the address.
    """
    if rows > MOST_ROWS:
        raise ValueError(f"at most {MOST_ROWS} rows")
    rng = random.Random(seed)  # noqa: S311 no secret
    with path.open("w", encoding="gb18030", newline="") as stream:
        stream.write(_HEADER + "\n")
        writer = csv.writer(stream, lineterminator="\n")
        entry: list[str] = []
        symbols = _symbols(rng)
        for item in range(1, rows + 1):
            if not entry or item % 40:
                entry = _entry(rng, item, symbols)
            writer.writerow([item, *entry])


def _symbols(rng: random.Random) -> Iterator[str]:
    """Symbols in the form of the IPC with their editions, as often repeated as in the office's tables of July 2019:
    there 25,776 entries hold 10,344 different ones.
    """
    pool = [
        f"{rng.choice('ABCGH')}{rng.randint(1, 9):02d}{rng.choice('BCDGH')}"
        f"{rng.randint(1, 40)}/{rng.randint(0, 40):02d}({rng.randint(2006, 2019)}.01)I"
        for _ in range(_POOL)
    ]
    weights = list(accumulate(1 / (rank + _FLATTENED) for rank in range(_POOL)))
    while True:
        yield from rng.choices(pool, cum_weights=weights, k=4096)


def _entry(rng: random.Random, item: int, symbols: Iterator[str]) -> list[str]:
    filed = f"{rng.randint(2017, 2018)}.{rng.randint(1, 12):02d}.{rng.randint(1, 28):02d}"
    filing_id = _application(int(filed[:4]), _FIRST_SERIAL + item - 1) if item % 3 else "2.02E+12"
    return [
        "一种" + "".join(rng.sample(_WORDS, 4)) + f"及其应用{item % 97}",
        f"CN{_FIRST_PUBLICATION + item}A",
        "2019.07.12",
        filing_id,
        filed,
        f"杭州{rng.choice(_NAMES)}{rng.choice(_WORDS)}科技有限公司",
        ";\u2002".join(f"章{rng.choice(_GIVEN)}" for _ in range(rng.randint(1, 4))),
        f"310{rng.randint(0, 99):03d}浙江省杭州市西湖区{rng.choice(_NAMES)}路{rng.randint(1, 900)}号",
        ";\u2002".join(islice(symbols, rng.randint(1, 3))),
    ]
