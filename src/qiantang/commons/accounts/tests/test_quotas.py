"""Quotas: counted over processes, apart for each caller, never in the way of an answer, and blind to who it was."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import RequestFactory

from qiantang.commons.accounts.models import RequestCount
from qiantang.commons.accounts.services import quotas
from qiantang.commons.accounts.services.access import address_of, spend
from qiantang.commons.accounts.types import Quota

pytestmark = pytest.mark.feature("X-27")
QUOTA = Quota("public", requests=3, seconds=60)
NOON = 1_800_000_000  # a multiple of 60


@pytest.fixture(autouse=True)
def awake():
    quotas._Memory.rests_until, quotas._Memory.swept = 0.0, 0
    yield
    quotas._Memory.rests_until = 0.0


def ask(now=NOON, token=None, address="192.0.2.7", quota=QUOTA):
    return spend(quota=quota, token=token, address=address, now=now)


@pytest.mark.django_db
def test_a_window_has_so_many_requests_and_the_next_one_begins_anew():
    told = [ask(NOON + second) for second in (0, 1, 2, 59.5)]
    assert [one.remaining for one in told] == [2, 1, 0, 0]
    assert [one.exceeded for one in told] == [False, False, False, True]
    assert [one.resets_in for one in told] == [60, 59, 58, 1]
    assert ask(NOON + 60).remaining == 2


@pytest.mark.django_db
def test_each_caller_has_a_count_of_its_own():
    assert [ask(address=one).remaining for one in ("192.0.2.7", "192.0.2.8", None)] == [2, 2, 2]
    assert [ask(token=one).remaining for one in ("abc", "abd", "abc")] == [2, 2, 1]


@pytest.mark.django_db
def test_an_ipv6_network_is_one_caller():
    same = [ask(address=one).remaining for one in ("2001:db8::1", "2001:db8::ffff", "::ffff:192.0.2.7", "192.0.2.7")]
    assert same == [2, 1, 2, 1]


@pytest.mark.django_db
def test_addresses_are_not_kept_and_windows_cannot_be_joined():
    ask(NOON)
    ask(NOON + 60)
    callers = list(RequestCount.objects.values_list("caller", flat=True))
    assert len(set(callers)) == 2
    assert not any("192" in one for one in callers)


@pytest.mark.django_db
def test_old_windows_are_swept():
    ask(NOON)
    ask(NOON + 7_200)
    assert list(RequestCount.objects.values_list("window_start", flat=True)) == [NOON + 7_200]


@pytest.mark.django_db(transaction=True)
def test_threads_and_processes_count_together():
    def many(_):
        try:
            return sum(ask(token="one", quota=Quota("token", 1_000, 60)) is not None for _ in range(10))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        counted = sum(pool.map(many, range(4)))
    assert counted == RequestCount.objects.get(caller="one").requests


@pytest.mark.django_db(transaction=True)
def test_a_busy_database_lets_the_request_through_uncounted():
    other = connection.copy()
    ask(token="one")
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        if connection.vendor != "sqlite":
            cursor.execute("LOCK TABLE accounts_requestcount IN EXCLUSIVE MODE")
        assert ask(token="one") is None
        cursor.execute("ROLLBACK")
    other.close()
    assert ask(token="one") is None  # it rests for a moment instead of making every request wait
    quotas._Memory.rests_until = 0.0
    assert ask(token="one").remaining == 1
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA busy_timeout")
            assert cursor.fetchone() == (20_000,)


@pytest.mark.parametrize(
    ("proxies", "passed_on", "expected"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.4, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.4, 203.0.113.9", "198.51.100.4"),
        (2, "203.0.113.9", None),
        (1, "", None),
        (1, "<script>", None),
    ],
)
def test_the_address_is_what_our_own_web_servers_say(settings, proxies, passed_on, expected):
    settings.PROXIES = proxies
    asked = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", headers={"x-forwarded-for": passed_on})
    assert address_of(asked) == expected
