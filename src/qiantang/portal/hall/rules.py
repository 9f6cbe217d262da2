"""What the hall declares: a mandate, a receipt, what it tells people; and its bounds."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import MandateScope, declare_mandate_scope
from qiantang.commons.audit.types import Store, declare_store
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
from qiantang.commons.files.types import Limits
from qiantang.commons.notices.types import NoticeKind, declare_kind
from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard

FILE_FOR = declare_mandate_scope(MandateScope(key="hall.file", title=_("Begin and follow matters of the service hall")))
UPLOADS = Limits(size_bytes=20 * 2**20, total_bytes=200 * 2**20, members=500, depth=1)
RATING_WORKDAYS = 5  # in which a matter that ended may be rated
VERIFY_WORKDAYS, RECTIFY_WORKDAYS = (
    1,
    15,
)  # of a bad rating: contact, settle (State Council office on good and bad reviews, 2019)

MATTERS = declare_store(
    Store(
        code="hall.matters",
        title=_("Your matters at the service hall: answers, files, ratings"),
        retention=_("As long as the file of the matter is kept"),
        url_name="casework:case-list",
    )
)

RATE_US = declare_kind(
    NoticeKind(
        code="hall.rate_us",
        label=_("A matter of yours has ended: how was it?"),
        title=_("How was it? %(service)s"),
        happened=_("Matter %(number)s has ended."),
        advice=_("Rate how it was handled; no answer counts as no answer, never as praise."),
        deadline=_("You can rate until %(day)s."),
        link_label=_("Rate the matter"),
    )
)

RECEIPT = declare_template(
    Template(
        key="hall.receipt",
        version=1,
        title=_("Acceptance receipt"),
        issuer=_("Service hall"),
        scope=_("It proves that the papers were taken in on this day. It does not say how the matter will be decided."),
        readers=frozenset({"case_officer", "supervisor", "window_officer"}),
        revokers=frozenset({"case_officer", "supervisor"}),
        mandate="hall.file",
        fields=(
            Field("case_number", _("Number of the case")),
            Field("service", _("Service")),
            Field("applicant", _("Applicant")),
            Field("accepted_at", _("Taken in"), FieldKind.MOMENT),
            Field("due", _("Promised until"), FieldKind.DAY, required=False),
            Field("provisional", _("The day is provisional"), FieldKind.TEXT, required=False),
            Field("beyond", _("Not counted"), required=False),
            Field("code", _("Query code")),
            Field("contact", _("Ask and follow"), FieldKind.PARAGRAPHS),
            Field("later", _("To follow"), FieldKind.LINES, required=False),
            Field("later_by", _("To follow by"), FieldKind.DAY, required=False),
        ),
        blocks=(
            fact_rows(
                "case_number", "service", "applicant", "accepted_at", "due", "provisional", "beyond", "code", "contact"
            ),
            heading(_("To follow"), when="later"),
            line_list("later"),
            paragraph(
                _("Please hand these in by %(later_by)s; otherwise the taking in is revoked in writing."), when="later"
            ),
        ),
    )
)

VALUE_SETTLED = declare_kind(
    NoticeKind(
        code="hall.value_settled",
        label=_("A value that you contested has been answered"),
        title=_("Answered: a value you contested"),
        happened=_("You said that “%(value)s” is wrong. The answer: %(reply)s"),
        link_label=_("To your matters"),
    )
)

RESULT = declare_template(
    Template(
        key="hall.result",
        version=1,
        title=_("Result of a service"),
        issuer=_("Service hall"),
        scope=_(
            "It proves what was decided in this matter. Whether it is still valid is told by its number or its code."
        ),
        readers=frozenset({"case_officer", "supervisor", "window_officer"}),
        revokers=frozenset({"supervisor"}),
        mandate="hall.file",
        valid_until="valid_until",
        fields=(
            Field("case_number", _("Number of the case")),
            Field("service", _("Service")),
            Field("holder", _("Holder")),
            Field("text", _("Result"), FieldKind.PARAGRAPHS),
            Field("decided_at", _("Decided"), FieldKind.MOMENT),
            Field("valid_until", _("Valid until"), FieldKind.DAY, required=False),
            Field("remedy", _("If you disagree"), FieldKind.PARAGRAPHS),
        ),
        blocks=(fact_rows("case_number", "service", "holder", "text", "decided_at", "valid_until", "remedy"),),
    )
)

SIGN_ASKED = declare_kind(
    NoticeKind(
        code="hall.sign_asked",
        label=_("You are asked to sign a matter"),
        title=_("Please sign: %(service)s"),
        happened=_("%(who)s asks you to sign matter %(number)s."),
        advice=_("Read what is handed in, and sign it or refuse with a reason."),
        follows=_("It cannot be handed in without you; a later change has to be signed anew."),
        link_label=_("To the signatures"),
    )
)

declare_card(
    ModelCard(
        key="hall.guide",
        title=_("Guide and completeness of services"),
        kind=CardKind.RULES,
        purpose=_("Asks at most eight questions and lists the papers; finds entries that are vague"),
        used_in=_("What a person is told to bring; whether an entry is published"),
        data=_("Written by people after the sources named in each rule; fitted to no data"),
        limits=_("Knows the entries of the catalogue only"),
        owner=_("Supervisor of the service hall"),
        person_decides=_("The case officer looks through the papers"),
        version="1",
        parts=(
            "qiantang.portal.hall.methods.guiding",
            "qiantang.portal.hall.methods.completeness",
        ),
    )
)
