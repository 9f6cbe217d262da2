"""A home with an empty store, a sealer whose keys last as long as the run, a template with a field of each kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from qiantang.commons.accounts import api as accounts
from qiantang.commons.documents.types import (
    TEMPLATES,
    Field,
    FieldKind,
    Format,
    Template,
    fact_rows,
    heading,
    line_list,
    paragraph,
    row_table,
)
from qiantang.kernel.actor import Actor

SYSTEM = Actor.system("test")
FULL = {
    "matter": "一种电池热管理装置",
    "reason": "Claims 1 to 3 are clear.\nClaim 4 too.",
    "day": date(2026, 11, 26),
    "at": datetime(2026, 11, 26, 2, 3, 4, tzinfo=UTC),
    "pages": 1200,
    "fee": Decimal("1234.50"),
    "passed": True,
    "points": ["清楚", "支持"],
    "rows": [["E-01", "第3段"], ["E-02", "第5段"]],
}


def template(key="test.notice", version=1, **changed):
    told = {
        "key": key,
        "version": version,
        "title": "Documents",
        "issuer": "Case",
        "scope": "Issued here and not revoked.",
        "readers": frozenset({"analyst"}),
        "formats": (Format.PDF, Format.DOCX),
        "fields": (
            Field("matter", "Case"),
            Field("reason", "Why", FieldKind.PARAGRAPHS, required=False),
            Field("day", "Issued", FieldKind.DAY),
            Field("at", "Received at", FieldKind.MOMENT, required=False),
            Field("pages", "Files", FieldKind.COUNT, required=False),
            Field("fee", "Value of", FieldKind.AMOUNT, required=False),
            Field("passed", "Valid", FieldKind.FLAG, required=False),
            Field("points", "Rules", FieldKind.LINES, required=False),
            Field("rows", "Places", FieldKind.ROWS, required=False, columns=("Case", "Why")),
        ),
        "blocks": (
            fact_rows("matter", "day", "at", "pages", "fee", "passed"),
            heading("Why", when="reason"),
            paragraph("%(reason)s", when="reason"),
            line_list("points"),
            row_table("rows"),
        ),
    }
    return Template(**{**told, **changed})


@pytest.fixture(scope="session")
def seal_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("seal") / "keys"


@pytest.fixture
def house(settings, tmp_path, seal_folder):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.SEAL_ADAPTER = ("qiantang.engines.seal.demo.DemoSealer", {"folder": seal_folder})
    settings.PUBLIC_URL = "https://ip.example.org"
    settings.CITY_NAME_ZH, settings.CITY_NAME_EN = "示范市", "Demo City"
    return settings


@pytest.fixture
def notice():
    """A template for the time of a test."""
    made = template()
    TEMPLATES._things[made.key] = made
    yield made
    del TEMPLATES._things[made.key]


def _person(name, roles):
    person = accounts.create_account(
        actor=SYSTEM, username=name, display_name=name.title(), password="a-long-password", roles=roles
    )
    return Actor(person_id=person.id, name=name, roles=frozenset(roles))


@pytest.fixture
def lin(db):
    return _person("lin", [])


@pytest.fixture
def officer(db):
    return _person("qian", ["analyst"])
