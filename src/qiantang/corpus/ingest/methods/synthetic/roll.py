"""Who stands on each document: applicants, inventors, holders, agencies and agents, as filed and in truth."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.addresses import AddressBook
from qiantang.corpus.ingest.methods.synthetic.arrow import Column, pa
from qiantang.corpus.ingest.methods.synthetic.cast import ABROAD, COUNTRIES, PERSON, UNIVERSITY, Cast, name_form
from qiantang.corpus.ingest.methods.synthetic.days import NEVER, day
from qiantang.corpus.ingest.methods.synthetic.dealings import Dealing, Dealings
from qiantang.corpus.ingest.methods.synthetic.draws import Draws, Flags, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import CN, Rows
from qiantang.corpus.ingest.methods.synthetic.people import FORMS, NameForm, chinese_people, people_abroad

_AGENTS_FROM = 1 << 40
_AGENTS_EACH = 12
_MOVERS_FROM = 1 << 41
_MOVING = 3  # people of a team that goes elsewhere


@dataclass(slots=True)
class PartyColumns:
    """Entries of one role: row, position from 1, and either a party with the form of its name, or a name."""

    role: str
    row: Ints
    position: Ints
    names: Column
    party: Ints
    form: Ints


@dataclass(slots=True)
class Roll:
    """All entries; ``holder`` is the party that holds each row at the end (-1: none), ``persons`` who each inventor is."""

    applicants: PartyColumns
    holders: PartyColumns
    inventors: PartyColumns
    agencies: PartyColumns
    agents: PartyColumns
    holder: Ints
    persons: Ints
    address: Ints


def _named(cast_names: Column, role: str, row: Ints, position: Ints, party: Ints, form: Ints) -> PartyColumns:
    return PartyColumns(role, row, position, cast_names.take(pa.array(party * FORMS + form)), party, form)


def _forms(draws: Draws, cast: Cast, rows: Rows, row: Ints, party: Ints) -> Ints:
    """English abroad; firms from abroad have their own Latin name there too."""
    index = rows.work[row] * 8 + rows.office[row]
    chinese = name_form(cast, draws, party, rows.filed[row], index * 64 + party % 64)
    latin = np.where(draws.chance("name.capitals", index, 450), int(NameForm.ENGLISH_CAPITALS), int(NameForm.ENGLISH))
    return np.where(rows.office[row] == CN, chinese, latin)


def _applicants(draws: Draws, cast: Cast, rows: Rows) -> tuple[Ints, Ints, Ints]:
    """Row, position and party: one applicant, sometimes two or three; universities join firms more often."""
    everyone = np.arange(len(rows))
    share = np.where(cast.kind[rows.party] == UNIVERSITY, 170, 85)
    more = draws.chance("co.second", rows.work, share) & (cast.group[rows.party] != ABROAD)
    third = more & draws.chance("co.third", rows.work, 130)
    found = [(everyone, np.ones(len(rows), np.int64), rows.party)]
    seen = rows.party
    for place, which in ((2, more), (3, third)):
        at = np.flatnonzero(which)
        members = cast.members[place - 2]  # the second comes from the city, the third from elsewhere
        party = members[draws.pick(f"co.party{place}", rows.work[at], cast.weight[members])]
        fresh = (party != rows.party[at]) & (party != seen[at])
        found.append((at[fresh], np.full(int(fresh.sum()), place), party[fresh]))
        seen = seen.copy()
        seen[at] = party
    row, position, party = (np.concatenate([entry[i] for entry in found]) for i in range(3))
    # Where the second turned out to be the first again, the third moves up.
    order = np.lexsort((position, row))
    row, party = row[order], party[order]
    return row, _positions(row), party


def _positions(row: Ints) -> Ints:
    """1, 2, 3 … inside runs of equal rows."""
    starts = np.flatnonzero(np.r_[True, row[1:] != row[:-1]])
    return np.arange(len(row)) - np.repeat(starts, np.diff(np.r_[starts, len(row)])) + 1


def _inventors(draws: Draws, cast: Cast, rows: Rows) -> tuple[PartyColumns, Ints]:
    """Teams from the stock of the first applicant; a person who files alone is the inventor."""
    person = cast.kind[rows.party] == PERSON
    first, size = cast.pool[0][rows.party], cast.pool[1][rows.party]
    team = np.where(person, 1, np.minimum(1 + draws.pick("inventor.count", rows.work, [22, 24, 22, 16, 10, 6]), size))
    row = np.repeat(np.arange(len(rows)), team)
    turn = _positions(row) - 1
    # Two draws, the smaller counts: a few people of a stock invent much.
    one, two = (draws.below(f"inventor.lead{i}", rows.work, size) for i in (1, 2))
    step = 1 + draws.below("inventor.step", rows.work, 3)
    step = np.where(step * 6 > size, 1, step)
    member = (np.minimum(one, two)[row] + turn * step[row]) % size[row]
    person_id = np.where(person[row], -1 - rows.party[row], first[row] + member)
    person_id = _movers(draws, cast, rows, (row, turn), team, person_id)
    zh, en = chinese_people(draws, person_id)
    latin = people_abroad(draws, person_id)
    abroad = cast.group[rows.party[row]] == ABROAD
    source = np.where(abroad, 2, np.where(rows.office[row] == CN, 0, 1))
    names = pa.chunked_array([zh, en, latin]).take(pa.array(source * len(row) + np.arange(len(row)))).combine_chunks()
    nobody = np.full(len(row), -1)
    return PartyColumns("inventor", row, turn + 1, names, nobody, nobody), person_id


def _movers(draws: Draws, cast: Cast, rows: Rows, at: tuple[Ints, Ints], team: Ints, person: Ints) -> Ints:
    """Teams that left one firm for another: on some documents the first three inventors are theirs, before the day at the
    one, from it on at the other. So the truth has people who moved, and a name of theirs may be somebody else's, too.
    """
    row, turn = at
    here, there, _ = cast.members
    pairs = (
        (there[0], here[0]), (here[1], there[1]), (here[2], here[3]), (there[2], here[0]), (here[4], there[3]), (here[5], here[6]),
    )  # fmt: skip
    large = (team[row] >= _MOVING) & (turn < _MOVING)
    for number, (giver, taker) in enumerate(pairs):
        when = day(2018 + number, 3, 1)
        before = (rows.party == giver) & (rows.filed < when)
        after = (rows.party == taker) & (rows.filed >= when)
        theirs = (before | after) & draws.chance(f"inventor.moved{number}", rows.work, 450)
        person = np.where(large & theirs[row], _MOVERS_FROM + number * _MOVING + turn, person)
    return person


def _holders(
    cast_names: Column,
    cast: Cast,
    rows: Rows,
    granted: Flags,
    dealings: Dealings,
    applicants: tuple[Ints, Ints, Ints],
) -> tuple[PartyColumns, Ints]:
    """Who holds each granted right at the end, under the name the register knows then."""
    row, position, party = applicants
    transferred = dealings.kind == Dealing.TRANSFER
    owner = np.where(transferred, dealings.partner, np.where(dealings.heir >= 0, dealings.heir, rows.party))
    moved = owner != rows.party
    keep = granted[row] & (rows.office[row] == CN) & (~moved[row] | (position == 1))
    row, position, party = row[keep], position[keep], party[keep]
    party = np.where(position == 1, owner[row], party)
    old_name = (
        ~moved[row] & (position == 1) & (rows.filed[row] < cast.renamed[party]) & (dealings.renamed[row] >= NEVER)
    )
    form = np.where(old_name, int(NameForm.FORMER), int(NameForm.OFFICIAL))
    return _named(cast_names, "holder", row, position, party, form), np.where(granted & (rows.office == CN), owner, -1)


def _representatives(draws: Draws, cast: Cast, rows: Rows) -> tuple[PartyColumns, PartyColumns]:
    share = np.array([880, 900, 860, 700, 420])[cast.kind[rows.party]]
    row = np.flatnonzero((rows.office == CN) & draws.chance("agency.used", rows.work, share))
    work = rows.work[row]
    usual = draws.below("agency.usual", rows.party[row], len(cast.agencies))
    agency = np.where(
        draws.chance("agency.other", work, 250), draws.below("agency.any", work, len(cast.agencies)), usual
    )
    names = pa.array(cast.agencies).take(pa.array(agency))
    one = np.ones(len(row), np.int64)
    nobody = -one
    agencies = PartyColumns("agency", row, one, names, nobody, nobody)
    two = draws.chance("agent.second", work, 300)
    first = draws.below("agent.first", work, _AGENTS_EACH)
    ids = _AGENTS_FROM + agency * _AGENTS_EACH
    agent_row = np.concatenate([row, row[two]])
    agent_ids = np.concatenate([ids + first, ids[two] + (first[two] + 1) % _AGENTS_EACH])
    position = np.concatenate([one, np.full(int(two.sum()), 2)])
    nobody = np.full(len(agent_row), -1)
    return agencies, PartyColumns("agent", agent_row, position, chinese_people(draws, agent_ids)[0], nobody, nobody)


def call_roll(draws: Draws, cast: Cast, rows: Rows, granted: Flags, dealings: Dealings) -> Roll:
    """Everybody on every document."""
    names = pa.array(cast.names)
    applicants = _applicants(draws, cast, rows)
    row, position, party = applicants
    holders, holder = _holders(names, cast, rows, granted, dealings, applicants)
    inventors, persons = _inventors(draws, cast, rows)
    agencies, agents = _representatives(draws, cast, rows)
    return Roll(
        _named(names, "applicant", row, position, party, _forms(draws, cast, rows, row, party)),
        holders, inventors, agencies, agents, holder, persons, AddressBook.slot(cast, rows.party, rows.filed),
    )  # fmt: skip


def countries(cast: Cast, party: Ints) -> Column:
    """Country of each party, null for those who are not parties of the city (inventors, agencies)."""
    codes = pa.array([*COUNTRIES, None])
    return codes.take(pa.array(np.where(party >= 0, cast.country[np.maximum(party, 0)], len(COUNTRIES))))
