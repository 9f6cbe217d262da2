"""The registers of repeat infringers and bad-faith claimants: rules for everybody, names for who needs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.casework import api as casework
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.protection import policies
from qiantang.scenarios.protection.forms.disputes import NoteForm
from qiantang.scenarios.protection.forms.registers import (
    GROUNDS_MOST,
    EntryNoticeForm,
    GroundForm,
    NeedForm,
    ProposalForm,
)
from qiantang.scenarios.protection.selectors import registers as reads
from qiantang.scenarios.protection.services import registers
from qiantang.scenarios.protection.services.handing_out import entry_document
from qiantang.scenarios.protection.views.acting import acted, given, tried

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from qiantang.scenarios.protection.methods.registers import Ground


@never_cache
@require_http_methods(["GET", "POST"])
def register_show(request: HttpRequest) -> HttpResponse:
    """The rules, and for the office a reading of a register for a need, or a proposal."""
    actor = actor_of(request)
    found: list[dict[str, Any]] | None = None
    errors = list[dict[str, str]]()
    if request.method == "POST" and request.POST.get("do") == "propose":
        number, errors = tried(lambda: _proposed(request))
        if number:
            return HttpResponseRedirect(reverse("protection:entry-show", kwargs={"number": number}))
    elif request.method == "POST":
        rows: list[dict[str, Any]] = []
        read, errors = tried(lambda: _read(request, rows))
        found = rows if read else None
    context = {
        "rules": reads.rules_shown(),
        "found": found,
        "in_hand": reads.entries_in_hand(actor),
        "reads": bool(policies.may_read_registers(actor)),
        "office": policies.is_office(actor),
        "registers": reads.register_choices(),
        "kinds": reads.ground_choices(),
        "places": range(1, GROUNDS_MOST + 1),
        "typed": {name: request.POST.get(name, "") for name in ("register", "need", "text")},
        "errors": errors,
    }
    return render(request, "protection/register_show.html", context, status=422 if errors else 200)


def _read(request: HttpRequest, rows: list[dict[str, Any]]) -> str:
    """Put the entries into the list; the register that was read."""
    told = given(NeedForm, request)
    rows += registers.read_register(actor=actor_of(request), **told)
    return str(told["register"])


def _proposed(request: HttpRequest) -> str:
    told = given(ProposalForm, request)
    return registers.propose_entry(actor=actor_of(request), grounds=_grounds(request), **told)


def _grounds(request: HttpRequest) -> list[Ground]:
    """Those rows of decisions in which something is written."""
    found = []
    for place in range(1, GROUNDS_MOST + 1):
        row = {name: request.POST.get(f"{name}_{place}", "") for name in GroundForm.base_fields}
        if not (row["authority"] or row["reference"]):
            continue
        form = GroundForm(row)
        if not form.is_valid():
            raise Invalid("protection.unreadable", fields=", ".join(f"{name} {place}" for name in form.errors))
        found.append(form.ground())
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def entry_show(request: HttpRequest, number: str) -> HttpResponse:
    """One entry, for whom it concerns and for the office; POST takes a step."""
    if request.method == "POST":
        return acted(request, number, _ACTS, _page, "protection:entry-show")
    return _page(request, number)


@require_GET
def entry_notice(request: HttpRequest, number: str, language: str) -> HttpResponse:
    """The notice before the entry, as PDF."""
    content, name = entry_document(actor=actor_of(request), number=number, language=language)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _notify(request: HttpRequest, number: str) -> None:
    registers.give_notice(actor=actor_of(request), number=number, **given(EntryNoticeForm, request))


def _step(request: HttpRequest, number: str) -> None:
    registers.take_entry_step(actor=actor_of(request), number=number, **given(NoteForm, request))


_ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {"notify": _notify, "step": _step}


def _page(request: HttpRequest, number: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    actor = actor_of(request)
    shown = registers.read_entry(actor=actor, number=number)
    sheet = casework.case_sheet(actor, number)
    context = {
        **shown,
        "sheet": sheet,
        "steps": [one for one in sheet.steps if one.action in registers.ACTIONS],
        "may_notify": any(one.action == "notify" for one in sheet.steps),
        "office": policies.is_office(actor),
        "errors": errors or [],
    }
    return render(request, "protection/entry_show.html", context, status=422 if errors else 200)
