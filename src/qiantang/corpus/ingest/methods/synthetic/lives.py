"""What becomes of each patent: examined, granted, refused, kept, lapsed, restored, annulled. The city's truth of status.

Nothing here uses the platform's own rules of status: the generator knows the state of a right because it made its history,
so the platform's derivation can be checked against it.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.days import CUTOFF, NEVER, anniversary, day, gazette_day, years_of
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Flags, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import CN, DESIGN, EP, INVENTION, UTILITY_MODEL, WO, Rows

DESIGN_TERM_LONGER = day(2021, 6, 1)
"""Designs filed from this day on last fifteen years instead of ten (Patent Law as amended 2020, article 42)."""


class State(IntEnum):
    """States of a right; ``STATE_WORDS`` spells them in the vocabulary of the domain text."""

    UNKNOWN = 0
    FILED = 1
    PUBLISHED = 2
    IN_EXAMINATION = 3
    GRANTED = 4
    REFUSED = 5
    DEEMED_WITHDRAWN = 6
    WITHDRAWN = 7
    DEEMED_ABANDONED_GRANT = 8
    LAPSED_FEE = 9
    EXPIRED = 10
    ABANDONED = 11
    INVALIDATED = 12
    PARTIALLY_INVALIDATED = 13


STATE_WORDS: tuple[str | None, ...] = (None, *(state.name.lower() for state in list(State)[1:]))


@dataclass(slots=True)
class Lives:
    """Columns over Chinese rows, NEVER for what did not happen by the last day of the city.

    examined, examined_told     entry into examination: effect, gazette
    ending, ended, ended_told   how an application failed (State or UNKNOWN), effect, gazette
    granted, term_end           grant; first day after the term
    closing, closed, closed_told    how the right was lost before its term, effect, gazette
    restored, partial           restoration and partial annulment (told the same day)
    """

    examined: Ints
    examined_told: Ints
    ending: Ints
    ended: Ints
    ended_told: Ints
    granted: Ints
    term_end: Ints
    closing: Ints
    closed: Ints
    closed_told: Ints
    restored: Ints
    partial: Ints

    def in_force_until(self) -> Ints:
        """First day on which the right is surely no longer in force; a restored right counts to its term."""
        lost = np.where(self.restored < NEVER, NEVER, self.closed)
        return np.minimum(lost, self.term_end)

    def take(self, order: Ints) -> Lives:
        """The lives at these positions."""
        return Lives(**{f.name: getattr(self, f.name)[order] for f in fields(self)})


def _examinations(draws: Draws, rows: Rows, invention: Flags) -> tuple[Ints, Ints]:
    told = gazette_day(rows.published + 14 + draws.below("life.examined", rows.work, 40))
    asked = invention & draws.chance("life.asked", rows.work, 945) & (told <= CUTOFF)
    effect = told - draws.below("life.examined.lead", rows.work, 12)
    return np.where(asked, effect, NEVER), np.where(asked, told, NEVER)


def _decisions(draws: Draws, rows: Rows, invention: Flags, examined_told: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Grant day, and for the failed: state, effect, gazette."""
    examined = examined_told < NEVER
    outcome = draws.pick("life.outcome", rows.work, [590, 165, 215, 15, 15])
    wait = 200 + draws.below("life.wait", rows.work, 420) + draws.below("life.wait.more", rows.work, 420)
    base = np.where(examined, examined_told, anniversary(rows.filed, 3))
    told = gazette_day(base + np.where(examined, wait, 100 + wait // 6))
    states = np.array(
        [State.GRANTED, State.REFUSED, State.DEEMED_WITHDRAWN, State.WITHDRAWN, State.DEEMED_ABANDONED_GRANT]
    )
    # Without a request for examination within three years the application is deemed withdrawn.
    state = np.where(examined, states[outcome], State.DEEMED_WITHDRAWN)
    done = invention & (told <= CUTOFF)
    grant = np.where(done & (state == State.GRANTED), told, NEVER)
    failed = done & (state != State.GRANTED)
    lead = 20 + draws.below("life.lead", rows.work, 80)
    effect = np.where(examined, told - lead, anniversary(rows.filed, 3))
    grant = np.where(invention, grant, rows.published)
    return grant, np.where(failed, state, State.UNKNOWN), np.where(failed, effect, NEVER), np.where(failed, told, NEVER)


def _terms(rows: Rows) -> Ints:
    long_design = (rows.type == DESIGN) & (rows.filed >= DESIGN_TERM_LONGER)
    years = np.where(rows.type == INVENTION, 20, np.where(long_design, 15, 10))
    return anniversary(rows.filed, years)


def _lapses(draws: Draws, rows: Rows, granted: Ints, term_end: Ints) -> tuple[Ints, Ints]:
    """Unpaid annuities: effect on the due day, an anniversary of filing after the grant; told most of a year later."""
    alive = np.where(granted < NEVER, granted, rows.filed)
    whole = years_of(alive) - years_of(rows.filed)
    whole -= anniversary(rows.filed, whole) > alive
    extra = draws.pick("life.kept", rows.work, [16, 18, 16, 14, 12, 9, 7, 5, 3])
    due = anniversary(rows.filed, whole + 1 + extra)
    told = gazette_day(due + 200 + draws.below("life.lapse.told", rows.work, 130))
    share = np.where(rows.type == INVENTION, 300, np.where(rows.type == UTILITY_MODEL, 540, 580))
    gone = draws.chance("life.lapses", rows.work, share) & (granted < NEVER) & (due < term_end) & (told <= CUTOFF)
    return np.where(gone, due, NEVER), np.where(gone, told, NEVER)


def _strikes(draws: Draws, rows: Rows, label: str, share: int, window: tuple[Ints, Ints]) -> Ints:
    """A gazette day inside the window for a few rows in ten thousand, else NEVER."""
    start, end = window
    room = np.maximum(end - start - 40, 1)
    when = gazette_day(start + draws.below(f"{label}.when", rows.work, room))
    hit = (draws.below(label, rows.work, 10_000) < share) & (end - start > 120) & (when <= CUTOFF)  # noqa: PLR2004  # days
    return np.where(hit, when, NEVER)


def live(draws: Draws, rows: Rows) -> Lives:
    """The lives of Chinese patents; rows of other offices get a grant day only (``granted``)."""
    chinese = rows.office == CN
    invention = chinese & (rows.type == INVENTION)
    examined, examined_told = _examinations(draws, rows, invention)
    granted, ending, ended, ended_told = _decisions(draws, rows, invention, examined_told)
    granted = np.where(chinese, granted, _grants_abroad(draws, rows))
    term_end = np.where(chinese & (granted < NEVER), _terms(rows), NEVER)
    closed, closed_told = _lapses(draws, rows, np.where(chinese, granted, NEVER), term_end)
    closing = np.where(closed < NEVER, State.LAPSED_FEE, State.UNKNOWN)
    start = np.where(chinese & (granted < NEVER), granted + 100, NEVER)
    window = (start, np.minimum(np.minimum(closed, term_end), CUTOFF))
    partial = _strikes(draws, rows, "life.partial", 28, window)
    void = np.where(partial < NEVER, NEVER, _strikes(draws, rows, "life.void", 30, window))
    given_up = np.where((partial < NEVER) | (void < NEVER), NEVER, _strikes(draws, rows, "life.given_up", 40, window))
    for when, state in ((void, State.INVALIDATED), (given_up, State.ABANDONED)):
        closing = np.where(when < NEVER, state, closing)
        closed, closed_told = np.where(when < NEVER, when, closed), np.where(when < NEVER, when, closed_told)
    back = gazette_day(closed_told + 50 + draws.below("life.back", rows.work, 110))
    returns = (
        (closing == State.LAPSED_FEE)
        & draws.chance("life.returns", rows.work, 30)
        & (back <= CUTOFF)
        & (back < term_end)
    )
    return Lives(
        examined, examined_told, ending, ended, ended_told, granted, term_end,
        closing, closed, closed_told, np.where(returns, back, NEVER), partial,
    )  # fmt: skip


def _grants_abroad(draws: Draws, rows: Rows) -> Ints:
    index = rows.work * 8 + rows.office
    told = rows.published + 300 + draws.below("life.abroad.wait", index, 900)
    share = np.where(rows.office == EP, 450, 600)
    done = (rows.office != WO) & draws.chance("life.abroad", index, share) & (told <= CUTOFF)
    return np.where(done, told, NEVER)


def states_at(rows: Rows, lives: Lives, when: int, *, told: bool) -> Ints:
    """The State of every row on a day, by effect, or by what the gazette had told by then; UNKNOWN abroad and before filing."""
    examined, ended, closed = (
        (lives.examined_told, lives.ended_told, lives.closed_told)
        if told
        else (lives.examined, lives.ended, lives.closed)
    )
    state = np.where(rows.filed <= when, State.FILED, State.UNKNOWN)
    state = np.where((rows.published <= when) & (rows.type == INVENTION), State.PUBLISHED, state)
    state = np.where(examined <= when, State.IN_EXAMINATION, state)
    state = np.where(ended <= when, lives.ending, state)
    state = np.where(lives.granted <= when, State.GRANTED, state)
    state = np.where(lives.partial <= when, State.PARTIALLY_INVALIDATED, state)
    standing = state
    state = np.where((closed <= when) & (lives.restored > when), lives.closing, state)
    over = (lives.term_end <= when) & (state == standing) & (lives.granted <= when)
    state = np.where(over, State.EXPIRED, state)
    return np.where(rows.office == CN, state, State.UNKNOWN)
