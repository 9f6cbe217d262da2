"""Places of fresh addresses, beside regular expressions of all names.

Claim: at least 150,000 addresses a CPU second.

Ours is ``places.api.resolve`` with a day; every address is another one, so that no memory of addresses could help. The peer
is what one writes first: an alternation of all provinces, then of all prefectures, then of all districts of China,
matched one after the other from the start; it gives names only, without days, zones, townships or candidates. The
addresses are those of the synthetic city with a house number of their own. CPU time, in turn, in one process.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from harness import asked, tell, timed

from qiantang.commons.refdata.api import Level, regions, short_name
from qiantang.corpus.ingest.methods.synthetic.city import build_city
from qiantang.corpus.places.api import resolve

GOAL_PER_CPU_SECOND = 150_000
_DAYS = 12_000

Asked = Sequence[tuple[str, date]]


def addresses(count: int) -> list[tuple[str, date]]:
    written = [text for text in dict.fromkeys(build_city(11, 4_000).book.written) if not text.isascii()]
    first = date(1990, 1, 1)
    return [(f"{written[n % len(written)]}之{n}", first + timedelta(days=n * 7 % _DAYS)) for n in range(count)]


def peer() -> re.Pattern[str]:
    names = {
        level: sorted(
            {n for row in regions().rows() if row.level is level for n in (row.name_zh, short_name(row.name_zh)) if n},
            key=len,
            reverse=True,
        )
        for level in Level
    }
    return re.compile("".join(f"(?:({'|'.join(map(re.escape, names[level]))}))?" for level in Level))


def ours(given: Asked) -> int:
    return sum(resolve(text, None, None, day).district is not None for text, day in given)


def theirs(pattern: re.Pattern[str], given: Asked) -> int:
    return sum(pattern.match(text)[3] is not None for text, _ in given)  # type: ignore[index]  # it matches always


def main() -> None:
    wanted = asked()
    given = addresses(wanted.size(600_000, 6_000))
    pattern, part = peer(), len(given) // 6
    loading, _ = timed(resolve, "浙江省杭州市")
    own, other, found = [], [], []
    for start in range(0, len(given), part):
        some = given[start : start + part]
        spent, known = timed(ours, some)
        own.append(len(some) / spent.cpu)
        found.append(known)
        few = some[: len(some) // 10]
        spent, _ = timed(theirs, pattern, few)
        other.append(len(few) / spent.cpu)
    rate, ratio = median(own), median(own) / median(other)
    result = {
        "addresses": len(given),
        "with_district": sum(found),
        "per_cpu_second": round(rate),
        "peer_per_cpu_second": round(median(other)),
        "ratio": round(ratio, 1),
        "loading": loading.told(),
        "goal_per_cpu_second": GOAL_PER_CPU_SECOND,
    }
    tell("places", wanted, result, met=rate >= GOAL_PER_CPU_SECOND)


if __name__ == "__main__":
    main()
