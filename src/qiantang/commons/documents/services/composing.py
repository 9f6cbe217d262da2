"""What is printed, in one language: the blocks of a template with the facts in their places."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from qiantang.commons.documents.types import Block, BlockKind, FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.documents.methods.filling import Plain
    from qiantang.commons.documents.types import Field, Template

_BEIJING = timezone(timedelta(hours=8))
_DEMO = _("Demonstration: sealed by a demonstration authority, without legal effect")


def verify_address(number: str) -> str:
    """Where anybody sees whether a document is genuine and valid."""
    return f"{settings.PUBLIC_URL}/verify?number={number}"


def composed(
    template: Template, facts: Mapping[str, Plain], *, number: str, language: str, legal: bool, made_at: datetime
) -> dict[str, Any]:
    """The paper as plain values; the same for every format."""
    with override(language):
        values = {one.key: _printed(one, facts[one.key]) for one in template.fields if one.key in facts}
        blocks = [_block(template, one, values) for one in template.blocks if not one.when or one.when in values]
        return {
            "lang": "zh" if language.startswith("zh") else "en",
            "number": number,
            "title": gettext(template.title),
            "city": settings.CITY_NAME_ZH if language.startswith("zh") else settings.CITY_NAME_EN,
            "seal": gettext(template.issuer),
            "demo": "" if legal else gettext(_DEMO),
            "blocks": [*blocks, _issued(made_at)],
            "scope_title": gettext("What this proves, and what not"),
            "scope": gettext(template.scope),
            "how_title": gettext("How to check it"),
            "how": gettext(
                "Scan the code or look up the number: the page says whether this document is genuine and still valid."
            ),
            "address": verify_address(number),
            "version": gettext("Template %(key)s, version %(version)s")
            % {"key": template.key, "version": template.version},
        }


def _issued(at: datetime) -> dict[str, Any]:
    return {"kind": "facts", "rows": [[gettext("Issued"), _moment(at)]]}


def _block(template: Template, block: Block, values: Mapping[str, Any]) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": block.kind.value}
    match block.kind:
        case BlockKind.HEADING | BlockKind.PARAGRAPH:
            told["text"] = gettext(block.text) % _inline(values)
        case BlockKind.FACTS:
            fields = [template.field(name) for name in block.fields if name in values]
            told["rows"] = [[gettext(one.label), _in_a_line(values[one.key])] for one in fields]
        case BlockKind.LIST:
            told["lines"] = values[block.fields[0]]
        case BlockKind.TABLE:
            field = template.field(block.fields[0])
            told["heads"], told["rows"] = [gettext(one) for one in field.columns], values[field.key]
    return told


class _inline(dict[str, str]):  # noqa: N801 - a function to whoever reads
    """Values by name; what was left out reads as a dash."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__({key: _in_a_line(value) for key, value in values.items()})

    def __missing__(self, key: str) -> str:
        return "—"


def _in_a_line(value: Any) -> str:
    if not isinstance(value, list):
        return str(value)
    return "\n".join(one if isinstance(one, str) else " · ".join(one) for one in value)


def _printed(field: Field, value: Plain) -> Any:
    """A kept value as people read it in the language that is on."""
    match field.kind:
        case FieldKind.MOMENT:
            return _moment(datetime.fromisoformat(str(value)))
        case FieldKind.FLAG:
            return gettext("Yes") if value else gettext("No")
        case FieldKind.COUNT:
            return f"{value:,}"
        case FieldKind.AMOUNT:
            return f"{Decimal(str(value)):,f}"
        case _:
            return value


def _moment(at: datetime) -> str:
    """Beijing time, to the second."""
    return f"{at.astimezone(_BEIJING):%Y-%m-%d %H:%M:%S} (UTC+8)"
