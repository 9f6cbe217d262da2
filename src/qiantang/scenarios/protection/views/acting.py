"""Forms of a page with several acts: what is refused is told on the page, what was done leads back to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from qiantang.kernel.errors import DomainError, Invalid
from qiantang.scenarios.protection.selectors.telling import tellable, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django import forms


def given(form: type[forms.Form], request: HttpRequest) -> dict[str, Any]:
    """What a form says. errors: Invalid ``protection.unreadable`` with the fields that cannot be read"""
    filled = form(request.POST)
    if not filled.is_valid():
        raise Invalid("protection.unreadable", fields=", ".join(filled.errors))
    return dict(filled.cleaned_data)


def acted(
    request: HttpRequest,
    number: str,
    acts: Mapping[str, Callable[[HttpRequest, str], str | None]],
    page: Callable[..., HttpResponse],
    back: str,
) -> HttpResponse:
    """Do what the form asks (its field ``do``), then go back to the page, or on to the address that the act returns."""
    act = acts.get(request.POST.get("do", ""))
    if act is None:
        return HttpResponseRedirect(reverse(back, kwargs={"number": number}))
    try:
        onward = act(request, number)
    except DomainError as error:
        if not tellable(error):
            raise
        return page(request, number, errors=[{"text": told(error), "href": "#main"}])
    return HttpResponseRedirect(onward or reverse(back, kwargs={"number": number}))


def tried(act: Callable[[], str]) -> tuple[str, list[dict[str, str]]]:
    """What an act gives, or what is told of its refusal."""
    try:
        return act(), []
    except DomainError as error:
        if not tellable(error):
            raise
        return "", [{"text": told(error), "href": "#main"}]
