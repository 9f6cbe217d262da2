"""Checking a draft, against reading its Word document alone.

Claims: an application of 10,000 characters is read and checked in less than 300 ms of CPU, one of 100 pages with 50 claims
in less than 2 s, on one core.

The peer does what nobody can do without: it unpacks the same .docx and gathers the text of its paragraphs with lxml. Both
run in turn on the same bytes; the first of each is not counted. What the rules cost beyond reading is told apart.
"""

from __future__ import annotations

import io
import sys
from datetime import date
from statistics import median
from zipfile import ZipFile

import docx
from clean_drafts import Whole, drafts
from harness import Spent, asked, both_percentiles, tell, timed
from lxml import etree

from qiantang.scenarios.preexam.methods.checks import check
from qiantang.scenarios.preexam.methods.documents import read_draft
from qiantang.scenarios.preexam.types import Report, Wanted

GOALS_S = {"10,000 characters": 0.3, "100 pages": 2.0}
PAGE = 800  # characters of a Chinese page
SIZES = {"10,000 characters": (10_000, 10), "100 pages": (100 * PAGE, 50)}
WANTED = Wanted(as_of=date(2026, 11, 26))
_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def grown(base: Whole, characters: int, claims: int) -> Whole:
    """A draft of that many claims and, with its description, characters. What is added differs from paragraph to paragraph."""
    subject = base.claims[0].partition("一种")[2].partition("，")[0]
    own = list(base.claims[:-1])
    own += [_added(number, subject) for number in range(len(own) + 1, claims + 1)]
    description = list(base.description)
    number = sum(line.startswith("[0") for line in description)
    length = sum(map(len, (*own, *description, *base.abstract)))
    while length < characters:
        number += 1
        line = f"[{number:04}] 在第{number}个实施例中，{subject}的辅助件({100 + number % claims})按第{number}种方式布置，如图1所示，其与{base.claims[0][20:60]}相配合，工作时先检测再调节，各部分的尺寸按需要选取，取值为{number % 90 + 1}~{number % 90 + 20} mm，其余同前。"
        description.append(line)
        length += len(line)
    return base.changed("claims", own).changed("description", description)


def _added(number: int, subject: str) -> str:
    part = f"辅助件{'甲乙丙丁戊'[number % 5]}({100 + number})"
    return (
        f"{number}. 根据权利要求{max(1, number - 3)}所述的{subject}，其特征在于，还包括{part}，"
        f"所述{part}安装在所述{subject}上，长度为{number}~{number + 9} mm。"
    )


def as_word(whole: Whole) -> bytes:
    made = docx.Document()
    for line in whole.text().splitlines():
        made.add_paragraph(line)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def ours(content: bytes) -> Report:
    return check(read_draft(io.BytesIO(content), "draft.docx"), WANTED)


def peer(content: bytes) -> str:
    with ZipFile(io.BytesIO(content)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    return "\n".join(
        "".join(one.text or "" for one in paragraph.iter(f"{_TEXT}t")) for paragraph in body.iter(f"{_TEXT}p")
    )


def main() -> None:
    wanted = asked()
    base = next(drafts())
    told, met = {}, True
    for name, (characters, claims) in SIZES.items():
        content = as_word(grown(base, wanted.size(characters, 3_000), claims))
        draft = read_draft(io.BytesIO(content), "draft.docx")
        own: list[Spent] = []
        other: list[Spent] = []
        rules: list[Spent] = []
        for turn in range(wanted.size(20, 2) + 1):
            spent = timed(ours, content)[0], timed(peer, content)[0], timed(check, draft, WANTED)[0]
            if turn:
                for kept, one in zip((own, other, rules), spent, strict=True):
                    kept.append(one)
        cpu = median(one.cpu for one in own)
        met = met and cpu < GOALS_S[name]
        told[name] = {
            "goal_s": GOALS_S[name],
            "characters": sum(len(one.text) for section in draft.sections.values() for one in section.paragraphs),
            "claims": claims,
            "findings": len(check(draft, WANTED).findings),
            "read_and_check": both_percentiles(own),
            "rules_alone": both_percentiles(rules),
            "peer_reads": both_percentiles(other),
            "to_peer": round(cpu / median(one.cpu for one in other), 1),
        }
    tell("check_speed", wanted, {"python": sys.version.split()[0], "drafts": told}, met=met)


if __name__ == "__main__":
    main()
