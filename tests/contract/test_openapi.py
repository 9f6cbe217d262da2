"""What programs rely on: the committed document, its examples, who may ask what, and one form for every refusal."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel

from qiantang.commons.casework.types import CASE_TYPES
from qiantang.commons.catalogue.api import Endpoint, api_sections
from qiantang.commons.catalogue.bases import Answer, Body
from qiantang.corpus.register.rest import shapes
from qiantang.corpus.register.selectors import view
from qiantang.corpus.register.tests.shelf import File, others, seen, stock
from qiantang.portal.gateway.methods.reference import example_address
from qiantang.portal.gateway.types import PREFIX
from qiantang.portal.gateway.views.operations import document
from qiantang.scenarios.query.rest import search as query
from tests.architecture.house import ROOT

pytestmark = pytest.mark.django_db
ENDPOINTS = [one for section in api_sections() for one in section.endpoints]
CALLERS = ["public", "token", "token without scope", "revoked", "expired"]
Ask = Callable[..., Any]


def asked(ask: Ask, kept: Callable[[str], str], endpoint: Endpoint, token: str = "") -> Any:
    """The example of an endpoint, asked."""
    told = {"data": json.dumps(endpoint.body), "content_type": "application/json"} if endpoint.body is not None else {}
    return ask(kept(example_address(endpoint, PREFIX)), token=token, method=endpoint.method, **told)


def named(endpoint: Endpoint) -> str:
    return endpoint.operation


# --- the document ----------------------------------------------------------------------------------------------------


@pytest.mark.feature("X-27")
def test_the_document_is_the_one_that_was_reviewed(ask: Ask) -> None:
    committed = json.loads((ROOT / "docs" / "reference" / "openapi.json").read_bytes())
    assert committed == document(), "the API has changed: ./run reference, and look at the difference"
    assert ask("openapi.json").json() == committed
    assert committed["openapi"] == "3.1.0"


def test_every_shape_has_a_name_of_its_own() -> None:
    """The document names shapes by their class: of two with one name it would tell one only."""

    def below(shape: type[BaseModel]) -> list[type[BaseModel]]:
        return [each for one in shape.__subclasses__() for each in (one, *below(one))]

    told = Counter(one.__name__ for one in {*below(Answer), *below(Body)} if one.__module__.startswith("qiantang."))
    assert [name for name, times in told.items() if times > 1] == []


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=named)
def test_every_operation_bounds_what_it_takes(endpoint: Endpoint) -> None:
    (found,) = [
        o for methods in document()["paths"].values() for o in methods.values() if o["operationId"] == named(endpoint)
    ]
    for parameter in found["parameters"]:
        schema = parameter["schema"]
        if schema.get("type") == "integer":
            assert schema["minimum"] >= 0
            assert schema["maximum"] < 2**53
        else:
            assert {"maxLength", "enum", "format", "$ref"} & set(schema)
            assert "description" in parameter
    assert "description" not in found or found["description"]


@pytest.mark.feature("S3-24")
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=named)
def test_every_documented_example_has_the_answer_it_promises(
    endpoint: Endpoint, ask: Ask, kept: Callable[[str], str], tokens: dict[str, str]
) -> None:
    response = asked(ask, kept, endpoint, tokens["token"])
    assert response.status_code == endpoint.status
    if endpoint.media:
        assert response["Content-Type"].partition(";")[0] in endpoint.media
    if endpoint.answer:
        assert issubclass(endpoint.answer, BaseModel)
        endpoint.answer.model_validate_json(response.content)
        assert set(response.json()) == set(endpoint.answer.model_fields)


@pytest.mark.parametrize(
    ("shape", "promised"),
    [
        (
            shapes.Patent,
            "patent_id numbers type title abstract applicants inventors classifications filing_date status region claims",
        ),
        (
            shapes.Patent,
            "publications citations family snapshot",
        ),
        (shapes.Publication, "number kind date"),
        (shapes.Status, "value as_of events"),
        (shapes.Region, "code name confidence"),
        (shapes.CitationsInBrief, "backward forward"),
        (shapes.Number, "input office type scheme canonical kind check_digit valid"),
        (shapes.CheckDigit, "given expected valid"),
        (query.SearchPage, "query canonical total snapshot hits facets remarks next"),
        (query.Remark, "position message instead"),
        (query.Hit, "patent_id number title date score"),
        (query.FacetValue, "value count"),
    ],
    ids=lambda one: one.__name__ if inspect.isclass(one) else None,
)
def test_names_that_stay_put_are_there(shape: type[BaseModel], promised: str) -> None:
    assert set(promised.split()) <= set(shape.model_fields)


@pytest.mark.feature("X-27")
def test_where_a_step_is_taken_by_a_program_there_is_an_operation() -> None:
    posts = {one.path for one in ENDPOINTS if one.method == "POST"}
    assert {path for kind in CASE_TYPES.names() for path in CASE_TYPES[kind].endpoints.values()} <= posts


# --- who may ask what ------------------------------------------------------------------------------------------------


def expected(endpoint: Endpoint, caller: str) -> int:
    if caller in ("revoked", "expired"):
        return 401
    if endpoint.scope is None or caller == "token":
        return endpoint.status
    return 401 if caller == "public" else 403


@pytest.mark.feature("X-27")
@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=named)
def test_the_matrix_of_operations_and_callers(
    endpoint: Endpoint, ask: Ask, kept: Callable[[str], str], tokens: dict[str, str]
) -> None:
    found = {caller: asked(ask, kept, endpoint, tokens[caller]).status_code for caller in CALLERS}
    assert found == {caller: expected(endpoint, caller) for caller in CALLERS}


@pytest.mark.feature("X-27")
@pytest.mark.parametrize("endpoint", [one for one in ENDPOINTS if "{key}" in one.path], ids=named)
def test_what_a_person_keeps_is_open_to_no_other(
    endpoint: Endpoint, ask: Ask, kept: Callable[[str], str], tokens: dict[str, str]
) -> None:
    assert asked(ask, kept, endpoint, tokens["somebody else"]).status_code == 404


def test_a_session_of_the_browser_opens_nothing(client: Client, holdings: Any, tokens: dict[str, str]) -> None:
    assert client.login(username="lin", password="seven quiet rivers")
    assert client.get("/api/v1/token").status_code == 401


@pytest.mark.parametrize(
    ("kind", "code", "challenge"),
    [
        ("public", "accounts.token_missing", 'Bearer realm="qiantang"'),
        ("revoked", "accounts.token_revoked", 'Bearer realm="qiantang", error="invalid_token"'),
        (
            "token without scope",
            "accounts.token_scope_missing",
            'Bearer realm="qiantang", error="insufficient_scope", scope="account:read"',
        ),
    ],
)
def test_a_refused_token_is_told_why(
    kind: str, code: str, challenge: str, ask: Ask, holdings: Any, tokens: dict[str, str]
) -> None:
    response = ask("token", token=tokens[kind])
    assert (response.json()["code"], response["WWW-Authenticate"]) == (code, challenge)
    assert tokens[kind].split("_", 2)[-1] not in response.content.decode() or not tokens[kind]


@pytest.mark.parametrize("sent", ["Basic bGluOng=", "Bearer", "Bearer qiantang_x", "qiantang_abcdefghijkl_" + "x" * 43])
def test_what_is_no_token_is_refused_also_for_what_is_public(sent: str, client: Client, holdings: Any) -> None:
    response = client.get("/api/v1/coverage", headers={"authorization": sent})
    assert (response.status_code, response.json()["code"]) == (401, "accounts.token_unknown")


# --- refusals --------------------------------------------------------------------------------------------------------

PROBLEM = {"type", "title", "status", "detail", "code", "next_step", "correlation_id"}


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    told: dict[str, Any] = response.json()
    assert set(told) >= PROBLEM
    assert (response.status_code, told["status"], told["code"]) == (status, status, code)
    assert told["type"] == f"/api/problems#{code}"
    assert told["correlation_id"] == response["X-Correlation-ID"]
    assert told["detail"]
    assert told["next_step"]
    return told


@pytest.mark.feature("X-27")
@pytest.mark.parametrize(
    ("path", "method", "status", "code"),
    [
        ("nothing/here", "GET", 404, "request.address_unknown"),
        ("", "GET", 404, "request.address_unknown"),
        ("coverage", "DELETE", 405, "request.method"),
        ("coverage?facet=PA", "GET", 422, "api.parameter_unknown"),
        ("search?limit=1&limit=2", "GET", 422, "api.parameter_twice"),
        ("search?limit=201", "GET", 422, "api.question"),
        ("search?query=a%00b", "GET", 422, "api.question"),
        ("search?cursor=forged_cursor", "GET", 422, "paging.cursor"),
        ("search?sort=size", "GET", 422, "query.sort_unknown"),
        ("search?facets=XX", "GET", 422, "query.facet_unknown"),
        ("patents/CN107999999A", "GET", 404, "register.number_unknown"),
        ("patents/201710601862.5", "GET", 422, "number.check_digit"),
        ("parties/99999", "GET", 404, "parties.unknown"),
    ],
)
def test_every_refusal_is_a_problem_document(
    path: str, method: str, status: int, code: str, ask: Ask, holdings: Any
) -> None:
    response = ask(path, method=method)
    problem(response, status, code)
    assert ("Allow" in response) == (status == 405)


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("{", 400, "request.malformed"),
        ('"AAA"', 422, "api.question"),
        ("[]", 422, "api.question"),
        ('{"query": "a", "facet": "PA"}', 422, "api.question"),
        ('{"query": "a\\u0000b"}', 422, "api.question"),
        ('{"query": "\\ud800"}', 422, "api.question"),
        ('{"limit": 9007199254740993}', 422, "api.question"),
    ],
)
def test_a_body_is_taken_as_documented_or_not_at_all(
    body: str, status: int, code: str, ask: Ask, holdings: Any
) -> None:
    response = ask("search", method="POST", data=body, content_type="application/json")
    told = problem(response, status, code)
    assert status == 400 or told["errors"][0]["place"].startswith("body.question")


@pytest.mark.feature("S3-02")
def test_a_slip_in_a_query_is_told_with_its_place(ask: Ask, holdings: Any) -> None:
    told = problem(ask("search?query=TI=(泵"), 422, "query.syntax")
    assert (told["position"], told["expected"]) == (3, ")")
    assert told["message"]


@pytest.mark.feature("S3-02")
def test_what_may_mean_something_else_elsewhere_is_remarked_beside_the_answer(ask: Ask, holdings: Any) -> None:
    told = ask("search?query=电池 near 隔膜").json()
    assert told["canonical"] == "电池 AND near AND 隔膜"  # asked as it stands
    (remark,) = told["remarks"]
    assert (remark["position"], remark["instead"]) == (3, "电池 NEAR5 隔膜")
    assert "NEAR5" in remark["message"]
    body = json.dumps({"query": "电池 near 隔膜"})
    asked = {"method": "POST", "data": body, "content_type": "application/json"}
    chinese = ask("search", language="zh-hans", **asked).json()["remarks"]
    assert [one | {"message": ""} for one in chinese] == [remark | {"message": ""}]
    assert "检索" in chinese[0]["message"]
    assert ask(f"search?query={remark['instead']}").json()["remarks"] == []


def test_a_fault_of_ours_is_a_problem_too_and_says_nothing_of_itself(
    holdings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("qiantang.corpus.register.rest.holdings.coverage", broken)
    response = Client(raise_request_exception=False).get("/api/v1/coverage")
    problem(response, 500, "request.failed")
    assert "a fault of ours" not in response.content.decode()


def test_an_empty_house_says_so(ask: Ask, db: None, tmp_path: Any, settings: Any) -> None:
    settings.QIANTANG_HOME = tmp_path
    problem(ask("search"), 404, "register.empty")
    problem(ask("patents/CN107000001A"), 404, "register.empty")
    assert ask("snapshots").json() == {"total": 0, "items": [], "next": None}


def test_sentences_come_in_the_language_of_the_caller(ask: Ask, holdings: Any) -> None:
    told = {language: ask("nothing", language=language).json()["detail"] for language in ("en", "zh-hans")}
    assert told["en"] == "There is nothing under this address."
    assert told["zh-hans"] != told["en"]


def test_the_codes_are_explained_where_a_problem_points_to(client: Client) -> None:
    page = client.get("/api/problems").content.decode()
    for code in ("query.syntax", "accounts.quota_exceeded", "request.failed", "paging.moved"):
        assert f'id="{code}"' in page
    assert "%(" not in page


# --- quotas ----------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-24")
def test_a_quota_is_told_in_each_answer_and_then_enforced(
    ask: Ask, holdings: Any, settings: Any, tokens: dict[str, str]
) -> None:
    settings.API_PUBLIC_QUOTA, settings.API_TOKEN_QUOTA = 2, 1_000
    first, _, third = (ask("coverage") for _ in range(3))
    assert first["RateLimit-Policy"] == '"public";q=2;w=60'
    assert first["RateLimit"].startswith('"public";r=1;t=')
    told = problem(third, 429, "accounts.quota_exceeded")
    assert third["Retry-After"] == str(told["retry_after_seconds"])
    assert third["RateLimit"].startswith('"public";r=0;t=')
    assert ask("nowhere").status_code == 429  # an address that is not there counts too
    assert ask("coverage", token=tokens["token"])["RateLimit-Policy"] == '"token";q=1000;w=60'
    assert ask("coverage", token="qiantang_abcdefghijkl_" + "x" * 43).status_code == 429  # guesses are the public's


def test_pages_have_no_quota(client: Client, holdings: Any, settings: Any) -> None:
    settings.API_PUBLIC_QUOTA = 1
    assert [client.get("/coverage").status_code for _ in range(3)] == [200] * 3
    assert "RateLimit" not in client.get("/coverage")


# --- pages of lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "whole"),
    [
        ("patents/CN107000001A/citations", 3),
        ("patents/CN107000001A/citations?direction=forward", 2),
        ("patents/CN107000001A/family?scheme=extended", 3),
        ("patents/CN107000001A/events", 3),
    ],
)
def test_a_list_is_the_sum_of_its_pages(path: str, whole: int, ask: Ask, holdings: Any) -> None:
    joint = "&" if "?" in path else "?"
    everything = ask(path).json()
    assert (everything["total"], len(everything["items"]), everything["next"]) == (whole, whole, None)
    found, page = [], ask(f"{path}{joint}limit=1").json()
    found += page["items"]
    while page["next"]:
        page = ask(f"{path}{joint}limit=1&cursor={page['next']}").json()
        found += page["items"]
    assert found == everything["items"]


@pytest.mark.feature("S3-24")
def test_cursors_hold_through_a_load_or_say_that_the_snapshot_moved(
    ask: Ask, db: None, tmp_path: Any, settings: Any
) -> None:
    settings.QIANTANG_HOME = tmp_path
    stock(tmp_path, File("a", others()))
    whole = [hit["patent_id"] for hit in ask("search?limit=200").json()["hits"]]
    page = ask("search?limit=3").json()
    citations = ask("patents/CN110000004A/citations?limit=1").json()["next"]
    stock(tmp_path, File("b", [seen(1, ("CN106000009", "A", "2017-01-04"), title="泵")]))
    found = page["hits"]
    while page["next"]:
        page = ask(f"search?limit=3&cursor={page['next']}").json()
        assert page["snapshot"] == 1
        found += page["hits"]
    assert sorted(hit["patent_id"] for hit in found) == sorted(whole)
    told = problem(ask(f"patents/CN110000004A/citations?limit=1&cursor={citations}"), 409, "paging.moved")
    assert (told["began"], told["now"]) == ("snapshot 1", "snapshot 2")
    began = ask("search?limit=3").json()["next"]
    view._opened.cache_clear()
    stock(tmp_path, File("c", [seen(1, ("CN106000019", "A", "2017-01-04"), title="阀")]))
    problem(ask(f"search?limit=3&cursor={began}"), 409, "query.snapshot_moved")


# --- the page --------------------------------------------------------------------------------------------------------


@pytest.mark.feature("S3-24")
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_reference_shows_every_operation(client: Client, language: str) -> None:
    page = client.get("/api", headers={"accept-language": language}).content.decode()
    for endpoint in ENDPOINTS:
        assert f'id="{endpoint.operation}"' in page
        assert (endpoint.summary in page) == (language == "en")
    assert "/api/v1/openapi.json" in page
