"""Where the documented examples of the open API are asked: what each of them needs, made for one person.

An example says ``proceedings/1/lines``; here stands how the proceeding is made in whose room that person may speak. Where a
case stands is set by hand: the ways there are told by the tests of each line of work.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from hashlib import sha256
from typing import ClassVar

from django.utils import timezone

from qiantang.commons.accounts.api import create_account
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.models import Case
from qiantang.commons.casework.types import NewParty, PartyRole
from qiantang.commons.evidence.models import CaptureSchedule, Deposit, WebCapture
from qiantang.kernel.actor import Actor
from qiantang.kernel.identifiers import parse_case_number
from qiantang.scenarios.protection.methods.registers import Ground, GroundKind
from qiantang.scenarios.protection.models import (
    Agreement,
    Appointment,
    ChartElement,
    Dispute,
    Expert,
    MediationBody,
    Mediator,
    Opinion,
    Paper,
    PartyAccess,
    Performance,
    Proceeding,
    Proposal,
    Session,
    Suspect,
    Takedown,
    Watch,
)
from qiantang.scenarios.protection.services import access, assistance, charts, disputes, registers, takedowns
from qiantang.scenarios.protection.tests.people import deposited, filed

SYSTEM = Actor.system("test")
# asked by the office alone; whoever asks another example is a party
OF_OFFICE = re.compile(r"registers/readings|proceedings/1/(codes|services.*|reference)")
DEPOSIT, CODE = "EV-20260301-7F3K9Q2M", "ABCDEFGHJK"


class Examples:
    """The addresses of the examples for one person; each thing is made when its address is asked for first.

    ``MADE``: path of an example -> what makes its thing and tells the path that stands for it
    """

    MADE: ClassVar = {}

    def __init__(self, owner: Actor):
        self.owner = replace(owner, organisation_id=None)
        self.now = timezone.now()
        self._known = {}

    def address(self, path):
        """The address, below the version, that stands for the one of an example; None: not one of this room."""
        if path not in self.MADE:
            return None
        if path not in self._known:
            self._known[path] = self.MADE[path](self)
        return self._known[path]

    # --- who else there is ---

    def _person(self, name, *roles):
        made = create_account(
            actor=SYSTEM, username=f"x-{name}", display_name=name, password="seven quiet rivers", roles=roles
        )
        return Actor(person_id=made.id, name=name, roles=frozenset(roles))

    @cached_property
    def other(self):
        return self._person("other")

    @cached_property
    def officer(self):
        return self._person("officer", "case_officer")

    @cached_property
    def body(self):
        return MediationBody.objects.create(name="x", kind="people", source="x")

    def _mediator(self, account, key=None):
        """Each has a key that is told: PostgreSQL would give the one of the examples again."""
        told = {"body": self.body, "name": account.name, "source": "x", "imported_at": self.now}
        defaults = {"pk": key or 1_000 + account.person_id, **told}
        return Mediator.objects.get_or_create(account_id=account.person_id, defaults=defaults)[0]

    @cached_property
    def third(self):
        """A mediator under the key of the examples."""
        return self._mediator(self._person("third"), key=1)

    # --- disputes ---

    def draft(self):
        return disputes.open_dispute(actor=self.owner).number

    def filed(self, **told):
        return filed(self.owner, **told)

    def deposit(self):
        number = deposited(self.owner)
        Deposit.objects.filter(number=number).update(number=DEPOSIT)

    def element(self):
        number = self.filed()
        charts.draw_chart(
            actor=self.owner, number=number, claim_number=1, claim_text="1. 泵，包括：壳体。", product="x"
        )
        return f"disputes/{number}/elements/{ChartElement.objects.order_by('-pk')[0].pk}"

    def letter(self):
        number = self.filed()
        document = takedowns.make_takedown(
            actor=self.owner, number=number, platform="x", addresses="https://shop.example/1"
        )
        return number, document, Takedown.objects.get(document=document).pk

    # --- proceedings ---

    def proceeding(self, route, state="", *, brought_by=None, **told):
        """The number of a proceeding that stands where the example needs it, and its row."""
        brings = brought_by or self.owner
        number = disputes.choose_route(actor=brings, number=filed(brings, **told), route=route)
        row = Proceeding.objects.select_related("case").get(case__number=parse_case_number(number).compact)
        if state:
            Case.objects.filter(pk=row.case_id).update(state=state)
        return number, row

    def room(self, state="mediating"):
        """A mediation in which the person is the applicant and both sides have an account."""
        number, row = self.proceeding("mediation", state)
        Dispute.objects.filter(pk=row.dispute_id).update(respondent_person_id=self.other.person_id)
        return number, row

    def appointed(self, state, mediator=None):
        """A mediation that the person is asked to mediate, or of their own with another mediator."""
        number, row = self.room(state) if mediator else self.proceeding("mediation", state, brought_by=self.other)
        asked = mediator or self._mediator(self.owner)
        Appointment.objects.create(proceeding=row, mediator=asked, named_by="office", named_at=self.now)
        party = NewParty(PartyRole.THIRD, person_id=asked.account_id, name=asked.name)
        casework.parties.add_party(actor=SYSTEM, number=number, party=party)
        return number, row

    def proposal(self, **answers):
        number, row = self.room()
        day = timezone.localdate() + timedelta(days=20)
        Proposal.objects.create(
            proceeding=row, version=1, side="respondent", terms="x", perform_by=day, answers=answers, made_at=self.now
        )
        return number

    def meeting(self, *, mine=False):
        number, row = self.appointed("mediating") if mine else self.room()
        made = Session.objects.create(proceeding=row, starts_at=self.now, place="x", minutes="" if mine else "x")
        return f"proceedings/{number}/meetings/{made.pk}"

    def in_force(self):
        number, row = self.room("effective")
        names = ("applicant", "respondent", "body", "terms")
        made = Agreement.objects.create(
            proceeding=row,
            version=1,
            content=dict.fromkeys(names, "x"),
            sha256=sha256(b"x").hexdigest(),
            made_at=self.now,
            effective_at=self.now,
        )
        day = timezone.localdate()
        part = Performance.objects.create(agreement=made, side="respondent", what="x", due_date=day)
        return number, part.pk

    def to_join(self):
        number, row = self.proceeding("mediation", "invited", brought_by=self.other)
        access.issue_code(actor=self.officer, number=number, side="respondent")
        PartyAccess.objects.filter(proceeding=row).update(digest=access._digest(row, CODE))
        return number

    def paper(self, *, served=False):
        """A file of others with a paper to serve, under the key of the examples, or with a service that is under way."""
        number, row = self.proceeding("adjudication", "filed", brought_by=self.other)
        told = {"kind": "request", "side": "applicant", "title": "x", "text": "x", "made_at": self.now}
        made = Paper.objects.create(proceeding=row, **told, **({} if served else {"pk": 100}))
        if not served:
            return f"proceedings/{number}/services"
        service = made.services.create(side="respondent", method="post", sent_at=self.now)
        return f"proceedings/{number}/services/{service.pk}"

    def advised(self):
        number, _row = self.proceeding("assistance", "accepted", foreign=True)
        return number, assistance.issue_advice(actor=self.officer, number=number, note="x")

    def opinion(self):
        _number, row = self.proceeding("assistance", "accepted", brought_by=self.other, foreign=True)
        expert, _made = Expert.objects.get_or_create(
            account_id=self.owner.person_id, defaults={"name": "x", "body": "x", "imported_at": self.now}
        )
        return Opinion.objects.create(
            proceeding=row, expert=expert, kind="infringement", question="x", asked_at=self.now
        ).pk

    # --- watch lists and registers ---

    def watch(self):
        count = Watch.objects.count()
        told = {"address": "https://shop.example/", "words": ["x"], "first_known": True, "made_at": self.now}
        schedule = CaptureSchedule.objects.create(
            number=f"WS-X{count}", owner_id=self.owner.person_id, url="https://shop.example/", purpose="x",
            every_days=7, next_at=self.now + timedelta(days=7),
        )  # fmt: skip
        return Watch.objects.create(owner_id=self.owner.person_id, schedule=schedule.number, **told)

    def suspect(self):
        row = self.watch()
        capture = WebCapture.objects.create(
            number=f"WC-X{row.pk}", owner_id=self.owner.person_id, url=row.address, purpose="x", state="whole",
            asked_at=self.now, ended_at=self.now,
        )  # fmt: skip
        seen = {"first_seen_at": self.now, "last_seen_at": self.now}
        captured = {"first_capture": capture.number, "last_capture": capture.number}
        made = Suspect.objects.create(
            watch=row, key="x", address="https://shop.example/1", text="x", **seen, **captured
        )
        return f"watches/{row.pk}/suspects/{made.pk}"

    def entry(self, *, noticed=False):
        day = timezone.localdate() - timedelta(days=40)
        told = {"authority": "x", "decided_on": day, "final_on": day}
        reference = f"x{len(self._known)}"
        ground = Ground(kind=GroundKind.PENALTY, reference=reference, **told)
        number = registers.propose_entry(actor=self.officer, register="claimant", name=reference, grounds=(ground,))
        party = NewParty(PartyRole.OPPONENT, person_id=self.owner.person_id)
        casework.parties.identify_party(actor=self.officer, number=number, party=party)
        if noticed:
            registers.give_notice(actor=self.officer, number=number, how="x")
        return number


def _exhibits(made):
    made.deposit()
    return f"disputes/{made.draft()}/exhibits"


def _answer(made):
    number, _document, key = made.letter()
    return f"disputes/{number}/letters/{key}/answer"


def _wanted(made):
    number, _row = made.room("choosing")
    assert made.third.pk == 1
    return f"proceedings/{number}/mediator"


_OF_ROOM = {tail: f"proceedings/1/{tail}" for tail in ("lines", "proposals", "bids", "extension")}
Examples.MADE = {
    "disputes/1": lambda made: f"disputes/{made.filed()}",
    "disputes/1/facts": lambda made: f"disputes/{made.draft()}/facts",
    "disputes/1/exhibits": _exhibits,
    "disputes/1/charts": lambda made: f"disputes/{made.filed()}/charts",
    "disputes/1/elements/1": lambda made: made.element(),
    "disputes/1/letters": lambda made: f"disputes/{made.filed()}/letters",
    "disputes/1/letters/1/answer": _answer,
    "disputes/1/documents/1": lambda made: "disputes/{}/documents/{}".format(*made.letter()[:2]),
    "proceedings/1": lambda made: f"proceedings/{made.room()[0]}",
    "proceedings/1/documents/1": lambda made: "proceedings/{}/documents/{}".format(*made.advised()),
    "proceedings/1/join": lambda made: f"proceedings/{made.to_join()}/join",
    "proceedings/1/disclosure": lambda made: f"proceedings/{made.room('invited')[0]}/disclosure",
    "proceedings/1/mediator": _wanted,
    **{
        f"proceedings/1/appointment/{act}": lambda made, act=act: (
            f"proceedings/{made.appointed('named')[0]}/appointment/{act}"
        )
        for act in ("acceptance", "refusal")
    },
    "proceedings/1/appointment/objection": lambda made: (
        f"proceedings/{made.appointed('named', made.third)[0]}/appointment/objection"
    ),
    **{path: lambda made, tail=tail: f"proceedings/{made.room()[0]}/{tail}" for tail, path in _OF_ROOM.items()},
    "proceedings/1/proposals/1/answer": lambda made: f"proceedings/{made.proposal()}/proposals/1/answer",
    "proceedings/1/meetings": lambda made: f"proceedings/{made.appointed('mediating')[0]}/meetings",
    "proceedings/1/meetings/1/minutes": lambda made: f"{made.meeting(mine=True)}/minutes",
    "proceedings/1/meetings/1/confirmation": lambda made: f"{made.meeting()}/confirmation",
    "proceedings/1/agreement": lambda made: f"proceedings/{made.proposal(applicant=True, respondent=True)}/agreement",
    "proceedings/1/confirmation": lambda made: f"proceedings/{made.in_force()[0]}/confirmation",
    "proceedings/1/performances/1": lambda made: "proceedings/{}/performances/{}".format(*made.in_force()),
    "proceedings/1/request": lambda made: f"proceedings/{made.proceeding('adjudication')[0]}/request",
    "proceedings/1/papers": lambda made: f"proceedings/{made.proceeding('adjudication', 'exchange')[0]}/papers",
    "proceedings/1/sending": lambda made: f"proceedings/{made.proceeding('court')[0]}/sending",
    "proceedings/1/aid": lambda made: f"proceedings/{made.proceeding('assistance', foreign=True)[0]}/aid",
    "proceedings/1/codes": lambda made: f"proceedings/{made.proceeding('mediation', brought_by=made.other)[0]}/codes",
    "proceedings/1/services": lambda made: made.paper(),
    "proceedings/1/services/1/delivery": lambda made: f"{made.paper(served=True)}/delivery",
    "proceedings/1/services/1/failure": lambda made: f"{made.paper(served=True)}/failure",
    "proceedings/1/reference": lambda made: (
        f"proceedings/{made.proceeding('court', 'sent', brought_by=made.other)[0]}/reference"
    ),
    "opinions/1/text": lambda made: f"opinions/{made.opinion()}/text",
    "opinions/1/refusal": lambda made: f"opinions/{made.opinion()}/refusal",
    "watches/1": lambda made: f"watches/{made.watch().pk}",
    "watches/1/stop": lambda made: f"watches/{made.watch().pk}/stop",
    "watches/1/suspects/1/clearance": lambda made: f"{made.suspect()}/clearance",
    "watches/1/suspects/1/draft": lambda made: f"{made.suspect()}/draft",
    "registers/entries/1": lambda made: f"registers/entries/{made.entry()}",
    "registers/entries/1/notice": lambda made: f"registers/entries/{made.entry(noticed=True)}/notice",
}
