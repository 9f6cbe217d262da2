"""What the forms of an adjudication and of a handing over do; the door for call-backs of other bodies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.kernel.errors import DomainError, Invalid
from qiantang.scenarios.protection.forms import papers as forms
from qiantang.scenarios.protection.services import connectors, papers, serving
from qiantang.scenarios.protection.views.acting import given

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_MOST_BYTES = 1 << 20


def _hand_in(request: HttpRequest, number: str) -> None:
    papers.hand_in(actor=actor_of(request), number=number, **given(forms.PaperForm, request))


def _request(request: HttpRequest, number: str) -> None:
    papers.draw_up_request(actor=actor_of(request), number=number)


def _call(request: HttpRequest, number: str) -> None:
    papers.call_hearing(actor=actor_of(request), number=number, **given(forms.TextForm, request))


def _record(request: HttpRequest, number: str) -> None:
    papers.record_hearing(actor=actor_of(request), number=number, **given(forms.TextForm, request))


def _propose(request: HttpRequest, number: str) -> None:
    papers.propose_decision(actor=actor_of(request), number=number, **given(forms.DecisionForm, request))


def _decide(request: HttpRequest, number: str) -> None:
    papers.decide(actor=actor_of(request), number=number, **given(forms.RemarkForm, request))


def _go_on(request: HttpRequest, number: str) -> None:
    papers.go_on_when_served(actor=actor_of(request), number=number)


def _serve(request: HttpRequest, number: str) -> None:
    serving.serve_paper(actor=actor_of(request), number=number, **given(forms.ServeForm, request))


def _delivered(request: HttpRequest, number: str) -> None:
    serving.record_delivery(actor=actor_of(request), number=number, **given(forms.DeliveredForm, request))


def _not_delivered(request: HttpRequest, number: str) -> None:
    serving.record_failure(actor=actor_of(request), number=number, **given(forms.NotDeliveredForm, request))


def _send(request: HttpRequest, number: str) -> None:
    connectors.send_over(actor=actor_of(request), number=number)


def _reference(request: HttpRequest, number: str) -> None:
    connectors.note_reference(actor=actor_of(request), number=number, **given(forms.ReferenceForm, request))


ACTS: Mapping[str, Callable[[HttpRequest, str], str | None]] = {
    "hand_in": _hand_in,
    "draw_up": _request,
    "call_hearing": _call,
    "record_hearing": _record,
    "propose_decision": _propose,
    "decide": _decide,
    "go_on_when_served": _go_on,
    "serve": _serve,
    "delivered": _delivered,
    "not_delivered": _not_delivered,
    "send_over": _send,
    "note_reference": _reference,
}


@csrf_exempt  # no browser and no cookie: what counts is the signature of the other body
@require_POST
def connector_callback(request: HttpRequest, connector: str) -> JsonResponse:
    """What another body tells of a case: a signed envelope."""
    try:
        if int(request.headers.get("Content-Length") or 0) > _MOST_BYTES:
            raise Invalid("protection.envelope", reason="size")
        taken = connectors.take_in(actor=actor_of(request), connector=connector, raw=request.body)
    except DomainError as error:
        return JsonResponse({"taken": False, "code": error.code}, status=400)
    return JsonResponse({"taken": taken})


@require_GET
def exchange_key(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - anybody sees the same
    """The public key by which other bodies check what we send."""
    return JsonResponse({"algorithm": "Ed25519", "public_key": connectors.platform_key()})
