"""What every request passes through: correlation, actor, refusals, security headers, health."""

from __future__ import annotations

import logging
import socket

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.utils import translation

from qiantang.commons.accounts.api import actor_of, create_account
from qiantang.config import refusals
from qiantang.config import urls as house
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, DomainError, Invalid, Limited, NotFound, NotPermitted, Unavailable

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]

_ERRORS = {
    "not-found": NotFound("test.nothing"),
    "not-permitted": NotPermitted("test.refused"),
    "invalid": Invalid("paging.size", given=500, most=200),
    "conflict": Conflict("test.changed"),
    "limited": Limited("test.quota", retry_after_seconds=90),
    "unavailable": Unavailable("test.engine"),
    "forbidden": PermissionDenied(),
    "malformed": SuspiciousOperation(),
    "broken": RuntimeError("a fault of ours"),
}


def _raise(request, name):
    raise _ERRORS[name]


def _who(request):
    actor = actor_of(request)
    return HttpResponse(
        f"{actor.person_id}|{actor.name}|{','.join(actor.roles)}|{actor.channel}|{actor.correlation_id}"
    )


urlpatterns = [path("raise/<name>", _raise), path("who", _who), path("", include(house))]
handler400, handler403, handler404, handler500 = house.handler400, house.handler403, house.handler404, house.handler500


@pytest.fixture
def operator():
    return create_account(
        actor=Actor.system("test"),
        username="lin",
        display_name="Lin",
        password="long enough to pass",
        roles=["operator"],
    )


@pytest.fixture
def signed_in(operator):
    client = Client()
    assert client.login(username="lin", password="long enough to pass")
    return client


@pytest.mark.parametrize(
    ("name", "status"),
    [("not-found", 404), ("invalid", 422), ("conflict", 409), ("limited", 429), ("unavailable", 503)],
)
def test_a_domain_error_becomes_a_page(client, name, status):
    response = client.get(f"/raise/{name}")
    assert response.status_code == status
    assert response["Content-Type"].startswith("text/html")
    assert response["X-Correlation-ID"] in response.content.decode()


@pytest.mark.parametrize(("name", "status"), [("forbidden", 403), ("malformed", 400), ("broken", 500)])
def test_other_errors_wear_the_same_frame(name, status, caplog):
    caplog.set_level(logging.CRITICAL)
    response = Client(raise_request_exception=False).get(f"/raise/{name}")
    assert response.status_code == status
    assert response["X-Correlation-ID"] in response.content.decode()
    assert "a fault of ours" not in response.content.decode()


def test_an_unknown_address_wears_it_too(client):
    response = client.get("/no/such/place")
    assert response.status_code == 404
    assert response["X-Correlation-ID"] in response.content.decode()


def test_the_page_tells_the_facts(client):
    with translation.override("en"):
        told = refusals.refusal_of(_ERRORS["invalid"])
    assert (told.status, told.sentence) == (422, "A page holds 1 to 200 rows.")


def test_a_sentence_that_does_not_fit_its_facts_falls_back_to_its_kind(caplog):
    caplog.set_level(logging.CRITICAL)
    with translation.override("en"):
        told = refusals.refusal_of(Invalid("paging.size"))
        kind = refusals.refusal_of(Invalid("test.without_a_sentence"))
    assert (told.status, told.sentence) == (422, kind.sentence)


def test_an_error_kind_of_tomorrow_is_our_fault():
    assert refusals.refusal_of(DomainError("test.new")).status == 500


def test_every_sentence_names_only_facts_with_a_place():
    for code, (sentence, step) in refusals.sentences().items():
        assert "." in code
        for text in (sentence, step):
            assert "%" not in text.replace("%(", "").replace(")s", ""), code


def test_limits_say_when_to_come_back(client):
    assert client.get("/raise/limited")["Retry-After"] == "90"
    assert int(client.get("/raise/unavailable")["Retry-After"]) > 0


def test_who_is_not_signed_in_is_shown_the_way(client):
    response = client.get("/raise/not-permitted?page=2")
    assert response.status_code == 302
    assert response.url == "/sign-in?next=/raise/not-permitted%3Fpage%3D2"
    assert client.post("/raise/not-permitted").url == "/sign-in?next=/"


def test_who_is_signed_in_and_may_not_is_told_so(signed_in):
    assert signed_in.get("/raise/not-permitted").status_code == 403


def test_the_public_acts_as_nobody(client):
    response = client.get("/who")
    assert response.content.decode() == f"None|public||web|{response['X-Correlation-ID']}"


def test_an_account_acts_with_its_roles(signed_in, operator):
    response = signed_in.get("/who", headers={"X-Correlation-ID": "trace-7.a"})
    assert response.content.decode() == f"{operator.id}|Lin|operator|web|trace-7.a"


@pytest.mark.parametrize("forged", ["x", "a" * 200, "with blank", "line\u000bbreak", "<script>"])
def test_a_strange_correlation_id_is_replaced(client, forged):
    told = client.get("/who", headers={"X-Correlation-ID": forged})["X-Correlation-ID"]
    assert told != forged
    assert len(told) == 12


def test_pages_carry_the_security_headers(client):
    response = client.get("/sign-in")
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_form_without_its_token_is_refused_in_our_words(caplog):
    caplog.set_level(logging.CRITICAL)
    response = Client(enforce_csrf_checks=True).post("/sign-in", {"username": "lin", "password": "x"})
    assert response.status_code == 403
    assert response["X-Correlation-ID"] in response.content.decode()


def test_the_language_is_a_choice(client):
    response = client.post("/language/", {"language": "en", "next": "/sign-in"})
    assert response.status_code == 302
    assert 'lang="en"' in client.get("/sign-in").content.decode()


def test_alive_and_ready(client):
    assert client.get("/health/live").json() == {"status": "live"}
    told = client.get("/health/ready")
    assert told.status_code == 200
    assert told.json()["checks"] == {"database": True, "search": True}


def test_a_search_cluster_that_does_not_answer_makes_it_not_ready(client, settings, caplog):
    caplog.set_level(logging.CRITICAL)
    settings.SEARCH_ADAPTER = "qiantang.engines.search.opensearch.OpenSearchEngine"
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and does not listen
        settings.SEARCH_OPTIONS = {"url": f"http://127.0.0.1:{nobody.getsockname()[1]}"}
        told = client.get("/health/ready")
    assert (told.status_code, told.json()["checks"]) == (503, {"database": True, "search": False})


def _broken_check():
    raise OSError("no such disk")


def test_a_part_that_fails_makes_it_not_ready_and_keeps_the_reason_to_itself(client, settings, caplog):
    caplog.set_level(logging.CRITICAL)
    settings.READINESS_CHECKS = {"disk": f"{__name__}._broken_check"}
    told = client.get("/health/ready")
    assert told.status_code == 503
    assert told.json() == {"status": "not ready", "checks": {"disk": False}}
