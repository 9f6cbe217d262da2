"""A workflow as a value: each structural defect is found and named, and the drawing shows all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qiantang.kernel.workflow import Audience, State, Transition, Workflow

WHO = frozenset({"officer"})
pytestmark = pytest.mark.feature("X-06")


def state(key, **more):
    return State(key=key, staff=f"{key} (office)", party=key, **more)


def step(action, source, target, **more):
    return Transition(
        action=action, source=source, target=target, **{"label": action, "told": f"{action}.", "roles": WHO, **more}
    )


SOUND = Workflow(
    key="test.thing",
    initial="draft",
    states=(
        state("draft", clock_runs=False, waits_for=Audience.PARTY),
        state("open", public="Under way"),
        state("proposed"),
        state("done", final=True, clock_runs=False),
    ),
    transitions=(
        step("submit", "draft", "open"),
        step("propose", "open", "proposed"),
        step("send_back", "proposed", "open", needs_note=True),
        step("confirm", "proposed", "done", apart_from=frozenset({"propose"})),
    ),
    renamed={"waiting": "open"},
)


def test_a_sound_one_has_no_defects():
    assert SOUND.defects() == []


@pytest.mark.parametrize(
    ("broken", "defect"),
    [
        ({"transitions": SOUND.transitions[:-1]}, "done: cannot be reached"),
        ({"transitions": SOUND.transitions[:-2]}, "proposed: a dead end that is not final"),
        ({"transitions": SOUND.transitions[:-1]}, "open: no final state can be reached"),
        ({"transitions": (*SOUND.transitions, step("reopen", "done", "open"))}, "done: final, yet can be left"),
        ({"transitions": (*SOUND.transitions, step("lose", "open", "nowhere"))}, "lose: unknown state 'nowhere'"),
        ({"transitions": (*SOUND.transitions, SOUND.transitions[0])}, "submit from draft: defined twice"),
        (
            {"transitions": (*SOUND.transitions, step("x", "open", "done", roles=frozenset()))},
            "x from open: nobody may",
        ),
        ({"transitions": (*SOUND.transitions, step("x", "open", "done", told=""))}, "x from open: a label is missing"),
        (
            {"transitions": (*SOUND.transitions, step("x", "open", "done", apart_from=frozenset({"dance"})))},
            "x from open: four eyes with the unknown action 'dance'",
        ),
        ({"states": (*SOUND.states, state("open"))}, "open: defined twice"),
        ({"states": (*SOUND.states, replace(state("odd"), party=""))}, "odd: a label is missing"),
        ({"states": tuple(replace(one, final=False) for one in SOUND.states)}, "no state is final"),
        ({"states": tuple(replace(one, clock_runs=True) for one in SOUND.states)}, "done: final, yet the clock runs"),
        ({"initial": "nowhere"}, "nowhere: the first state is unknown"),
        ({"renamed": {"draft": "open"}}, "draft: renamed, yet still a state"),
        ({"renamed": {"old": "gone"}}, "old: renamed to the unknown state 'gone'"),
        ({"key": "Thing"}, "Thing: a workflow is app.noun in lower case"),
        (
            {"transitions": (*SOUND.transitions, step("Shout", "open", "done"))},
            "Shout: not lower case with underscores",
        ),
    ],
)
def test_each_defect_is_named(broken, defect):
    assert defect in replace(SOUND, **broken).defects()


def test_a_state_is_found_under_the_key_it_had_before():
    assert SOUND.state("waiting").key == "open"
    assert [one.action for one in SOUND.leaving("waiting")] == ["propose"]
    assert SOUND.transition("propose", "waiting") is SOUND.transitions[1]
    assert SOUND.transition("propose", "draft") is None
    with pytest.raises(KeyError, match="no state 'gone'"):
        SOUND.state("gone")


def test_each_audience_has_its_words():
    shown = SOUND.state("open")
    assert [shown.label(who) for who in Audience] == ["open (office)", "open", "Under way"]
    assert SOUND.state("draft").label(Audience.PUBLIC) == "draft"


def test_the_drawing_has_every_state_and_step():
    drawn = SOUND.mermaid(Audience.PARTY)
    assert drawn.startswith("stateDiagram-v2")
    assert all(f"{one.source} --> {one.target}: {one.label}" in drawn for one in SOUND.transitions)
    assert all(f'"{one.party}" as {one.key}' in drawn for one in SOUND.states)
    assert ("[*] --> draft" in drawn, "done --> [*]" in drawn) == (True, True)
