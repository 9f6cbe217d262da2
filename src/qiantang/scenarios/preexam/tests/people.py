"""People of all sides, an active subject, a listed agency, and a draft brought to any state."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, timedelta

from django.utils import timezone

from qiantang.commons.accounts.api import mandates
from qiantang.commons.casework import api as casework
from qiantang.commons.casework.tests.permits import person
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam.services import agencies, intake, subjects
from qiantang.scenarios.preexam.types import SubjectFacts
from qiantang.scenarios.preexam.types.drafts import STATEMENTS

from .drafts import FIXTURE, REPAIRED

SYSTEM = Actor.system("test")
FIRM, AGENCY = "913301067996550582", "91330100MA27XQ7K1C"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32
STATED = dict.fromkeys(STATEMENTS, False) | {"electronic": True, "waives_amendment": True}
FACTS = SubjectFacts(
    founded_on=date(2020, 5, 1),
    in_existence=True,
    main_class="B25J 9/16",
    contact_name="林",
    insured_staff=12,
    granted_inventions=1,
    granted_models_and_designs=3,
    undertaking_signed=True,
    contact_verified=True,
)
LIST = "uscc,name,licence\n{uscc},钱塘江专利代理事务所,33100\n"


def credit_code(body):
    """A credit code with its check character."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(alphabet.index(sign) * weight for sign, weight in zip(body, weights, strict=True))
    return body + alphabet[(31 - total % 31) % 31]


def acting_for(actor, officer, uscc, name):
    """The actor with a mandate of an organisation, acting for it."""
    firm = mandates.register_organisation(actor=actor, uscc=uscc, name=name)
    today = timezone.localdate()
    asked = mandates.request_mandate(
        actor=actor,
        organisation_id=firm.id,
        scopes=["preexam.file"],
        start_date=today,
        end_date=today + timedelta(days=300),
        evidence="委托书",
    )
    mandates.settle_mandate(actor=officer, mandate_id=asked.id, grant=True)
    return replace(actor, organisation_id=firm.id)


def made_active(actor, examiner, supervisor):
    """The organisation of the actor as an active subject."""
    filing = subjects.open_subject_filing(actor=actor)
    subjects.save_subject(actor=actor, number=filing.number, told=FACTS)
    subjects.submit_subject(actor=actor, number=filing.number)
    for who, action in ((examiner, "pass_review"), (supervisor, "send_to_cnipa"), (examiner, "record_acceptance")):
        casework.advance(actor=who, number=filing.number, action=action, note="because")


class House:
    """Everybody a life of a draft needs. ``lin`` acts for the firm, ``ma`` for the agency."""

    def __init__(self):
        self.gu, self.he = person("gu", "examiner"), person("he", "examiner")
        self.shen, self.wu = person("shen", "supervisor"), person("wu", "supervisor")
        self.lin = acting_for(person("lin"), self.shen, FIRM, "钱塘泵业有限公司")
        self.ma = acting_for(person("ma"), self.shen, credit_code("91330100MA27XQ7K1"), "钱塘江专利代理事务所")
        self.stranger = person("stranger")
        made_active(self.lin, self.gu, self.shen)

    def list_agency(self, *codes, day=date(2026, 1, 1)):
        text = "uscc,name,licence\n" + "".join(f"{code},代理,33100\n" for code in codes)
        agencies.import_list(
            actor=self.shen, text=text, effective_date=day, source="测试名单", article="宁波办法第13条"
        )

    def filled(self, actor=None, *, text=FIXTURE, kind="invention", **more):
        """A draft with all that is needed, not handed in."""
        actor = actor or self.lin
        opened = intake.open_draft(actor=actor, kind=kind, **more)
        self.fill(actor, opened.number, text=text)
        return opened.number

    def fill(self, actor, number, *, text=FIXTURE, main_class="F04D 1/00"):
        intake.save_statements(actor=actor, number=number, main_class=main_class, told=STATED)
        upload(actor, number, text)
        for slot in ("self_check", "prior_art", "undertaking"):
            intake.hand_in_paper(actor=actor, number=number, slot=slot, stream=io.BytesIO(PNG), name=f"{slot}.png")


def upload(actor, number, text=REPAIRED, name="泵.txt"):
    return intake.hand_in_version(actor=actor, number=number, stream=io.BytesIO(text.encode()), name=name)
