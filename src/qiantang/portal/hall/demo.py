"""The hall at work for the demonstration: matters in several stages, at the window and online, ratings, visits. All made up."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from qiantang.commons.accounts.api import create_account, people
from qiantang.commons.casework import api as casework
from qiantang.kernel.actor import Actor, Channel
from qiantang.portal.hall.methods.tisc import Served
from qiantang.portal.hall.models import Matter
from qiantang.portal.hall.services import complaints, handling, matters, rating, tisc

if TYPE_CHECKING:
    from qiantang.commons.accounts.api import Person

# user name -> name shown, roles
_PEOPLE: Final = {
    "citizen": ("演示市民", ()),
    "window": ("演示窗口人员", ("window_officer",)),
    "officer": ("演示经办人甲", ("case_officer",)),
    "officer2": ("演示经办人乙", ("case_officer",)),
    "supervisor": ("演示负责人", ("supervisor",)),
}
_PDF: Final = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_YOU: Final = {"who": "person", "name": "演示市民（虚构）", "contact": "演示市民", "phone": "0571-87000000"}
_MARK: Final = "（演示数据，虚构）"


def furnish(password: str) -> None:
    """Once: people who can sign in with the password, and their matters."""
    if Matter.objects.filter(case__opened_by__username="citizen").exists():
        return
    with transaction.atomic():
        who = _people(password)
        _drafts(who)
        _with_the_office(who)
        _ended(who)
        _at_the_desk(who)


def _people(password: str) -> dict[str, Actor]:
    keeper = Actor.system("demo", Channel.COMMAND)
    there = {one.username: one for one in people(keeper)}
    made: dict[str, Person] = {}
    for username, (shown, roles) in _PEOPLE.items():
        made[username] = there.get(username) or create_account(
            actor=keeper, username=username, display_name=shown, password=password, roles=roles
        )
    return {name: Actor(person_id=one.id, name=one.display_name, roles=one.roles) for name, one in made.items()}


def _filled(actor: Actor, code: str, subject: str, *, walk_in: str = "") -> str:
    number = matters.open_matter(actor=actor, code=code, walk_in=walk_in).number
    you = {**_YOU, "name": walk_in or _YOU["name"]}
    matters.save_step(actor=actor, number=number, step="you", given=you)
    told = {"subject": subject, "account": f"{subject}{_MARK}", "agent": "no"}
    matters.save_step(actor=actor, number=number, step="matter", given=told)
    return number


def _handed_in(actor: Actor, subject: str, *, walk_in: str = "") -> str:
    number = _filled(actor, "0202", subject, walk_in=walk_in)
    if walk_in:
        matters.say_of_paper(actor=actor, number=number, paper="licence_contract", state="bring")
    else:
        stream = io.BytesIO(_PDF)
        matters.hand_in_file(actor=actor, number=number, about="licence_contract", name="许可合同.pdf", stream=stream)
    matters.submit_matter(actor=actor, number=number)
    return number


def _drafts(who: dict[str, Actor]) -> None:
    _filled(who["citizen"], "0202", "离心泵专利许可备案")


def _with_the_office(who: dict[str, Actor]) -> None:
    """To be taken in, waiting for what is missing, and in hand with a sign-off asked."""
    citizen, officer, other = who["citizen"], who["officer"], who["officer2"]
    _handed_in(citizen, "电机外观设计许可备案")
    at_window = _handed_in(who["window"], "阀门专利许可备案", walk_in="王演示（虚构）")
    handling.note_visit(actor=who["window"], number=at_window, why="送合同原件")
    lacking = _handed_in(citizen, "传感器专利许可备案")
    handling.ask_supplement(
        actor=officer, number=lacking, gaps=[{"what": "许可合同缺少被许可人签章"}, {"what": "缺少许可期限条款"}]
    )
    number = _handed_in(citizen, "水泵叶轮专利许可备案")
    handling.accept_matter(actor=officer, number=number)
    assert officer.person_id is not None
    casework.parties.assign(actor=officer, number=number, person_id=officer.person_id)
    casework.note(actor=officer, number=number, text="合同金额需与档案核对（内部记录，虚构）。")
    tomorrow = timezone.localdate() + timedelta(days=1)
    casework.timing.add_task(
        actor=who["supervisor"],
        number=number,
        title="核对许可合同金额（虚构）",
        assignee_id=other.person_id,
        due_date=tomorrow,
    )


def _ended(who: dict[str, Actor]) -> None:
    """Three to their end: one praised, one found bad and followed up, one not rated."""
    for at, grade in enumerate((5, 2, None)):
        number = _handed_in(who["citizen"], f"示例专利许可备案第{at + 1}件")
        handling.accept_matter(actor=who["officer2"], number=number)
        handling.decide_matter(actor=who["supervisor"], number=number, action="complete", text=f"已备案{_MARK}")
        if grade is not None:
            key = rating.rate_matter(actor=who["citizen"], number=number, grade=grade, comment=f"演示评价{_MARK}")
            if grade < 3:  # noqa: PLR2004 - the bad ones
                rating.note_contact(actor=who["supervisor"], rating_id=key, note="已电话联系")
                reply = f"已向申请人说明，并缩短了内部流转时间{_MARK}"
                rating.settle_rating(actor=who["supervisor"], rating_id=key, reply=reply)


def _at_the_desk(who: dict[str, Actor]) -> None:
    complaints.complain(actor=who["citizen"], text=f"窗口说要再来一趟，想知道为什么{_MARK}")
    day = timezone.localdate()
    for kind, minutes, outcome in (("search", 90, "report"), ("advice", 25, "answered")):
        served = Served(kind, "small_firm", f"示例企业{_MARK}", 1, minutes, outcome)
        tisc.note_service(actor=who["officer"], served=served, day=day)
