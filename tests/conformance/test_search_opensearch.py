"""What the OpenSearch adapter must do that needs no cluster: addresses, places as spans, faults of single answers.

The rest of it is shown on a real cluster: ``./run test --cluster``.
"""

from __future__ import annotations

import json
import socket
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qiantang.engines.search.opensearch import OpenSearchEngine
from qiantang.engines.search.opensearch.address import Address
from qiantang.engines.search.opensearch.bulk import Change, Sender, batches
from qiantang.engines.search.opensearch.client import Cluster, ViewLost
from qiantang.engines.search.opensearch.layout import fitting, fitting_text
from qiantang.engines.search.opensearch.places import Place, _runs, of_ways, way
from qiantang.engines.search.port import How, Slot
from qiantang.kernel.errors import Limited, Unavailable
from tools import cluster

# --- addresses and values ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "hosts", "secure", "user", "name"),
    [
        ("http://search", (("search", 9200),), False, (None, ""), "qiantang"),
        ("http://a:1,b,[::1]:3/city/", (("a", 1), ("b", 9200), ("::1", 3)), False, (None, ""), "city"),
        ("https://me:p%40ss@a:443/x", (("a", 443),), True, ("me", "p@ss"), "x"),
    ],
)
def test_an_address_is_taken_apart(url, hosts, secure, user, name):
    assert Address.parse(url) == Address(hosts, secure, *user, name)


def test_what_is_too_long_for_lucene_is_kept_by_its_beginning_and_a_digest():
    long, other = "石" * 16_000, "石" * 15_999 + "墨"
    assert fitting("石墨") == "石墨"
    assert len({fitting(long), fitting(other)}) == 2
    assert max(len(fitting(one).encode()) for one in (long, other, "\U00020000" * 20_000)) < 32_000
    assert fitting_text(f"a {long} b") == f"a {fitting(long)} b"
    assert fitting_text("石墨 " * 20_000) == "石墨 " * 20_000


# --- places -------------------------------------------------------------------------------------------------------------


def _expanded(run):
    """The offsets of all ways of which a run says that one must match."""
    for more in range(run.slack + 1):
        at = run.slack_before
        yield tuple(o + more if n >= at else o for n, o in enumerate(run.nearest.offsets))


ascending = st.lists(st.integers(1, 4), min_size=2, max_size=2).map(lambda steps: (0, steps[0], sum(steps)))


@given(st.lists(ascending, min_size=1, max_size=12))
def test_ways_as_runs_are_the_same_ways_and_no_more(ways):
    places = tuple(Place(How.EXACT, word) for word in "abc")
    runs = _runs(places, ways)
    assert sorted({one for run in runs for one in _expanded(run)}) == sorted(set(ways))
    assert len(runs) <= len(set(ways))


def test_what_lies_near_is_one_span():
    ways = [way([Slot(0, "电池"), Slot(offset, "石墨")]) for offset in range(2, 7)]
    (found,) = of_ways("title", ways)
    parts = [{"span_term": {"title": "电池"}}, {"span_gap": {"title": 1}}, {"span_term": {"title": "石墨"}}]
    assert found == ({"span_near": {"clauses": parts, "slop": 4, "in_order": True}}, True)


def test_one_place_cannot_be_two_things():
    assert way([Slot(0, "a"), Slot(1, "b"), Slot(1, "c")]) is None
    assert way([Slot(0, "wolf"), Slot(0, "wo", How.BEGINS), Slot(0, "w?lf", How.WILD)]).places == (("exact", "wolf"),)
    assert way([Slot(0, "wolf"), Slot(0, "ox", How.BEGINS)]) is None


# --- a node that misbehaves ---------------------------------------------------------------------------------------------


class _Node:
    """A server on loopback that gives one prepared answer after the other, and keeps what it was asked."""

    def __init__(self):
        self.answers, self.asked = [], []
        node = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                node.asked.append(self.rfile.read(int(self.headers["Content-Length"] or 0)).decode())
                answer = node.answers.pop(0)
                if answer is None:
                    self.connection.close()
                    return
                status, told = answer
                body = json.dumps(told).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.where = f"127.0.0.1:{self.server.server_port}"


@pytest.fixture
def node():
    made = _Node()
    serving = Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    yield made
    made.server.shutdown()
    serving.join()
    made.server.server_close()


@contextmanager
def _cluster(*hosts):
    made = Cluster(Address.parse(f"http://me:my-password@{','.join(hosts)}"))
    yield made
    made.close()


@contextmanager
def _nobody():
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield f"127.0.0.1:{bound.getsockname()[1]}"


def _error(kind, reason="", **more):
    return {"error": {"type": kind, "reason": reason, "root_cause": [{"type": kind, "reason": reason}], **more}}


def test_what_a_busy_cluster_or_a_lost_connection_leaves_open_is_asked_again(node):
    node.answers = [(429, _error("rejected")), None, (503, _error("no_shard_available")), (200, {"found": 1})]
    with _cluster(node.where) as there:
        assert there.ask("POST", "/x/_search", {"query": 1}) == {"found": 1}
    assert node.asked == ['{"query":1}'] * 4


