"""Every address, by each method, asked by every role and a stranger: who is let in is declared, and found to be so."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from qiantang.commons.accounts.types import Role
from qiantang.commons.audit.types import READS_ONLY
from qiantang.commons.catalogue.api import Endpoint, api_sections
from qiantang.portal.gateway.methods.reference import example_address
from qiantang.portal.gateway.types import PREFIX
from qiantang.scenarios.protection.tests.examples_of_goods import AllExamples
from tests.contract import callers
from tests.contract.callers import CALLERS, STRANGER, Caller

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-02")]
DECLARED = tomllib.loads(Path(__file__).with_name("permissions.toml").read_text(encoding="utf-8"))
AUDIENCES = {name: frozenset(who) for name, who in DECLARED["audiences"].items()}
ANSWERS: dict[str, dict[str, str]] = DECLARED["answers"]
_ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>")
FEW = (callers.PERSON, Role.AUDITOR, Role.SYSTEM_ADMIN)
_NO = frozenset({401, 403, 404})
_ELSEWHERE = 302
_UNSOUND = 400
_NOT_THERE = 405
_BROKEN = 500
_WRITES = ("INSERT", "UPDATE", "DELETE")
_BESIDE = ("django_session", "accounts_requestcount", "accounts_apitoken")  # written with every request


def addresses() -> Iterator[tuple[str, str]]:
    """Every named address of the house with its pattern; the open API is asked by its examples."""

    def walk(resolver: Any, before: str, space: str) -> Iterator[tuple[str, str]]:
        for one in resolver.url_patterns:
            here = before + str(one.pattern)
            if isinstance(one, URLPattern):
                yield f"{space}{one.name}", here
            else:
                yield from walk(one, here, f"{one.namespace}:" if one.namespace else space)

    return ((name, here) for name, here in walk(get_resolver(), "/", "") if not here.startswith(PREFIX))


def filled(name: str, pattern: str, known: dict[str, dict[str, Any]]) -> str:
    """The address with the keys of what is there. A key is named by its argument, or by the word before it. Of what
    ``callers.things`` does not have, nobody sees anything: such a line says ``nobody`` and waits for its thing.
    """
    room = {**known.get(name.partition(":")[0], {}), **known.get(name, {})}

    def key(found: re.Match[str]) -> str:
        before = pattern[: found.start()].rstrip("/").rpartition("/")[2]
        return str(room.get(before if found[1] == "key" and before in room else found[1], "0"))

    return _ARGUMENT.sub(key, pattern) + DECLARED["questions"].get(name, "")


@contextmanager
def noting_writes() -> Iterator[list[str]]:
    """The statements that change something, while they are executed."""
    noted: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if sql.startswith(_WRITES) and not any(table in sql for table in _BESIDE):
            noted.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield noted


def is_let_in(browser: Client, method: str, address: str, form: dict[str, Any] | None, **headers: str) -> bool | None:
    """Whether the caller comes in; where a form is sent, whether anything was written. None: no such method."""
    browser.raise_request_exception = False
    before = browser.cookies.copy()
    with callers.undone(), noting_writes() as written:
        response = browser.generic(method, address, headers=headers) if form is None else _post(browser, address, form)
        if response.streaming:
            b"".join(response.streaming_content)
    browser.cookies = before
    if response.status_code == _NOT_THERE:
        return None
    assert response.status_code < _BROKEN, f"{method} {address}: {response.status_code}"
    to_sign_in = response.status_code == _ELSEWHERE and response["Location"].partition("?")[0] == "/sign-in"
    refused = response.status_code in _NO or to_sign_in
    return not refused and (form is None or (bool(written) and response.status_code < _UNSOUND))


def _post(browser: Client, address: str, form: dict[str, Any]) -> Any:
    return browser.post(address, form)


def audience_of(found: frozenset[str]) -> str:
    """The name of a set of callers."""
    named = next((name for name, who in AUDIENCES.items() if who == found), None)
    return named or ", ".join(sorted(found))


def compared(found: dict[str, dict[str, frozenset[str]]]) -> None:
    """errors: AssertionError with the lines for ``permissions.toml`` that would say what was found"""
    told = {name: {method: audience_of(who) for method, who in row.items()} for name, row in found.items()}
    wrong = [
        f'"{name}" = {{ {", ".join(f"{method} = {who!r}" for method, who in row.items())} }}'.replace("'", '"')
        for name, row in told.items()
        if ANSWERS.get(name) != row
    ]
    assert not wrong, "\n".join(["found otherwise than declared:", *wrong])


@pytest.fixture
def people(holdings: Path) -> dict[str, Caller]:
    return callers.everybody()


def test_every_page_by_every_role(people: dict[str, Caller], settings: Any) -> None:
    known = callers.things(people)
    settings.TEMPLATES = callers.BLANK
    found: dict[str, dict[str, frozenset[str]]] = {}
    for name, pattern in addresses():
        if name in DECLARED["left_out"]:
            continue
        address = filled(name, pattern, known)
        for method in ("GET", "POST"):
            form = DECLARED["forms"].get(name) if method == "POST" else None
            let_in = let_in_of(people, method, address, form)
            if let_in is not None:
                found.setdefault(name, {})[method] = let_in
    compared(found)


def let_in_of(
    people: dict[str, Caller], method: str, address: str, form: dict[str, Any] | None
) -> frozenset[str] | None:
    """Who is let in; None where there is no such method. What a stranger reads, everybody may read by signing out: of
    those who sign in only the plain person and the two who only read are asked then.
    """
    public = is_let_in(people[STRANGER].browser, method, address, form)
    if public is None:
        return None
    open_to_all = public and method == "GET"
    asked = FEW if open_to_all else CALLERS[1:]
    let_in = frozenset(who for who in asked if is_let_in(people[who].browser, method, address, form))
    if open_to_all and let_in == frozenset(FEW):
        return frozenset(CALLERS)
    return let_in | {STRANGER} if public else let_in


def test_every_operation_by_every_role(people: dict[str, Caller]) -> None:
    known, disputes = callers.of_programs(people), AllExamples(people[callers.APPLICANT].actor)
    found: dict[str, dict[str, frozenset[str]]] = {}
    for endpoint in (one for section in api_sections() for one in section.endpoints):
        asked = CALLERS if endpoint.scope else (STRANGER, *FEW)
        address = example_address(endpoint, PREFIX)
        made = disputes.address(address.removeprefix(PREFIX))
        address = f"{PREFIX}{made}" if made else callers.with_keys(address, known)
        let_in = frozenset(who for who in asked if _answers(endpoint, people[who], address))
        row = {endpoint.method: frozenset(CALLERS) if let_in == frozenset(asked) else let_in}
        found[f"api:{endpoint.operation}"] = row
    compared(found)


def _answers(endpoint: Endpoint, caller: Caller, address: str) -> bool:
    headers = {"Authorization": f"Bearer {caller.token}"} if caller.token else {}
    with callers.undone():
        told = (
            {"data": json.dumps(endpoint.body), "content_type": "application/json"} if endpoint.body is not None else {}
        )
        response = Client().generic(endpoint.method, address, headers=headers, **told)
        if response.streaming:
            b"".join(response.streaming_content)
    assert response.status_code < _BROKEN
    return response.status_code not in _NO


# --- what the declaration itself must say -----------------------------------------------------------------------------


def rows(method: str) -> list[tuple[str, frozenset[str]]]:
    return [
        (name, AUDIENCES.get(row[method], frozenset(row[method].split(", "))))
        for name, row in ANSWERS.items()
        if method in row
    ]


OWN = frozenset(
    {callers.PERSON, callers.APPLICANT, callers.AGENCY}
)  # what is open to these by themselves is no content


def test_nothing_is_declared_that_is_not_there() -> None:
    there = {name for name, _ in addresses()} | {f"api:{e.operation}" for s in api_sections() for e in s.endpoints}
    assert set(ANSWERS) <= there
    assert all(who <= frozenset(CALLERS) for who in AUDIENCES.values())


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_system_administrator_sees_no_content(method: str) -> None:
    for name, who in rows(method):
        if Role.SYSTEM_ADMIN in who:
            assert callers.PERSON in who, f"{name}: open to the system administrator and not to any person"


def _spared() -> list[str]:
    return [*DECLARED["workbenches"]["pages"], *DECLARED["owed_to_auditor"]["pages"]]


def test_an_auditor_reads_whatever_any_of_the_office_reads() -> None:
    for name, who in rows("GET"):
        if who - OWN and STRANGER not in who and name not in _spared():
            assert Role.AUDITOR in who, f"{name}: the office reads it, the auditor does not"


def test_who_reads_only_writes_nothing() -> None:
    for name, who in rows("POST"):
        if who & READS_ONLY:
            assert name in DECLARED["own_account"]["pages"] or STRANGER in who, f"{name}: written by who only reads"
