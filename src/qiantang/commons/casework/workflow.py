"""The one kind of case that this room keeps itself: old files, from before the platform or from paper."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.casework.types import CaseType, declare_case_type
from qiantang.commons.casework.types.keeping import CaseKeeping, declare_keeping
from qiantang.kernel.workflow import Audience, State, Transition, Workflow

_STAFF = frozenset({"window_officer", "case_officer", "supervisor"})
_LEAD = frozenset({"supervisor"})

OLD_FILE = declare_case_type(
    CaseType(
        workflow=Workflow(
            key="casework.old_file",
            initial="open",
            states=(
                State(
                    key="open",
                    staff=_("Old file, still open"),
                    party=_("Being handled, taken over from an old file"),
                    clock_runs=False,
                    waits_for=Audience.STAFF,
                ),
                State(
                    key="archived",
                    staff=_("Old file, closed"),
                    party=_("Closed; kept as an old file"),
                    clock_runs=False,
                    final=True,
                    unattended=True,  # it was ended before the platform: a list that is brought in decides nothing
                ),
            ),
            transitions=(
                Transition(
                    action="archive",
                    source="open",
                    target="archived",
                    label=_("Close the old file"),
                    told=_("%(who)s closed the old file"),
                    roles=_STAFF | {"system"},
                ),
            ),
        ),
        title=_("Old file"),
        authority="HZDA",
        staff=_STAFF,
        leads=_LEAD,
        joins=frozenset({"open"}),
    )
)

KEEPING = declare_keeping(
    CaseKeeping(key="casework", kinds=frozenset({OLD_FILE.key}), tables=())  # all its tables are those of every case
)
