"""Handing over: signed, acknowledged, tried again, taken in once; the contract holds for every way to another body."""

from __future__ import annotations

import json
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from django.utils import timezone, translation

from qiantang.commons.casework import api as casework
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound, NotPermitted
from qiantang.scenarios.protection.methods.envelopes import EnvelopeError, key_from, opened, public_hex, sealed
from qiantang.scenarios.protection.methods.simulators import PLATFORM, HttpTransport, Silent, Simulator
from qiantang.scenarios.protection.models import ConnectorMessage, Dispute, Proceeding
from qiantang.scenarios.protection.services import connectors, delegations, disputes, steps
from qiantang.scenarios.protection.tests.people import TOLD, filed, person

SYSTEM = Actor.system("test")
OURS = key_from("s", PLATFORM)
THEIRS = Simulator("court", key_from("s", "court"), public_hex(OURS))


def envelope(**more):
    told = {
        "id_": "m1",
        "kind": "case",
        "sender": PLATFORM,
        "receiver": "court",
        "at": "2026-05-01",
        "body": {"a": "甲"},
    }
    return sealed(OURS, **{**told, **more})


@pytest.fixture(params=["in process", "over http"])
def way(request):
    """Every way to another body keeps the same contract."""
    if request.param == "in process":
        yield THEIRS
        return

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            answer = THEIRS.deliver(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_told):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield HttpTransport(f"http://127.0.0.1:{server.server_port}/")
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.feature("S7B-02")
def test_what_is_signed_is_acknowledged_and_twice_is_the_same(way):
    raw = json.dumps(envelope(), ensure_ascii=False).encode()
    first, second = way.deliver(raw), way.deliver(raw)
    assert first == second
    told = opened(first, receiver=PLATFORM, public_key=THEIRS.public_key)
    assert (told["kind"], told["body"]["of"]) == ("acknowledgement", "m1")
    assert told["body"]["reference"].startswith("SIM-COURT-")


@pytest.mark.feature("S7B-02")
def test_a_changed_or_strange_message_is_refused_with_the_reason(way):
    for changed, reason in (
        ({**envelope(), "body": {"a": "乙"}}, "signature"),
        ({**envelope(), "more": 1}, "form"),
        (envelope(receiver="arbitration"), "receiver"),
    ):
        told = opened(way.deliver(json.dumps(changed).encode()), receiver=PLATFORM, public_key=THEIRS.public_key)
        assert (told["kind"], told["body"]["reason"]) == ("refused", reason)
    with pytest.raises(EnvelopeError, match="signature"):
        opened(json.dumps(envelope()).encode(), receiver="court", public_key=THEIRS.public_key)


def test_a_body_that_does_not_answer_is_silent_and_plain_http_is_refused():
    with pytest.raises(Silent):
        HttpTransport("http://127.0.0.1:9/").deliver(b"{}")
    with pytest.raises(ValueError, match="https"):
        HttpTransport("http://court.example.org/")


