"""The parser of the query language fed with queries gone wrong, for ten minutes of CPU.

Claim: none ends otherwise than in a tree or in the language's own error with a place inside the text; what was parsed is
echoed in a form that parses to the same tree and to itself; it compiles, or is refused by the same error, to a query that
fits the index; and nothing takes longer than a second or a gigabyte.

Queries begin as those of people (``SEEDS``), and are changed one to six times: letters and whole signs of the language are
put in, taken out, doubled, exchanged; two queries are joined at random places; parts are put into brackets, many deep. One
that ends in a way not met before, by its error or by the shape of its tree, is kept and changed further, so the fuzzer
walks into corners. The same seed makes the same queries. ``--smoke`` runs it for some seconds.
"""

from __future__ import annotations

import random
import re
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from harness import asked, tell

from qiantang.corpus.register.methods.query_language import QUERY_FIELDS, canonical, compile_query, parse, terms_to_mark
from qiantang.corpus.register.methods.query_language.remarks import remarks
from qiantang.corpus.register.search import INDEX
from qiantang.engines.search.port import check
from qiantang.kernel.errors import Invalid

SEED = 4
MINUTES = 10.0
SLOW_S = 1.0
MOST_MEMORY = 1 << 30  # bytes beyond what the process has at its start; more is a crash like any other
REGIONS = {"杭州市": "330100", "西湖区": "330106", "浙江省": "330000"}
SEEDS = (
    "", "锂离子电池", "石墨 与 电池 或 硅 且 非 锂", "(a or b) and not c", '"lithium ion battery"~3', "TI=石墨 xor AB=硅",
    "IC=G06F16/3*", "IPC=H01M10/0525", "IC=G06F16/00/low", "AD=[2018 TO 2020]", "AD=(20180101 to 2020)", "PD>=2019-05",
    "PA==杭州钱潮有限公司", "发明人:王小明", "comput* NEAR5 (neural OR 神经网络)", "电池 ADJ3 隔膜 W/7 涂层", "a <NEAR2> b",
    "PN=CN1234567A OR AN=201910000001.1", "CT:*", "(TI=a AND AB=b) OR NOT (CL=c AND -d)", "wom?n colo#r", "地区=西湖区",
    "TA=(燃料 NEAR3 电池) AND LS=授权", "a 2W b 3D c", "PRE/4", "AY=2019..2021", "#1 AND #2", "PN=(CN1;CN2;CN3)",
    'ti any "a b" and pd within "2019, 2020"', "a && b || !c", "电池 (5W) 隔膜 (N) 涂层 $PRE3 a $W5 b", "AD=20200101:20201231",
    r"CPC=H01M10\/0525 cl=g06f", "IPC=H01M 10", "电池、隔膜 4w SAME near H01M10/0525", "LS=已驳回 并且 a 不含 b", "AN=CN2020",
    "(TI,AB)=(a or b) not (PA、IN)!=c (AD;PD)=[2019 TO 2020]", '(TI or 摘要)="a b"~3', "a prox/distance<3 b prox/unit=sentence/ordered=true c",
)  # fmt: skip
_SIGNS = [
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "=",
    "==",
    "!=",
    ">=",
    "<=",
    "<",
    ">",
    ":",
    "：",
    "~",
    "~3",
    "*",
    "?",
    "#",
    "#1",
    "#2",
    '"',
    "“",
    "”",
    "'",
    "-",
    "&",
    "|",
    "，",
    ",",
    "；",
    ";",
    "AND",
    "OR",
    "NOT",
    "XOR",
    "与",
    "或",
    "非",
    "且",
    "异或",
    "NEAR5",
    "ADJ2",
    "NEAR",
    "ADJ",
    "W/3",
    "PRE/2",
    "2W",
    "3D",
    "NEAR51",
    "TO",
    "to",
    "..",
    "。",
    "\\",
    "/",
    "\t",
    "\n",
    "\u3000",
    "（",
    "）",
    "【",
    "】",
    "＝",
    "\x00",
    "\ufeff",
    "\u200b",
    "�",
    "😀",
    "é",
    "ß",
    "İ",
    "G06F",
    "H01M10/0525",
    "2019",
    "20191301",
    "0",
    "-1",
    "99999999999999999999",
    "330100",
    "西湖区",
    "锂",
    "锂离子",
    "lithium",
    "comput*",
    "*x",
    "wom?n",
    "¼",
    "①",
    "٣",
    "ﷺ",
]


def _pieces() -> list[str]:
    names = [name for field in QUERY_FIELDS for name in (field.key, *_texts(field))]
    return [*_SIGNS, *(f"{name}=" for name in names), *names]


def _texts(field: Any) -> list[str]:
    """All short texts that stand in the description of a field: its names in both languages are among them."""
    found = []
    for one in fields(field) if is_dataclass(field) else ():
        value = getattr(field, one.name)
        found += [str(text) for text in (value if isinstance(value, (tuple, frozenset)) else (value,))]
    return [text for text in found if 0 < len(text) < 20]


