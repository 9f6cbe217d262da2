"""Grants in the form of the USPTO's present full texts, made up from nothing: for benches only.

In size and make-up like a grant of today: some 100 KB, half of it description, some thirty citations, a dozen claims.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

_FIRST = 99_000_000  # nothing has been granted under these numbers
_LETTERS = "abcdefghijklmnoprstuvw"
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v47-2022-02-17.dtd" [ ]>
<us-patent-grant lang="EN" dtd-version="v4.7 2022-02-17" file="US{number}-20380105.XML" country="US" date-publ="20380105">
<us-bibliographic-data-grant>
<publication-reference>
<document-id>
<country>US</country>
<doc-number>{number}</doc-number>
<kind>B2</kind>
<date>20380105</date>
</document-id>
</publication-reference>
<application-reference appl-type="utility">
<document-id>
<country>US</country>
<doc-number>{application}</doc-number>
<date>20350{month}1{month}</date>
</document-id>
</application-reference>
<us-application-series-code>97</us-application-series-code>
"""


class _Writer:
    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 no secret
        self._words = [
            "".join(self._random.choices(_LETTERS, k=self._random.randint(2, 11))) for _ in range(4000)
        ]  # fmt: skip

    def words(self, count: int) -> str:
        return " ".join(self._random.choices(self._words, k=count))

    def name(self) -> str:
        return self._random.choice(self._words).title()

    def day(self) -> str:
        return f"{self._random.randint(1990, 2024)}{self._random.randint(1, 12):02d}{self._random.randint(0, 28):02d}"

    def several(self, least: int, most: int) -> range:
        return range(1, self._random.randint(least, most) + 1)

    def symbol(self, scheme: str) -> str:
        pick = self._random
        return (
            f"<classification-{scheme}>\n<{scheme[:3]}-version-indicator><date>20130101</date></{scheme[:3]}-version-indicator>\n"
            f"<classification-level>A</classification-level>\n<section>{pick.choice('ABCFGH')}</section>\n"
            f"<class>{pick.randint(1, 40):02d}</class>\n<subclass>{pick.choice('BCDFGK')}</subclass>\n"
            f"<main-group>{pick.randint(1, 40)}</main-group>\n<subgroup>{pick.randint(0, 60):02d}</subgroup>\n"
            "<symbol-position>L</symbol-position>\n<classification-value>I</classification-value>\n"
            f"</classification-{scheme}>\n"
        )

    def citation(self, place: int) -> str:
        by = self._random.choice(("applicant", "examiner"))
        if place % 5 == 0:
            said = f'<nplcit num="{place:05d}">\n<othercit>{self.name()}, &#x201c;{self.words(9)}&#x201d;.</othercit>\n</nplcit>'
        else:
            said = (
                f'<patcit num="{place:05d}">\n<document-id>\n<country>US</country>\n'
                f"<doc-number>{self._random.randint(5_000_000, 11_000_000)}</doc-number>\n<kind>B2</kind>\n"
                f"<name>{self.name()} et al.</name>\n<date>{self.day()}</date>\n</document-id>\n</patcit>"
            )
        return f"<us-citation>\n{said}\n<category>cited by {by}</category>\n</us-citation>\n"

    def book(self, who: str) -> str:
        return f"<addressbook>\n{who}\n<address>\n<city>{self.name()}</city>\n<country>CN</country>\n</address>\n</addressbook>\n"

    def paragraph(self, place: int) -> str:
        return (
            f'<p id="p-{place:04d}" num="{place:04d}">{self.words(60)} <figref idref="DRAWINGS">FIG. <b>{place % 9}</b></figref> '
            f"{self.words(70)} <b>{place}</b> {self.words(50)} &amp; {self.words(30)}.</p>\n"
        )

    def claim(self, place: int) -> str:
        steps = "".join(f"<claim-text>{self.words(30)};</claim-text>\n" for _ in self.several(1, 4))
        return (
            f'<claim id="CLM-{place:05d}" num="{place:05d}">\n<claim-text>{place}. A {self.words(12)}:\n{steps}</claim-text>\n'
            "</claim>\n"
        )


def grants(count: int, seed: int = 7) -> Iterator[bytes]:
    """``count`` documents, each by itself."""
    w = _Writer(seed)
    for place in range(count):
        month = 1 + place % 9
        person = "<last-name>{}</last-name>\n<first-name>{}</first-name>"
        yield "".join((
            _HEAD.format(number=_FIRST + place, application=97_000_000 + place, month=month),
            "<classifications-ipcr>\n", *(w.symbol("ipcr") for _ in w.several(1, 6)), "</classifications-ipcr>\n",
            "<classifications-cpc>\n<further-cpc>\n", *(w.symbol("cpc") for _ in w.several(2, 12)),
            "</further-cpc>\n</classifications-cpc>\n",
            f'<invention-title id="d2e43">{w.words(9)}</invention-title>\n<us-references-cited>\n',
            *(w.citation(n) for n in w.several(5, 60)),
            "</us-references-cited>\n<number-of-claims>20</number-of-claims>\n<us-parties>\n<us-applicants>\n",
            '<us-applicant sequence="001" app-type="applicant">\n', w.book(f"<orgname>{w.name()} Co., Ltd.</orgname>"),
            "</us-applicant>\n</us-applicants>\n<inventors>\n",
            *(f'<inventor sequence="{n:03d}">\n{w.book(person.format(w.name(), w.name()))}</inventor>\n' for n in w.several(1, 6)),
            "</inventors>\n</us-parties>\n</us-bibliographic-data-grant>\n",
            f'<abstract id="abstract">\n<p id="p-0001" num="0000">{w.words(110)}.</p>\n</abstract>\n<description id="description">\n',
            *(w.paragraph(n) for n in w.several(30, 70)),
            '</description>\n<us-claim-statement>What is claimed is:</us-claim-statement>\n<claims id="claims">\n',
            *(w.claim(n) for n in w.several(5, 25)),
            "</claims>\n</us-patent-grant>\n",
        )).encode()  # fmt: skip
