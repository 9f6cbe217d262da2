"""The page of signatures: who began the matter asks, who is asked signs or refuses."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.casework import api as casework
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import DomainError
from qiantang.portal.hall import policies
from qiantang.portal.hall.selectors import matters as reads
from qiantang.portal.hall.selectors import pages
from qiantang.portal.hall.selectors import signing as signing_reads
from qiantang.portal.hall.selectors.telling import told_of
from qiantang.portal.hall.services import signing
from qiantang.portal.hall.types import REFUSALS


@never_cache
@require_GET
def matter_signers(request: HttpRequest, number: str) -> HttpResponse:
    """Everything that is signed, who signs, and under which mandate one acts."""
    return _page(request, number)


@require_POST
def signer_ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask somebody, or no longer."""
    actor, post = actor_of(request), request.POST
    key = post.get("drop", "")
    if key.isascii() and key.isdigit() and len(key) < 18:  # noqa: PLR2004 - digits of a key
        return _done(request, number, lambda: signing.drop_signature(actor=actor, number=number, signature_id=int(key)))
    role, username = post.get("role", ""), post.get("username", "")
    return _done(
        request, number, lambda: signing.ask_signature(actor=actor, number=number, role=role, username=username)
    )


@require_POST
@access.needs_step_up
def signer_sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign, or refuse, after one has shown anew who one is."""
    actor, post = actor_of(request), request.POST
    if post.get("act") == "refuse":
        why = post.get("why", "")
        return _done(request, number, lambda: signing.refuse_signature(actor=actor, number=number, why=why))
    until = parse_date(post.get("until", "") or "-")
    return _done(request, number, lambda: signing.sign_matter(actor=actor, number=number, until=until))


def _done(request: HttpRequest, number: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except DomainError as refused:
        of_page = refused.code in REFUSALS or refused.code.startswith(("accounts.", "casework.note", "casework.party"))
        if not of_page or refused.code == "hall.signature_unknown":  # nobody asked for this signature
            raise
        return _page(
            request, number, told_of(refused.code, refused.facts) if refused.code in REFUSALS else refused.code
        )
    return HttpResponseRedirect(reverse("hall:matter-signers", args=[number]))


def _page(request: HttpRequest, number: str, fault: str = "") -> HttpResponse:
    actor = actor_of(request)
    matter = reads.matter_row(actor, number)
    editable = reads.may_edit(casework.case_sheet(actor, number))
    shown = signing_reads.signatures(actor, matter)
    context = {
        "number": number,
        "name": reads.title_of(matter),
        "signatures": shown,
        "mine": next((one for one in shown if one.yours), None),
        "asks": editable and policies.is_filer(actor, matter.case.opened_by_id),
        "editable": editable,
        "roles": list(signing_reads.role_words().items()),
        "mandate": signing_reads.mandate_used(actor),
        "overview": pages.overview(reads.form_of(matter), matter.answers),
        "files": reads.files_of(matter),
        "today": timezone.localdate().isoformat(),
        "errors": [{"text": fault, "href": "#signatures"}] if fault else [],
    }
    return render(request, "hall/matter_signers.html", context, status=422 if fault else 200)
