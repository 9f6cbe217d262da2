"""Words for reasons and languages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.documents.types import FieldKind, Reason

REASONS = {
    Reason.ERROR: _("it has an error"),
    Reason.REPLACED: _("another one takes its place"),
    Reason.WITHDRAWN: _("the office has withdrawn it"),
    Reason.DECEIT: _("it was obtained by false statements"),
}
LANGUAGE_NAMES = {"zh-hans": "简体中文", "en": "English"}
KINDS = {
    FieldKind.TEXT: _("a text"),
    FieldKind.PARAGRAPHS: _("a text"),
    FieldKind.DAY: _("a date without a time"),
    FieldKind.MOMENT: _("a moment with its time zone"),
    FieldKind.COUNT: _("a whole number"),
    FieldKind.AMOUNT: _("an exact decimal number"),
    FieldKind.FLAG: _("yes or no"),
    FieldKind.LINES: _("a list of texts"),
    FieldKind.ROWS: _("rows with a text for each column"),
}
