"""The API keeps its document whatever is asked: cases made of the schema, sound and unsound, through the WSGI door."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import load_all_checks
from schemathesis.config import SchemathesisConfig
from schemathesis.generation.feedback import FeedbackSources
from schemathesis.pytest._test_builder import build_operation_test
from schemathesis.python._constants.orchestrator import make_constants_value_source

from qiantang.config.wsgi import application
from tests.architecture.house import ROOT

# A text can fit its schema and still be no query, number or cursor: 422 then says why, and 400 what is no HTTP.
SOUND = ["2xx", "401", "403", "404", "409", "422", "429"]
CONFIG = SchemathesisConfig.from_dict({"checks": {"positive_data_acceptance": {"expected-statuses": SOUND}}})
schema = schemathesis.openapi.from_dict(json.loads((ROOT / "docs/reference/openapi.json").read_bytes()), config=CONFIG)


def closing(environ: Any, start_response: Any) -> list[bytes]:
    """The application, closed after its answer as a web server does; the test client would leave files open."""
    answer = application(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


schema.app = closing


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Between requests Django would close the connection that holds the test's transaction; its own test client asks this."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def sources() -> FeedbackSources:
    """Constants of the schema, for values that may mean something."""
    load_all_checks()
    return FeedbackSources(constants_value_source=make_constants_value_source(schema))


@pytest.mark.feature("S3-24")
@pytest.mark.parametrize("operation", [one.ok().label for one in schema.get_all_operations()])
def test_the_api_keeps_its_document(
    operation: str, holdings: Any, tokens: dict[str, str], sources: FeedbackSources
) -> None:
    """The cases are made here: ``schema.parametrize`` makes those of every operation for whoever collects the tests."""

    @settings(max_examples=3, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
    def asked(case: Any) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {tokens['token']}"})

    method, path = operation.split(" ")
    build_operation_test(
        config=schema.config, operation=schema[path][method], test_func=asked, given_kwargs={}, feedback=sources
    )()
