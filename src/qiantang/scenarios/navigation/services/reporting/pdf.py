"""A report on paper, set by typst with the house's own font."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qiantang.commons.documents.api import typesetting
from qiantang.kernel.errors import Unavailable
from qiantang.scenarios.navigation.services.reporting.figures import figures_of
from qiantang.scenarios.navigation.types.report import Figure, Paragraph

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.services.reporting.figures import Drawn
    from qiantang.scenarios.navigation.types.report import Block, Cell, Report

_TEMPLATE = """
#let told = json(bytes(sys.inputs.report))
#set document(title: told.title)
#set page(paper: "a4", margin: (x: 20mm, y: 22mm), numbering: "1 / 1", header: text(size: 8pt, fill: gray)[#told.subtitle #h(1fr) #told.edition])
#set text(font: "Noto Sans SC", size: 9.5pt, lang: told.lang)
#set par(leading: 0.75em)
#show link: set text(fill: rgb("#0b57a4"))
#show heading.where(level: 1): it => block(above: 1.6em, below: 0.8em)[#text(size: 14pt, weight: "bold")[#it.body]]
#show heading.where(level: 2): it => block(above: 1.2em, below: 0.6em)[#text(size: 10.5pt, weight: "bold")[#it.body]]
#let cell(c) = if c.url != "" { link(c.url)[#c.text] } else [#c.text]
#text(size: 20pt, weight: "bold")[#told.title]
#linebreak()
#text(size: 11pt, fill: gray)[#told.subtitle]
#if told.synthetic != "" { block(fill: rgb("#fff3d6"), inset: 8pt, width: 100%)[#strong(told.synthetic)] }
#table(columns: (auto, 1fr), stroke: none, ..told.facts.map(f => (text(fill: gray)[#f.at(0)], [#f.at(1)])).flatten())
#for s in told.sections {
  heading(level: 1)[#s.title]
  for b in s.blocks {
    if b.kind == "paragraph" {
      let refs = b.refs.map(r => [ ] + text(size: 7.5pt)[\\[#cell(r)\\]]).join()
      if b.author != "" {
        block(fill: rgb("#eef4fb"), inset: 8pt, width: 100%, stroke: (left: 2pt + rgb("#0b57a4")))[#strong(b.author) #linebreak() #b.text]
      } else { par[#b.text#refs] }
    } else if b.kind == "figure" {
      block(breakable: false, above: 1.4em, width: 100%)[
        #image(bytes(sys.inputs.at(b.picture)), format: "svg", width: 100%, alt: b.words)
        #text(size: 9pt, weight: "bold")[#b.caption]
        #if b.note != "" [ #linebreak() #text(size: 8pt)[#b.note] ]
        #linebreak() #text(size: 7.5pt, fill: gray)[#b.citation]
      ]
    } else {
      heading(level: 2)[#b.title]
      table(columns: b.head.len(), stroke: 0.4pt + rgb("#cfd8e3"), inset: 4pt,
        table.header(..b.head.map(h => text(size: 8pt, weight: "bold")[#h])),
        ..b.rows.flatten().map(c => text(size: 8pt)[#cell(c)]))
    }
  }
}
#heading(level: 1)[#told.annex_title]
#text(size: 7.5pt)[#told.digest]
#table(columns: (auto, auto, 1fr, auto, auto, 1fr, auto), stroke: 0.3pt + rgb("#dde3ea"), inset: 3pt,
  table.header(..told.annex_head.map(h => text(size: 7pt, weight: "bold")[#h])),
  ..told.annex.map(a => (text(size: 7pt)[#a.number], text(size: 7pt)[#a.node], text(size: 7pt)[#a.name], text(size: 7pt)[#cell(a.value)], text(size: 7pt)[#a.unit], text(size: 7pt)[#a.counted], text(size: 7pt)[#a.made])).flatten())
"""


def report_pdf(report: Report) -> bytes:
    """The report as PDF; the same report gives the same pages.

    errors  Unavailable ``navigation.report_failed`` where it cannot be set
    """
    drawn = figures_of(report)
    told = json.dumps(_plain(report, drawn), ensure_ascii=False)
    pictures = {_picture(at): one.svg for at, one in drawn.items()}
    try:
        return typesetting.compiled(_TEMPLATE, {"report": told, **pictures}, moment=timezone.now())
    except Unavailable as error:
        raise Unavailable("navigation.report_failed") from error


def _plain(report: Report, drawn: dict[int, Drawn]) -> dict[str, Any]:
    return {
        "title": report.title,
        "subtitle": report.subtitle,
        "edition": report.view,
        "lang": "zh" if (get_language() or "zh").startswith("zh") else "en",
        "synthetic": _("Demonstration data, all invented.") if report.synthetic else "",
        "facts": [list(one) for one in report.facts],
        "sections": [
            {"title": one.title, "blocks": [_block(block, drawn) for block in one.blocks]} for one in report.sections
        ],
        "annex_title": _("Data annex"),
        "annex_head": ["", _("Node"), _("Name"), _("Value"), _("Unit"), _("How it is counted"), _("Made of")],
        "digest": _("SHA-256 of all numbers of the edition: %(digest)s") % {"digest": report.digest},
        "annex": [
            {
                "number": f"[{one.number}]",
                "node": one.node,
                "name": one.name,
                "value": {"text": one.value, "url": one.url},
                "unit": one.unit,
                "counted": one.counted,
                "made": " ".join(f"[{at}]" for at in one.made_of),
            }
            for one in report.annex
        ],
    }


def _picture(number: int) -> str:
    """How typst is told a picture."""
    return f"figure-{number}"


def _block(block: Block, drawn: dict[int, Drawn]) -> dict[str, Any]:
    if isinstance(block, Figure):
        told = drawn[block.number]
        shown = {"words": told.words, "caption": told.caption, "note": told.note, "citation": told.citation}
        return {"kind": "figure", "picture": _picture(block.number), **shown}
    if isinstance(block, Paragraph):
        author = _("%(person)s writes: ") % {"person": block.author} if block.author else ""
        return {"kind": "paragraph", "text": block.text, "author": author, "refs": [_cell(one) for one in block.refs]}
    rows = [[_cell(cell) for cell in row] for row in block.rows]
    return {"kind": "table", "title": block.title, "head": list(block.head), "rows": rows}


def _cell(cell: Cell) -> dict[str, str]:
    return {"text": cell.text, "url": cell.url}
