"""Words for who read, as what, and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

READ_AS = {
    "party": _("Party"),
    "granted": _("The centre, by leave of the owner"),
    "examiner": _("Examiner"),
    "second_reader": _("Second reader"),
    "supervisor": _("Supervisor"),
}
WHY = {
    "draft": _("before it was handed in"),
    "submitted": _("check for completeness"),
    "accepted": _("assignment"),
    "examining": _("examination"),
    "amendment_requested": _("amendment"),
    "concluding": _("conclusion"),
    "qualified": _("after passing"),
    "prior art": _("search for prior art"),
    "comparison": _("comparison of versions"),
}
MEASURES = {
    "breach": _("breach"),
    "reminder": _("Reminder"),
    "warning": _("Formal warning"),
    "suspension": _("Suspended"),
    "cancellation": _("Filing to be cancelled"),
}
QUOTA_KINDS = {
    "grant": _("Granted for the year"),
    "use": _("A case was accepted"),
    "increment": _("An increment was asked for"),
    "increment_granted": _("Increment granted"),
    "increment_refused": _("Increment refused"),
}
CREDIT_FACTS = {
    "abnormal": _("abnormal filings confirmed"),
    "agency_points": _("points of an agency"),
    "breaches": _("breaches"),
    "closed": _("cases decided"),
    "failed": _("of them not passed"),
}
QUOTA_SOURCES = (_("Quota rule after the practice of Guangdong (2024)"),)  # of quota.toml
