"""Words and tones for what a case shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from qiantang.commons.casework.types import ClockKind, LinkKind, PartyRole, PauseReason
from qiantang.commons.casework.types.keeping import DisposalState
from qiantang.commons.casework.types.linked import KeyKind, KeySource
from qiantang.commons.ui.types import Tone
from qiantang.kernel.calendar import Lamp, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qiantang.commons.casework.types import CaseCard, ClockShown, LinkShown, PartyShown
    from qiantang.commons.casework.types.keeping import RecordTold

_TONES = {
    Lamp.GREEN: Tone.GOOD,
    Lamp.YELLOW: Tone.WAIT,
    Lamp.RED: Tone.HARM,
    Lamp.STOPPED: Tone.PLAIN,
    Lamp.DONE: Tone.PLAIN,
}


def state_tone(card: CaseCard) -> str:
    """The tone of the state's pill: closed, somebody else's turn, or under way."""
    if card.final:
        return Tone.PLAIN
    return Tone.WAIT if card.waits_for == "party" else Tone.ACTION


def lamp_word(clock: ClockShown) -> str:
    """How a clock stands, in words: ``3 working days left``, ``2 days overdue``, ``stands still``."""
    reading = clock.reading
    if reading.lamp is Lamp.DONE:
        return _("done in time") if reading.left >= 0 else _("done late")
    if reading.lamp is Lamp.STOPPED:
        return _("stands still")
    count = abs(reading.left)
    if clock.unit == Unit.WORKDAY:
        left = ngettext("%(count)s working day left", "%(count)s working days left", count)
        late = ngettext("%(count)s working day overdue", "%(count)s working days overdue", count)
    else:
        left = ngettext("%(count)s day left", "%(count)s days left", count)
        late = ngettext("%(count)s day overdue", "%(count)s days overdue", count)
    return (late if reading.left < 0 else left) % {"count": count}


def lamp_tone(clock: ClockShown) -> str:
    """The tone beside the word."""
    return _TONES[clock.reading.lamp]


def kind_word(kind: ClockKind) -> str:
    """Whose time it is."""
    words = {
        ClockKind.PROMISE: _("promised"),
        ClockKind.STATUTE: _("by law"),
        ClockKind.REPLY: _("time to answer"),
    }
    return words[kind]


def clock_rows(clocks: Iterable[ClockShown]) -> list[dict[str, object]]:
    """Clocks for a table."""
    return [
        {"clock": one, "word": lamp_word(one), "tone": lamp_tone(one), "kind": kind_word(one.kind)} for one in clocks
    ]


def party_rows(parties: Iterable[PartyShown]) -> list[dict[str, object]]:
    """Parties for a list."""
    words = {
        PartyRole.APPLICANT: _("Applicant"),
        PartyRole.AGENT: _("Agent"),
        PartyRole.OPPONENT: _("Opponent"),
        PartyRole.THIRD: _("Third party"),
        PartyRole.INVENTOR: _("Inventor"),
    }
    return [{"party": one, "word": words[one.role]} for one in parties]


def link_rows(links: Iterable[LinkShown]) -> list[dict[str, object]]:
    """Linked cases for a list, read from this case."""
    return [{"link": one, "word": link_word(one.kind, outgoing=one.outgoing)} for one in links]


def link_word(kind: LinkKind, *, outgoing: bool) -> str:
    """How one case belongs to another, read from the first, or from the second back."""
    words = {
        (LinkKind.ARISES_FROM, True): _("arises from"),
        (LinkKind.ARISES_FROM, False): _("gave rise to"),
        (LinkKind.EVIDENCE_FOR, True): _("is evidence for"),
        (LinkKind.EVIDENCE_FOR, False): _("has evidence in"),
        (LinkKind.PLEDGED_BY, True): _("is pledged by"),
        (LinkKind.PLEDGED_BY, False): _("pledges"),
        (LinkKind.MERGED_WITH, True): _("was merged into"),
        (LinkKind.MERGED_WITH, False): _("goes on for"),
    }
    return words[kind, outgoing]


def thing_word(kind: LinkKind) -> str:
    """How a thing belongs to its case."""
    words = {
        LinkKind.ARISES_FROM: _("arose in"),
        LinkKind.EVIDENCE_FOR: _("is evidence for"),
        LinkKind.PLEDGED_BY: _("is pledged by"),
        LinkKind.MERGED_WITH: _("Merged into another case"),
    }
    return words[kind]


def pause_reasons() -> list[tuple[str, str]]:
    """Reasons for which the office stops the clocks."""
    return [
        (PauseReason.EXPERT_REVIEW, _("Review by experts")),
        (PauseReason.PUBLICITY, _("Publicity")),
        (PauseReason.HEARING, _("Hearing")),
        (PauseReason.INSPECTION, _("Inspection on site")),
    ]


def sign_off_word(state: str) -> tuple[str, str]:
    """How a sign-off stands, and the tone for it."""
    words = {
        "open": (_("waits for the answer"), Tone.WAIT),
        "late": (_("late, still waits"), Tone.HARM),
        "agreed": (_("agreed"), Tone.GOOD),
        "against": (_("not agreed"), Tone.HARM),
        "silent": (_("consent by silence"), Tone.PLAIN),
    }
    return words[state]


RETENTION_SOURCES = (gettext_noop("House table of retention, after SAA order 8 (2006)"),)  # of retention.toml


def disposal_word(told: RecordTold) -> str:
    """Where a record stands, in a word."""
    if told.disposed_at is not None:
        return _("disposed of")
    if told.held:
        return _("on hold")
    words = {
        DisposalState.PROPOSED: _("proposed"),
        DisposalState.AGREED: _("one has agreed"),
        DisposalState.DECLINED: _("kept longer"),
    }
    return words.get(DisposalState(told.state), "") if told.state else _("kept")


def disposal_tone(told: RecordTold) -> str:
    """The tone of that word."""
    if told.disposed_at is not None or not told.state:
        return Tone.PLAIN
    return Tone.WAIT if told.held or told.state != DisposalState.AGREED else Tone.ACTION


def key_words() -> dict[KeyKind, str]:
    """What a verified key is."""
    return {
        KeyKind.LEGAL_REPRESENTATIVE: _("Legal representative, by identity number"),
        KeyKind.ADDRESS: _("Address"),
        KeyKind.ACCOUNT: _("Bank account"),
        KeyKind.AGENT: _("Agent, by code or licence number"),
        KeyKind.EMAIL: _("E-mail address"),
        KeyKind.PHONE: _("Telephone number"),
    }


def source_words() -> dict[KeySource, str]:
    """How a key was verified."""
    return {
        KeySource.DOCUMENT: _("the original was shown"),
        KeySource.REGISTER: _("compared with a public register"),
        KeySource.ANSWERED: _("a message or call there was answered"),
    }
