"""The registers in words, and the notice before an entry."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.documents.types import (
    Field,
    FieldKind,
    Template,
    declare_template,
    fact_rows,
    heading,
    line_list,
    paragraph,
)
from qiantang.scenarios.protection.methods.registers import GroundKind, Register

REGISTER_WORDS = {
    Register.INFRINGER: _("Register of repeat infringers"),
    Register.CLAIMANT: _("Register of bad-faith claimants"),
}
GROUND_WORDS = {
    GroundKind.ADJUDICATION: _("Administrative adjudication"),
    GroundKind.PENALTY: _("Administrative penalty"),
    GroundKind.JUDGMENT: _("Judgment"),
    GroundKind.FINDING: _("Finding of bad faith by an office"),
}
# of registers.toml
SOURCES = (
    _("Trade Mark Law art. 60 (twice within five years); terms of notice, appeal and entry to be verified"),
    _("E-commerce Law art. 42; Implementing Regulations of the Patent Law art. 11 and 100; terms to be verified"),
)

NOTICE = declare_template(
    Template(
        key="protection.entry_notice",
        version=1,
        title=_("Notice before an entry in a register"),
        issuer=_("Intellectual property protection centre"),
        fields=(
            Field("case", _("Number of the case")),
            Field("name", _("To")),
            Field("register", _("Register")),
            Field("grounds", _("Final decisions on which the entry rests"), FieldKind.LINES),
            Field("source", _("Rule")),
            Field("noticed_on", _("Notice given on"), FieldKind.DAY),
            Field("object_until", _("You may object until"), FieldKind.DAY),
            Field("kept_years", _("Years for which the entry is kept"), FieldKind.COUNT),
        ),
        blocks=(
            fact_rows("case", "name", "register", "source", "noticed_on", "object_until", "kept_years"),
            heading(_("Final decisions on which the entry rests")),
            line_list("grounds"),
            paragraph(
                _(
                    "Nothing is entered before this day. Write why the entry would be wrong, on the page of the case or on paper. Against an entry you may appeal; it ends on its day by itself. The register is read by staff who need it, and is not published."
                )
            ),
        ),
        scope=_("A notice, no entry. Whether to enter is decided by a second person after the time to object."),
        readers=frozenset({"case_officer", "supervisor"}),
        mandate="protection.act",
    )
)