def test_a_node_that_is_gone_is_no_reason_to_fail(node):
    with _nobody() as nobody, _cluster(nobody, node.where) as there:
        for number in range(6):
            node.answers = [(200, {"n": number})]
            assert there.ask("POST", "/", {}) == {"n": number}


def test_where_no_node_answers_it_is_said_and_no_password_is():
    with _nobody() as nobody, _cluster(nobody) as there, pytest.raises(Unavailable) as refusal:
        there.ask("POST", "/", {}, patience=0.1)
    assert refusal.value.code == "search.unreachable"
    assert "my-password" not in str(refusal.value)


@pytest.mark.parametrize(
    ("status", "error", "kind", "code"),
    [
        (401, _error("security_exception"), Unavailable, "search.unreachable"),
        (400, _error("query_shard_exception", "[secret words]"), Unavailable, "search.failed"),
        (404, _error("index_not_found_exception"), Unavailable, "search.index_missing"),
        (404, _error("search_phase_execution_exception"), ViewLost, "search.failed"),
        (500, _error("search_phase_execution_exception"), ViewLost, "search.failed"),
        (400, _error("too_many_clauses", "maxClauseCount is set to 1024"), Limited, "search.too_many_words"),
    ],
)
@pytest.mark.feature("S3-19")
def test_a_refusal_says_what_kind_of_fault_it_is_and_nothing_of_the_query(node, status, error, kind, code, caplog):
    caplog.set_level("DEBUG")
    node.answers = [(status, error)]
    with _cluster(node.where) as there, pytest.raises(kind) as refusal:
        there.ask("POST", "/x/_search", {"query": "secret words"})
    assert refusal.value.code == code
    assert "secret" not in str(refusal.value) + caplog.text
    assert refusal.value.facts.get("limit", 1024) == 1024


def test_a_change_that_found_no_room_is_sent_again_alone(node):
    taken, full = {"_id": "a", "status": 201}, {"_id": "b", "status": 429, "error": {"type": "full", "reason": ""}}
    node.answers = [
        (200, {"errors": True, "items": [{"index": taken}, {"index": full}]}),
        (200, {"errors": False, "items": [{"index": taken}]}),
    ]
    with _cluster(node.where) as there:
        sender = Sender(there, "x")
        sender.send({one: Change(one, b"{}") for one in "ab"})
        sender.finish()
        sender.close()
    assert node.asked[1] == '{"index":{"_id":"b"}}\n{}\n'


def test_a_change_that_is_refused_is_an_error_with_its_reason(node):
    error = {"type": "mapper_parsing_exception", "reason": "failed", "caused_by": {"reason": "not a long"}}
    node.answers = [(200, {"errors": True, "items": [{"index": {"_id": "CN1", "status": 400, "error": error}}]})]
    with _cluster(node.where) as there:
        sender = Sender(there, "x")
        sender.send({"CN1": Change("CN1", b"{}")})
        with pytest.raises(Unavailable) as refusal:
            sender.finish()
        sender.close()
    assert refusal.value.code == "search.write_failed"
    assert refusal.value.facts["reason"] == "CN1: mapper_parsing_exception: failed (not a long)"


def test_in_a_batch_the_last_word_on_a_document_counts():
    said = [Change("a", b"1"), Change("b", b"2"), Change("a", None), Change("c", b"x" * 3_000_000), Change("a", b"4")]
    first, second = batches(said)
    assert first == {"a": Change("a", None), "b": said[1], "c": said[3]}
    assert second == {"a": said[4]}


@pytest.mark.parametrize("answer", [(200, {}), (404, _error("index_not_found_exception"))])
def test_a_cluster_without_an_index_is_ready_for_one(node, answer):
    node.answers = [answer]
    OpenSearchEngine.check_reachable(url=f"http://{node.where}")


def test_a_cluster_that_has_lost_a_part_of_the_index_is_not_ready(node):
    node.answers = [(503, _error("search_phase_execution_exception"))] * 9
    with pytest.raises(Unavailable):
        OpenSearchEngine.check_reachable(url=f"http://{node.where}")


# --- the cluster of the tests -------------------------------------------------------------------------------------------


def test_what_a_test_cluster_wants_is_told_where_it_is_missing(monkeypatch, tmp_path):
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "JDK" in cluster.what_is_missing()
    monkeypatch.setattr(cluster, "jdk", lambda: tmp_path)
    monkeypatch.setattr(cluster, "java_version", lambda _: 8)
    assert "Java 11" in cluster.what_is_missing()
    monkeypatch.setattr(cluster, "java_version", lambda _: 17)
    monkeypatch.setattr(cluster, "PLACE", tmp_path)
    assert "Maven" in cluster.what_is_missing()
    cluster.version_folder().mkdir()
    assert cluster.what_is_missing() is None


def test_ports_of_a_test_cluster_are_all_different():
    assert len(set(cluster.free_ports(30))) == 30
