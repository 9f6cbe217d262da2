"""Papers of disputes, and what disputes tell people."""

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
    row_table,
)
from qiantang.commons.notices.types import NoticeKind, declare_kind

_OFFICE = frozenset({"case_officer", "supervisor"})
_ISSUER = _("Intellectual property protection centre")

AGREEMENT = declare_template(
    Template(
        key="protection.agreement",
        version=1,
        title=_("Mediation agreement"),
        issuer=_ISSUER,
        fields=(
            Field("case", _("Number of the case")),
            Field("applicant", _("Applicant")),
            Field("respondent", _("Respondent")),
            Field("mediator", _("Mediator")),
            Field("body", _("Mediation body")),
            Field("right", _("The right")),
            Field("matter", _("What it is about")),
            Field("facts", _("Facts"), FieldKind.PARAGRAPHS),
            Field("undisputed", _("Facts that both sides do not dispute"), FieldKind.PARAGRAPHS, required=False),
            Field("terms", _("Terms agreed"), FieldKind.PARAGRAPHS),
            Field(
                "performance",
                _("Performance"),
                FieldKind.ROWS,
                columns=(_("By whom"), _("What"), _("Amount in yuan"), _("By when")),
            ),
            Field("signatures", _("Signatures"), FieldKind.LINES),
            Field("signed_digest", _("Digest that was signed (SHA-256)")),
        ),
        blocks=(
            fact_rows("case", "applicant", "respondent", "mediator", "body", "right", "matter"),
            heading(_("Facts")),
            paragraph("%(facts)s"),
            heading(_("Facts that both sides do not dispute"), when="undisputed"),
            paragraph("%(undisputed)s", when="undisputed"),
            heading(_("Terms agreed")),
            paragraph("%(terms)s"),
            row_table("performance"),
            heading(_("Signatures")),
            line_list("signatures"),
            fact_rows("signed_digest"),
        ),
        scope=_(
            "The agreement binds the sides like a contract. Within 30 days of its effect both may ask the court to confirm it; confirmed, it can be enforced. It decides nothing on the validity of a right towards others."
        ),
        readers=_OFFICE,
        mandate="protection.act",
    )
)

CONFIRMATION = declare_template(
    Template(
        key="protection.confirmation",
        version=1,
        title=_("Application for the judicial confirmation of a mediation agreement"),
        issuer=_ISSUER,
        fields=(
            Field("court", _("To the court")),
            Field("applicant", _("First applicant")),
            Field("respondent", _("Second applicant")),
            Field("body", _("Mediation body")),
            Field("agreement", _("Number of the agreement")),
            Field("effective_on", _("In force since"), FieldKind.DAY),
            Field("last_day", _("To be asked for until"), FieldKind.DAY),
            Field("terms", _("Terms agreed"), FieldKind.PARAGRAPHS),
            Field("papers", _("Papers"), FieldKind.LINES),
        ),
        blocks=(
            fact_rows("court", "applicant", "respondent", "body", "agreement", "effective_on", "last_day"),
            paragraph(
                _(
                    "Both sides ask the court together to confirm the agreement (Civil Procedure Law art. 205). They reached it of their own will, without harm to the state, the public or others, and know that sham mediation is punished."
                )
            ),
            heading(_("Terms agreed")),
            paragraph("%(terms)s"),
            heading(_("Papers")),
            line_list("papers"),
        ),
        scope=_("Made from the file of the mediation; the court decides."),
        readers=_OFFICE,
        mandate="protection.act",
    )
)

DECISION = declare_template(
    Template(
        key="protection.decision",
        version=1,
        title=_("Decision on the adjudication"),
        issuer=_ISSUER,
        fields=(
            Field("case", _("Number of the case")),
            Field("applicant", _("Applicant")),
            Field("respondent", _("Respondent")),
            Field("right", _("The right")),
            Field("stops", _("The respondent is ordered to stop at once"), FieldKind.FLAG),
            Field("reasons", _("Reasons"), FieldKind.PARAGRAPHS),
            Field("decided_on", _("Decided on"), FieldKind.DAY),
        ),
        blocks=(
            fact_rows("case", "applicant", "respondent", "right", "stops", "decided_on"),
            heading(_("Reasons")),
            paragraph("%(reasons)s"),
            paragraph(
                _(
                    "Whoever is not content may sue before the people's court within 15 days of receipt (Patent Law art. 65)."
                )
            ),
        ),
        scope=_(
            "Decided on the file of the adjudication. Damages are not decided here; they may be mediated or sued for."
        ),
        readers=_OFFICE,
        mandate="protection.act",
    )
)

