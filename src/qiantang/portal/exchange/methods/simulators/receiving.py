"""What both simulated platforms do: they keep the keys, verify every message, take each once, and count what is missing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from qiantang.portal.exchange.methods import envelopes

TAKEN, UNSIGNED, UNREADABLE = 204, 401, 400


@dataclass(slots=True)
class Received:
    """The memory of a simulated platform.

    keys        kid -> JSON Web Key of the house
    events      id -> envelope; each once, however often it came
    states      subject -> the last state told of it
    recipients  subject -> names of the people who were named with it
    figures     metric -> value, of the newest day
    repeats     messages that had come before
    refused     messages with a wrong signature, or too old
    gaps        subject -> numbers in its sequence that have not come
    failing     answers still to be given with ``status`` before messages are taken again
    """

    keys: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    states: dict[str, str] = field(default_factory=dict)
    recipients: dict[str, list[str]] = field(default_factory=dict)
    figures: dict[str, str | None] = field(default_factory=dict)
    order: dict[str, list[int]] = field(default_factory=dict)
    repeats: int = 0
    refused: int = 0
    failing: int = 0
    status: int = 503
    lock: Lock = field(default_factory=Lock)

    def take(self, head: Mapping[str, str], body: bytes, now: int) -> int:
        """Take a message; returns the status of the answer."""
        with self.lock:
            if self.failing:
                self.failing -= 1
                return self.status
            if not envelopes.message_holds(head, body, self.keys, now):
                self.refused += 1
                return UNSIGNED
            try:
                told = json.loads(body)
                event, recipients = dict(told["event"]), list(told["recipients"])
            except (ValueError, KeyError, TypeError):
                return UNREADABLE
            if not envelopes.holds(event, self.keys):
                self.refused += 1
                return UNSIGNED
            self.keep(event, recipients)
            return TAKEN

    def keep(self, event: dict[str, Any], recipients: list[str]) -> None:
        """Remember an event that was verified; ``lock`` is held."""
        if event["id"] in self.events:
            self.repeats += 1
            return
        self.events[event["id"]] = event
        subject, data = event["subject"], event["data"]
        self.order.setdefault(subject, []).append(int(event["sequence"]))
        if recipients:
            self.recipients[subject] = recipients
        if "target" in data:
            self.states[subject] = data["target"]
        for one in data.get("figures", []):
            self.figures[one["metric"]] = one["value"]

    def told(self) -> dict[str, Any]:
        """What it knows, as its page ``/state`` shows it."""
        with self.lock:
            gaps = {one: sorted(set(range(1, max(seen))) - set(seen)) for one, seen in self.order.items()}
            return {
                "simulated": True,
                "events": len(self.events),
                "repeats": self.repeats,
                "refused": self.refused,
                "states": dict(self.states),
                "recipients": dict(self.recipients),
                "figures": dict(self.figures),
                "gaps": {one: missing for one, missing in gaps.items() if missing},
                "in_order": all(seen == sorted(seen) for seen in self.order.values()),
            }
