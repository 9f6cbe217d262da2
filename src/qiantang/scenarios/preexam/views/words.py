"""Words for who read, as what, and why."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

READ_AS = {
    "party": _("Party"),
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
    "comparison": _("comparison of versions"),
}