TRANSFER = declare_template(
    Template(
        key="protection.transfer",
        version=1,
        title=_("Letter of transfer of a suspected crime"),
        issuer=_ISSUER,
        fields=(
            Field("case", _("Number of the clue")),
            Field("suspect", _("Who is suspected")),
            Field("place", _("Where it happened")),
            Field("right", _("The right"), required=False),
            Field("amount", _("Amount of the counterfeits in yuan"), required=False),
            Field("facts", _("Facts"), FieldKind.PARAGRAPHS),
            Field("reason", _("Why a crime is suspected"), FieldKind.PARAGRAPHS),
            Field("papers", _("Papers"), FieldKind.LINES),
            Field("approved_on", _("Approved on"), FieldKind.DAY),
        ),
        blocks=(
            fact_rows("case", "suspect", "place", "right", "amount", "approved_on"),
            heading(_("Facts")),
            paragraph("%(facts)s"),
            heading(_("Why a crime is suspected")),
            paragraph("%(reason)s"),
            heading(_("Papers")),
            line_list("papers"),
            paragraph(
                _(
                    "The police decide within three days whether to file the case and tell this office in writing. A copy goes to the procuratorate."
                )
            ),
        ),
        scope=_("A suspicion, no finding of guilt. For the police and the procuratorate alone."),
        readers=_OFFICE,
    )
)

OPINION = declare_template(
    Template(
        key="protection.opinion",
        version=1,
        title=_("Opinion of the centre"),
        issuer=_ISSUER,
        fields=(
            Field("case", _("Number of the case")),
            Field("right", _("The right")),
            Field("advice", _("What the centre advises"), FieldKind.PARAGRAPHS),
            Field("opinions", _("Opinions of experts"), FieldKind.PARAGRAPHS, required=False),
            Field("issued_on", _("Issued on"), FieldKind.DAY),
        ),
        blocks=(
            fact_rows("case", "right", "issued_on"),
            heading(_("What the centre advises")),
            paragraph("%(advice)s"),
            heading(_("Opinions of experts"), when="opinions"),
            paragraph("%(opinions)s", when="opinions"),
        ),
        scope=_("Advice: it binds nobody, and no court or office is bound by it."),
        readers=_OFFICE,
        mandate="protection.act",
    )
)

TAKEDOWN = declare_template(
    Template(
        key="protection.takedown",
        version=1,
        title=_("Notice to a platform of offers that infringe"),
        issuer=_ISSUER,
        fields=(
            Field("platform", _("To the platform")),
            Field("applicant", _("Right holder or who acts for it")),
            Field("right", _("The right")),
            Field("dispute", _("Number of the dispute")),
            Field("facts", _("Facts"), FieldKind.PARAGRAPHS),
            Field("offers", _("Addresses of the offers"), FieldKind.LINES),
            Field("evidence", _("First evidence, by the number of its deposit"), FieldKind.LINES),
            Field("made_on", _("Made on"), FieldKind.DAY),
        ),
        blocks=(
            fact_rows("platform", "applicant", "right", "dispute", "made_on"),
            heading(_("Facts")),
            paragraph("%(facts)s"),
            heading(_("Addresses of the offers")),
            line_list("offers"),
            heading(_("First evidence, by the number of its deposit")),
            line_list("evidence"),
            paragraph(
                _(
                    "We ask the platform to take the necessary measures at once, such as deleting, blocking or disconnecting, and to pass this notice on (E-commerce Law art. 42). Who gives a wrong notice answers for the harm."
                )
            ),
        ),
        scope=_("Made from what the right holder told; the centre has not decided on it."),
        readers=_OFFICE,
        mandate="protection.act",
    )
)

SERVED = declare_kind(
    NoticeKind(
        code="protection.served",
        label=_("A paper is served on you"),
        title=_("A paper is served on you in case %(number)s"),
        happened=_("A paper lies in your matter. It counts as served from its arrival here."),
        advice=_("Open the matter and read it."),
        follows=_("Limits that begin with the service run from today."),
        link_label=_("Open the matter"),
        legal=True,
    )
)

PERFORM = declare_kind(
    NoticeKind(
        code="protection.perform",
        label=_("Something agreed in a mediation is due"),
        title=_("Due soon: %(what)s"),
        happened=_("The agreement in case %(number)s asks this of you."),
        advice=_("Do it, and note it on the page of the mediation."),
        deadline=_("It is due on %(due)s."),
        follows=_("What is not performed can be enforced once the court has confirmed the agreement."),
        link_label=_("Open the mediation"),
        legal=True,
    )
)
