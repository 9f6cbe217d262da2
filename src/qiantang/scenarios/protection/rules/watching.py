"""What watch lists tell people, and how much of a page is looked through."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.notices.types import NoticeKind, declare_kind

WATCHES_MOST = 30  # of one account that go on
PAGE_BYTES = 8 * 2**20  # of one captured document that are read
DRAFTED_LISTED = 30  # offers named in the text of a draft; all stand on the page of the watch

SUSPECTED = declare_kind(
    NoticeKind(
        code="protection.suspect_found",
        label=_("A page you watch has a new suspect"),
        title=_("New on a page you watch: %(count)s"),
        happened=_("The newest capture shows offers with the words you watch for that were not there before."),
        details=(("number", _("A draft was begun for you: %(number)s. It is not filed.")),),
        advice=_("Look at the offers. File the draft where they hurt your right, or clear them where they do not."),
        link_label=_("Show the watch list"),
    )
)