class Fuzzer:
    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)  # noqa: S311 no secret
        self.pieces = _pieces()
        self.sound = list(SEEDS)  # these parse, at least the most of them
        self.odd: list[str] = []  # these were refused, each in a way of its own
        self.seen: set[object] = set()
        self.ends: Counter[str] = Counter()
        self.crashes: dict[str, str] = {}
        self.slowest = (0.0, "")
        self._changes: tuple[Callable[[str], str], ...] = (
            self._put_in, self._put_in, self._take_out, self._double, self._exchange, self._splice, self._bracket,
            self._letter,
        )  # fmt: skip

    # --- making queries ---

    def query(self) -> str:
        text = self.random.choice(self.odd if self.odd and self.random.random() < 0.2 else self.sound)
        for _ in range(self.random.choice((1, 1, 1, 2, 2, 3, 6))):
            text = self.random.choice(self._changes)(text)
        return text[:2_000]

    def _at(self, text: str) -> int:
        return self.random.randint(0, len(text))

    def _put_in(self, text: str) -> str:
        at, blank = self._at(text), self.random.choice(("", " "))
        return text[:at] + blank + self.random.choice(self.pieces) + blank + text[at:]

    def _take_out(self, text: str) -> str:
        start = self._at(text)
        return text[:start] + text[start + self.random.randint(1, 5) :]

    def _double(self, text: str) -> str:
        start, end = sorted((self._at(text), self._at(text)))
        return text[:end] + text[start:end] * self.random.choice((1, 1, 1, 3, 30)) + text[end:]

    def _exchange(self, text: str) -> str:
        words = re.split(r"(\s+)", text)
        self.random.shuffle(words)
        return "".join(words)

    def _splice(self, text: str) -> str:
        other = self.random.choice(self.sound)
        return text[: self._at(text)] + other[self._at(other) :]

    def _bracket(self, text: str) -> str:
        deep = self.random.choice((1, 1, 1, 2, 40, 400))
        before = self.random.choice(("(", "(", "NOT (", "TI=(", "-(", "a NEAR3 ("))
        return before * deep + text + ")" * self.random.choice((deep, deep, deep - 1))

    def _letter(self, text: str) -> str:
        at = self._at(text)
        letter = chr(self.random.choice((self.random.randrange(0x80), self.random.randrange(0x110000))))
        return text[:at] + letter + text[at + 1 :]

    # --- what comes of them ---

    def one(self, text: str) -> None:
        start = time.process_time()
        try:
            end, shape = self._tried(text)
        except Exception as error:  # noqa: BLE001 whatever is not the language's own error is what is looked for
            end, shape = "crash", None
            last = traceback.extract_tb(error.__traceback__)[-1]
            key = f"{type(error).__name__} at {last.name}: {str(error)[:80]}"
            if len(text) < len(self.crashes.get(key, text + " ")):
                self.crashes[key] = text
        self.ends[end] += 1
        self.slowest = max(self.slowest, (time.process_time() - start, text))
        if shape is not None and shape not in self.seen:
            self.seen.add(shape)
            (self.sound if end == "parsed" else self.odd).append(text)

    def _tried(self, text: str) -> tuple[str, object]:
        try:
            node = parse(text)
        except Invalid as error:
            return "refused by the parser", _own(error, text)
        echo = canonical(node)
        if parse(echo) != node:
            raise AssertionError("the echo means something else")
        if canonical(parse(echo)) != echo:
            raise AssertionError("the echo is echoed otherwise")
        try:
            query = compile_query(node, regions=REGIONS)
        except Invalid as error:
            return "refused by the compiler", _own(error, text)
        check(query, INDEX)
        terms_to_mark(node)
        for remark in remarks(text):
            parse(remark.instead)
        return "parsed", re.sub(r"'(?:[^'\\]|\\.)*'|\d+", "", repr(node))[:200]


def _own(error: Invalid, text: str) -> object:
    """The kind of refusal. It must be the language's, with a place in the text."""
    if error.code != "query.syntax" or not 0 <= error.facts["position"] <= len(text):
        raise AssertionError(f"{error.code} at {error.facts.get('position')} of {len(text)}")
    return re.sub(r"\d+", "", str(error.facts["message"]))[:12]


def main() -> None:
    wanted = asked()
    seconds = 5.0 if wanted.smoke else MINUTES * 60
    fuzzer = Fuzzer(SEED)
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MOST_MEMORY, resource.RLIM_INFINITY))
    start = time.process_time()
    while time.process_time() - start < seconds:
        for _ in range(100):
            fuzzer.one(fuzzer.query())
    slowest, text = fuzzer.slowest
    result = {
        "cpu_s": round(time.process_time() - start, 1),
        "cases": sum(fuzzer.ends.values()),
        "ends": dict(fuzzer.ends),
        "kept_for_further_changes": {"parsed": len(fuzzer.sound) - len(SEEDS), "refused": len(fuzzer.odd)},
        "crashes": len(fuzzer.crashes),
        "crashes_by_kind": {key: text[:300] for key, text in fuzzer.crashes.items()},
        "slowest_s": round(slowest, 3),
        "slowest_query_begins": text[:80],
        "recursion_limit": sys.getrecursionlimit(),
    }
    tell("fuzz_query_language", wanted, result, met=not fuzzer.crashes and slowest <= SLOW_S)


if __name__ == "__main__":
    main()
