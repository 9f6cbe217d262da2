"""The fence around a capture and its proxy, without a browser."""

from __future__ import annotations

import contextlib
import resource
import socket
import struct
import time
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qiantang.engines.capture.archive import masked_cookies, search_key
from qiantang.engines.capture.chromium import ChromiumCapturer, checked_address, ensure_not_inside
from qiantang.engines.capture.environment import clock_offset
from qiantang.engines.capture.fence import Fence, Fenced, is_public
from qiantang.engines.capture.judging import Seen, judge
from qiantang.engines.capture.port import FATAL, Reason, Verdict
from qiantang.engines.capture.proxy import FencingProxy
from qiantang.kernel.errors import Invalid, Unavailable
from tests.engines.web_site import web_site

INSIDE = [
    "127.0.0.1", "10.0.0.1", "172.16.9.9", "192.168.1.1", "169.254.169.254", "100.100.100.200", "168.63.129.16", "0.0.0.0",
    "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00:ec2::254", "::ffff:10.0.0.1", "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::", "::127.0.0.1", "ff02::1", "fe80::1%eth0",
]  # fmt: skip


@pytest.mark.feature("S7A-05")
@pytest.mark.parametrize("address", INSIDE)
def test_what_is_not_public_is_closed_however_it_is_written(address):
    assert not is_public(address)


def test_what_is_public_is_open():
    assert all(map(is_public, ("1.1.1.1", "114.114.114.114", "2400:3200::1", "64:ff9b::101:101")))


@pytest.mark.feature("S7A-05")
@given(some.lists(some.sampled_from(["1.1.1.1", "8.8.8.8", *INSIDE]), min_size=1, max_size=4))
def test_a_name_with_one_closed_address_is_closed(addresses):
    fence = Fence(resolve=lambda _name: addresses)
    if all(map(is_public, addresses)):
        assert fence.admitted("shop.example", 443) == tuple(addresses)
    else:
        with pytest.raises(Fenced):
            fence.admitted("shop.example", 443)
        assert fence.refused[0].code == "private"


@pytest.mark.feature("S7A-05")
def test_a_name_keeps_the_addresses_it_had_first():
    answers = iter([["93.184.216.34"], ["10.0.0.1"]])  # as rebinding does it
    fence = Fence(resolve=lambda _name: next(answers))
    assert fence.admitted("rebound.example", 80) == fence.admitted("rebound.example", 80) == ("93.184.216.34",)


def test_only_ports_of_the_web_are_open():
    with pytest.raises(Fenced, match="port"):
        Fence(resolve=lambda _name: ["1.1.1.1"]).admitted("mail.example", 25)


def spoken(proxy, request):
    with socket.create_connection(("127.0.0.1", int(proxy.url.rpartition(":")[2]))) as side:
        side.sendall(request)
        answer = b""
        while piece := side.recv(65_536):
            answer += piece
        return answer


@pytest.mark.feature("S7A-05")
def test_the_proxy_carries_what_the_fence_lets_through_and_refuses_the_rest():
    with web_site() as site, FencingProxy(Fence(loopback=True)) as proxy:
        here = f"127.0.0.1:{site.port}"
        got = spoken(proxy, f"GET http://{here}/list2 HTTP/1.1\r\nHost: {here}\r\nProxy-Connection: x\r\n\r\n".encode())
        assert got.startswith(b"HTTP/1.")
        assert "第二页".encode() in got
        through = f"CONNECT {here} HTTP/1.1\r\n\r\nGET /list HTTP/1.0\r\n\r\n".encode()
        got = spoken(proxy, through)
        assert got.startswith(b"HTTP/1.1 200")
        assert "第一页".encode() in got
        for refused in (
            b"GET http://10.0.0.1/ HTTP/1.1",
            b"CONNECT 169.254.169.254:80 HTTP/1.1",
            b"CONNECT [::1]:443 HTTP/1.1",
        ):
            expected = b"HTTP/1.1 502" if b"::1" in refused else b"HTTP/1.1 403"
            assert spoken(proxy, refused + b"\r\n\r\n").startswith(expected)
        assert spoken(proxy, b"GET file:///etc/passwd HTTP/1.1\r\n\r\n").startswith(b"HTTP/1.1 400")