@pytest.fixture
def house(db, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    with translation.override("en"):
        yield settings


@pytest.fixture
def sent(house):
    """lin, and the number of a proceeding that was sent to the simulated court."""
    lin = person("lin")
    number = filed(lin)
    Dispute.objects.update(synthetic=True)
    matter = disputes.choose_route(actor=lin, number=number, route="court")
    connectors.send_over(actor=lin, number=matter)
    return lin, matter


def state(number):
    return casework.case_sheet(SYSTEM, number).card.state


@pytest.mark.feature("S7B-02")
def test_a_case_goes_over_with_all_that_was_told_and_its_end_comes_back(sent):
    lin, matter = sent
    body = ConnectorMessage.objects.get().envelope["body"]
    assert body["told"]["right_number"] == "ZL202010000001.0"
    assert [len(one["sha256"]) for one in body["evidence"]] == [64]
    assert (state(matter), connectors.post_messages(actor=SYSTEM), state(matter)) == ("sent", 1, "received")
    assert connectors.post_messages(actor=SYSTEM) == 0
    assert Proceeding.objects.get().reference.startswith("SIM-COURT-")
    message = ConnectorMessage.objects.get(outgoing=True)
    raw = connectors.simulator("court").status(message.message_id, "accepted", "2026-05-02")
    assert connectors.take_in(actor=SYSTEM, connector="court", raw=raw)
    assert not connectors.take_in(actor=SYSTEM, connector="court", raw=raw)  # once
    more = {"outcome": "success", "amount_yuan": 50_000, "cost_yuan": 800}
    raw = connectors.simulator("court").status(message.message_id, "ended", "2026-06-02", **more)
    connectors.take_in(actor=SYSTEM, connector="court", raw=raw)
    row = Proceeding.objects.get()
    assert (row.outcome, row.amount_yuan, row.cost_yuan, state(matter)) == ("success", 50_000, 800, "decided")
    del lin


@pytest.mark.feature("S7B-02")
def test_a_silent_body_is_asked_again_later_each_time_and_given_up_in_the_end(sent, house):
    house.PROTECTION_CONNECTORS = {"court": {"url": "http://127.0.0.1:9/", "public_key": "00" * 32}}
    now, waits = timezone.now(), []
    for _time in range(connectors.MOST_ATTEMPTS):
        assert connectors.post_messages(actor=SYSTEM, now=now) == 0
        message = ConnectorMessage.objects.get()
        if message.next_try_at:
            assert connectors.post_messages(actor=SYSTEM, now=message.next_try_at - timedelta(seconds=1)) == 0
            waits.append((message.next_try_at - now).total_seconds() / 60)
            now = message.next_try_at
    assert (waits, message.attempts, message.next_try_at) == ([1, 2, 4, 8, 16, 32, 64], connectors.MOST_ATTEMPTS, None)
    assert state(sent[1]) == "sent"


@pytest.mark.feature("S7B-02")
def test_call_backs_that_are_forged_or_strange_are_refused(sent, client):
    connectors.post_messages(actor=SYSTEM)
    message = ConnectorMessage.objects.get()
    forged = Simulator("court", key_from("x", "court"), "").status(message.message_id, "accepted", "2026-05-02")
    unknown = connectors.simulator("court").status("m0", "accepted", "2026-05-02")
    for raw in (forged, unknown, b"{}", b"\xff"):
        with pytest.raises(Invalid, match="envelope"):
            connectors.take_in(actor=SYSTEM, connector="court", raw=raw)
    with pytest.raises(NotFound):
        connectors.take_in(actor=SYSTEM, connector="nobody", raw=forged)
    raw = connectors.simulator("court").status(message.message_id, "accepted", "2026-05-02")
    address = "/protection/connectors/court"
    assert client.post(address, forged, content_type="application/json").status_code == 400
    assert client.post(address, raw, content_type="application/json").json() == {"taken": True}
    assert client.get("/protection/connectors/key").json()["public_key"] == connectors.platform_key()


def test_simulators_hear_nothing_of_a_real_dispute_and_the_office_notes_by_hand(house):
    lin, gu = person("lin"), person("gu", "case_officer")
    matter = disputes.choose_route(actor=lin, number=filed(lin), route="court")
    with pytest.raises(NotPermitted, match="not_yours"):
        connectors.send_over(actor=gu, number=matter)
    connectors.send_over(actor=lin, number=matter)
    assert connectors.post_messages(actor=SYSTEM) == 0
    connectors.note_reference(actor=gu, number=matter, reference="(2026)浙01民初1号")
    assert (state(matter), Proceeding.objects.get().reference) == ("received", "(2026)浙01民初1号")
    assert connectors.play_simulators(actor=SYSTEM) == 0
    with pytest.raises(Conflict):
        connectors.send_over(actor=lin, number=matter)


@pytest.mark.feature("S7B-02")
def test_the_court_hears_once_how_the_mediation_ended_that_it_delegated(house):
    gu = person("gu", "case_officer")
    number = delegations.take_delegation(
        actor=gu, court="杭州互联网法院", reference="7号", applicant="某公司", told=TOLD, agreed=False
    )
    assert connectors.report_to_courts(actor=SYSTEM) == 0
    steps.take_step(actor=gu, number=number, action="not_reached", note="letters came back")
    assert (connectors.report_to_courts(actor=SYSTEM), connectors.report_to_courts(actor=SYSTEM)) == (1, 0)
    body = ConnectorMessage.objects.get().envelope["body"]
    assert (body["reference"], body["outcome"]) == ("7号", "unreachable")
