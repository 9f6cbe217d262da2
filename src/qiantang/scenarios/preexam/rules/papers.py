"""The notice of a conclusion. What is invented does not stand in it: the reasons in words lie sealed in the case."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.documents.types import (
    Field,
    FieldKind,
    Format,
    Template,
    declare_template,
    fact_rows,
    heading,
    paragraph,
)
from qiantang.commons.documents.types import line_list as lines

NOTICE = declare_template(
    Template(
        key="preexam.notice",
        version=1,
        title=_("Notice of the conclusion of a pre-examination"),
        issuer=_("Intellectual property protection centre"),
        scope=_(
            "The opinion of the centre in this case. It creates no filing date and does not bind the national office; what is invented does not stand here."
        ),
        readers=frozenset({"examiner", "supervisor"}),
        mandate="preexam.file",
        formats=(Format.PDF, Format.DOCX),
        fields=(
            Field("decision", _("Number of the notice")),
            Field("case", _("Number of the case")),
            Field("applicant", _("Applicant")),
            Field("agency", _("Agency"), required=False),
            Field("kind", _("Type of application")),
            Field("outcome", _("Conclusion")),
            Field("decided", _("Decided on"), FieldKind.DAY),
            Field("version", _("Version of the draft"), FieldKind.COUNT),
            Field("fingerprint", _("Fingerprint of the file (SHA-256)")),
            Field("rules", _("Version of the rules")),
            Field("reasons", _("Reasons"), FieldKind.LINES, required=False),
            Field("follows", _("What follows"), FieldKind.PARAGRAPHS),
            Field("synthetic", _("Note"), required=False),
        ),
        blocks=(
            fact_rows("decision", "case", "applicant", "agency", "kind", "outcome", "decided"),
            heading(_("Reasons"), when="reasons"),
            lines("reasons"),
            heading(_("What follows")),
            paragraph("%(follows)s"),
            heading(_("What was examined")),
            fact_rows("version", "fingerprint", "rules", "synthetic"),
        ),
    )
)

# outcome -> what the applicant is told; a sentence with the days of the table
FOLLOWS = {
    "qualified": _(
        "File exactly the text that passed within %(days)s working days, pay all fees on the filing day, and note the application number in the case."
    ),
    "unqualified": _(
        "The application can be filed by the ordinary route at any time. A new draft of the same invention is a new case that names this one."
    ),
    "terminated": _(
        "The case is closed. Who holds the conclusion to be wrong tells the centre under the number of this notice; the ordinary route stays open."
    ),
}