def test_the_proxy_carries_where_many_files_are_open_already():
    """In a process with more than 1,024 files open, as a busy one has, a page must not look unreachable."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.ExitStack() as many:
        many.callback(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(4_096, hard), hard))
        for _ in range(1_030):
            many.enter_context(socket.socket())
        with web_site() as site, FencingProxy(Fence(loopback=True)) as proxy:
            here = f"127.0.0.1:{site.port}"
            assert "第二页".encode() in spoken(
                proxy, f"GET http://{here}/list2 HTTP/1.1\r\nHost: {here}\r\n\r\n".encode()
            )


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://a.example/",
        "chrome://version",
        "http://",
        "http://a:b@c.example/",
        "x",
        "http://a b/",
    ],
)
def test_what_is_no_address_of_the_web_is_refused(url):
    with pytest.raises(Invalid, match=r"capture\.address"):
        checked_address(url)


@pytest.mark.parametrize("host", ["localhost", "printer.local", "10.0.0.1", "[::1]", "metadata.google.internal"])
def test_what_plainly_lies_inside_is_refused_before_anything_starts(host):
    with pytest.raises(Invalid, match=r"capture\.inside"):
        ensure_not_inside(f"http://{host}/", loopback=False)


@pytest.mark.feature("S7A-05")
def test_without_a_browser_it_is_said_so():
    with pytest.raises(Unavailable, match=r"capture\.no_browser"):
        ChromiumCapturer(browser="/nowhere/chromium").ensure_ready()


@pytest.mark.feature("S7A-06")
@given(
    some.builds(
        Seen,
        status=some.sampled_from([None, 200, 304, 403, 404, 429, 500]),
        text=some.sampled_from(["", "词", "请完成安全验证", "x" * 2_000]),
        has_pictures=some.booleans(),
        failed=some.sampled_from([(), ("http://a.example/1.png",)]),
        fenced=some.sampled_from([(), ("10.0.0.1:80",)]),
        bodies_missing=some.integers(0, 1),
        pictures_missing=some.integers(0, 1),
        cut_at=some.sampled_from([None, 64_000]),
        pages_wanted=some.integers(1, 2),
        time_up=some.booleans(),
    )
)
def test_a_verdict_follows_from_its_reasons(seen):
    verdict, reasons = judge(seen)
    fatal = any(one in FATAL for one, _ in reasons)
    assert verdict is (Verdict.FAILED if fatal else Verdict.PARTIAL if reasons else Verdict.WHOLE)
    if verdict is Verdict.WHOLE:
        assert seen.status is not None
        assert seen.status < 400
        assert seen.text or seen.has_pictures
        assert not (seen.failed)
        assert not (seen.fenced)
        assert not (seen.time_up)
    assert fatal or (Reason.RESOURCES_FENCED in dict(reasons)) == bool(seen.fenced)


def test_cookies_are_masked_and_addresses_are_turned_round():
    assert masked_cookies([("Set-Cookie", "a=1; Path=/"), ("X", "a=1")]) == [
        ("Set-Cookie", "a=***; Path=/"),
        ("X", "a=1"),
    ]
    assert search_key("https://Shop.Example.cn:8443/A?B=1") == "cn,example,shop:8443)/a?b=1"


@pytest.mark.feature("S7A-05")
def test_the_clock_is_compared_with_a_time_server():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as office:
        office.bind(("127.0.0.1", 0))

        def answer():
            _, who = office.recvfrom(100)
            ahead = time.time() + 2_208_988_800 + 5
            office.sendto(bytes(32) + struct.pack(">IIII", int(ahead), 0, int(ahead), 0), who)

        Thread(target=answer, daemon=True).start()
        told = clock_offset(f"127.0.0.1:{office.getsockname()[1]}")
    assert 3_900 < told["offset_ms"] <= 5_000  # ahead by five seconds, told in whole ones
    assert clock_offset("127.0.0.1:1", timeout=0.1)["offset_ms"] is None
