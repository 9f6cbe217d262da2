"""Paper: typst with the house's own fonts and nothing of the machine's, so that the same input gives the same bytes.

Whoever prints writes a body in typst over the pieces of ``templates/documents/paper.typ`` and hands over what it prints.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from qiantang.kernel.errors import Unavailable

_PAPER = Path(__file__).resolve().parent.parent / "templates" / "documents" / "paper.typ"


def typeset(body: str, told: Mapping[str, Any], *, moment: datetime) -> bytes:
    """A PDF/A-2b.

    body    typst that uses ``head``, ``pairs``, ``closing`` of the paper
    told    what is printed: lang, number, title, city, seal, demo, scope_title, scope, how_title, how, address, version,
            and what the body wants
    moment  aware; the time in the file, part of the input
    errors  Unavailable ``documents.setting_failed``
    """
    inputs = {"told": json.dumps(told, ensure_ascii=False), "qr": _qr_svg(told["address"])}
    return compiled(_paper() + body, inputs, moment=moment)


def compiled(source: str, inputs: Mapping[str, str], *, moment: datetime) -> bytes:
    """A PDF/A-2b from typst of one's own, with the house's fonts.

    errors  Unavailable ``documents.setting_failed``
    """
    try:
        made: bytes = _compiler(str(settings.PRINT_FONTS)).compile(
            input=source.encode(),
            sys_inputs=dict(inputs),
            pdf_standards=["a-2b"],
            timestamp=int(moment.timestamp()),
        )
    except RuntimeError as fault:  # typst's own error is one
        raise Unavailable("documents.setting_failed", said=str(fault)[:200]) from fault
    return made


_PICTURE = """
#set page(width: {width}mm, height: auto, margin: 0mm)
#set text(font: "Noto Sans SC")
#image(bytes(sys.inputs.picture), format: "svg", width: 100%)
"""


def picture_png(svg: str, *, width_mm: int, dots_an_inch: int = 220) -> bytes:
    """A drawing as a picture, for word processors: its letters are the house's own.

    errors  Unavailable ``documents.setting_failed``
    """
    try:
        made: bytes = _compiler(str(settings.PRINT_FONTS)).compile(
            input=_PICTURE.format(width=width_mm).encode(),
            sys_inputs={"picture": svg},
            format="png",
            ppi=dots_an_inch,
        )
    except RuntimeError as fault:  # as above
        raise Unavailable("documents.setting_failed", said=str(fault)[:200]) from fault
    return made


def qr_png(address: str) -> bytes:
    """The code as a picture, for word processors."""
    out = io.BytesIO()
    _code(address).save(out, kind="png", scale=6, border=0)
    return out.getvalue()


def _qr_svg(address: str) -> str:
    out = io.BytesIO()
    _code(address).save(out, kind="svg", scale=4, border=0, xmldecl=False)
    return out.getvalue().decode()


def _code(address: str) -> Any:
    import segno  # noqa: PLC0415 - a tenth of a second that every start would pay

    return segno.make(address, error="m")


@lru_cache(maxsize=1)
def _paper() -> str:
    return _PAPER.read_text(encoding="utf-8")


@lru_cache(maxsize=2)
def _compiler(fonts: str) -> Any:
    import typst  # noqa: PLC0415 - as above

    return typst.Compiler(font_paths=[fonts], ignore_system_fonts=True)
