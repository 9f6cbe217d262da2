"""What cases tell people, and what a token may read of them."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import Scope, declare_scope
from qiantang.commons.notices.types import NoticeKind, declare_kind

CASES_READ = declare_scope(
    Scope(key="cases:read", title=_("Read your cases, what happened in them and what was issued"))
)

CASES_WRITE = declare_scope(
    Scope(
        key="cases:write", title=_("Take steps in your cases; decisions of the office stay with people at their pages")
    )
)

YOUR_TURN = declare_kind(
    NoticeKind(
        code="casework.your_turn",
        label=_("A case of yours waits for you"),
        title=_("Please act: %(title)s"),
        happened=_("The office has asked something of you in case %(number)s."),
        advice=_("Open the case, read what is asked, and answer."),
        deadline=_("Your answer is due by %(due)s."),
        follows=_(
            "Until you answer, the office's clock stands still. Without an answer in time the case may be closed."
        ),
        link_label=_("Open the case"),
        legal=True,
    )
)

MOVED = declare_kind(
    NoticeKind(
        code="casework.moved",
        label=_("A case of yours has taken a step"),
        title=_("A step in your case: %(title)s"),
        happened=_("Case %(number)s has taken a step."),
        follows=_("The office goes on with it; nothing is asked of you."),
        link_label=_("Open the case"),
    )
)

CLOSED = declare_kind(
    NoticeKind(
        code="casework.closed",
        label=_("A case of yours is closed"),
        title=_("Closed: %(title)s"),
        happened=_("Case %(number)s has come to its end; the outcome and its reasons stand in it."),
        link_label=_("Open the case"),
        legal=True,
    )
)

CAME_BACK = declare_kind(
    NoticeKind(
        code="casework.came_back",
        label=_("A case in your hands waits for the office"),
        title=_("Back in your hands: %(title)s"),
        happened=_("In case %(number)s the other side has acted."),
        advice=_("Go on with the case."),
        deadline=_("The limit of the office ends on %(due)s."),
        link_label=_("Open the case"),
    )
)

RUN_OUT = declare_kind(
    NoticeKind(
        code="casework.run_out",
        label=_("A limit in a case in your hands has ended"),
        title=_("A limit has ended: %(title)s"),
        happened=_("In case %(number)s a limit ended on %(day)s, and what it measures was not done."),
        advice=_("Decide what follows; nothing happens by itself."),
        link_label=_("Open the case"),
    )
)

SIGN_OFF_ASKED = declare_kind(
    NoticeKind(
        code="casework.sign_off_asked",
        label=_("Your joint sign-off is asked for"),
        title=_("Please sign off: %(title)s"),
        happened=_("Case %(number)s is to be decided, and you are asked to agree for your body."),
        advice=_("Read the case, and agree or say why not."),
        deadline=_("Your answer is due by %(due)s."),
        follows=_("Nothing is decided before; where the file says so, silence counts as consent from then on."),
        link_label=_("Open the case"),
    )
)

UNREAD = declare_kind(
    NoticeKind(
        code="casework.unread",
        label=_("A legal notice in a case in your hands is not read"),
        title=_("Not read: %(title)s"),
        happened=_(
            "A legal notice about case %(number)s was sent %(days)s days ago, sent again, and is still not read."
        ),
        advice=_(
            "Reach the party by telephone, or serve the notice on paper; the proof of service stands in the case."
        ),
        follows=_("The platform does not send this notice again by itself."),
        link_label=_("Open the case"),
    )
)

MERGED = declare_kind(
    NoticeKind(
        code="casework.merged",
        label=_("A case of yours goes on in another one"),
        title=_("Merged: %(title)s"),
        happened=_("Case %(number)s was merged into case %(other)s, where it goes on; both histories are kept."),
        follows=_("Your old number and query code still find it. The nearer of two limits of the office holds."),
        link_label=_("Open the case"),
    )
)

SPLIT = declare_kind(
    NoticeKind(
        code="casework.split",
        label=_("A case was split off one of yours"),
        title=_("A case of its own: %(title)s"),
        happened=_("Case %(number)s was split off case %(other)s and goes on beside it."),
        follows=_("It has the state and the limits which that one had on the day; nothing begins anew."),
        link_label=_("Open the case"),
    )
)
