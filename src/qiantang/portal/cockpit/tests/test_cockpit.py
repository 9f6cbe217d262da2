"""The screen, the feed that nobody can change or play again, the report of the month."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from datetime import date, datetime

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts.api import create_account, grant_role
from qiantang.commons.metrics.api import measure
from qiantang.commons.metrics.types import Question
from qiantang.corpus.ingest.api import load_paths
from qiantang.corpus.ingest.methods.synthetic import generate
from qiantang.kernel.actor import Actor, Channel
from qiantang.portal.cockpit.methods.envelope import decoded, encoded, opened, public_key, sealed
from qiantang.portal.cockpit.services.reporting import send_reports

SECRET = bytes(range(32))


@pytest.fixture(scope="session")
def screen_home(tmp_path_factory):
    place = tmp_path_factory.mktemp("screen")
    generate(place / "synthetic", patents=1_500)
    return place


@pytest.fixture
def city(screen_home, settings, db):
    settings.QIANTANG_HOME = screen_home
    cache.clear()
    if not (screen_home / "register").is_dir():
        load_paths(sorted((screen_home / "synthetic").glob("*.arrows")))
    return screen_home


@pytest.mark.feature("S2-22")
def test_the_feed_tells_the_numbers_of_the_metrics_under_a_signature(city, client):
    key = client.get("/cockpit/feed/keys").json()["keys"][0]
    answer = client.get("/cockpit/feed?nonce=city-brain-1")
    assert answer["Content-Type"] == "application/jose+json"
    told = opened(answer.json(), key)
    assert told is not None
    assert told["schema"] == "qiantang.cockpit.feed/1"
    assert told["nonce"] == "city-brain-1"
    assert told["synthetic"] is True
    grants = next(one for one in told["figures"] if one["metric"] == "RB-05")
    asked = Question(metric="RB-05", region="330100", first=grants["first_year"], last=grants["last_year"])
    assert grants["value"] == measure(asked).value
    districts = next(one for one in told["by_district"] if one["metric"] == "RB-05")
    assert sum(point["value"] for point in districts["series"]) == grants["value"]


@pytest.mark.feature("S2-22")
def test_an_answer_cannot_be_played_again_as_a_new_one(city, client):
    key = client.get("/cockpit/feed/keys").json()["keys"][0]
    first, second = (opened(client.get("/cockpit/feed").json(), key) for _ in range(2))
    assert first["id"] != second["id"]
    span = datetime.fromisoformat(first["valid_until"]) - datetime.fromisoformat(first["issued_at"])
    assert span.total_seconds() == 900
    assert client.get("/cockpit/feed?nonce=short").status_code == 422
    assert (city / "cockpit" / "feed-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.feature("S2-22")
@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=4), st.data())
def test_whatever_is_changed_breaks_the_signature(payload, data):
    document = sealed(payload, SECRET, "test/1")
    assert opened(document, public_key(SECRET)) == payload
    part = data.draw(st.sampled_from(sorted(document)))
    raw = bytearray(decoded(document[part]))
    if raw:
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place] ^= 1
        assert opened({**document, part: encoded(bytes(raw))}, public_key(SECRET)) is None
    assert opened(document, public_key(bytes(32))) is None


def test_the_key_is_named_by_its_thumbprint():
    # RFC 8037, A.3: thumbprint of the key of its example A.1
    secret = urlsafe_b64decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=")
    key = public_key(secret)
    assert key["x"] == "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"
    assert key["kid"] == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
    assert json.loads(decoded(sealed({}, secret, "x")["protected"]))["kid"] == key["kid"]


@pytest.mark.feature("S2-22")
def test_the_screen_has_map_flow_fields_applicants_peers_and_grants(city, client):
    html = client.get("/cockpit", headers={"accept-language": "en"}).content.decode()
    for key in ("months", "fields", "map", "ranked", "cities", "ranking"):
        assert f'data-chart="{key}"' in html
        assert f'id="chart-{key}-contract"' in html
    assert html.count("<time>") == 8
    assert "all invented" in html


@pytest.mark.feature("S2-22")
def test_the_report_of_the_month_is_told_once_to_operators_and_analysts(city):
    root = Actor.system("test", Channel.COMMAND)
    names = {}
    for name in ("op", "reader", "clerk"):
        names[name] = create_account(actor=root, username=name, display_name=name, password="long-enough-secret")
    grant_role(actor=root, username="op", role="operator")
    grant_role(actor=root, username="reader", role="analyst")
    assert send_reports(actor=root, city="330100", today=date(2026, 11, 26)) == 2
    assert send_reports(actor=root, city="330100", today=date(2026, 11, 27)) == 0
