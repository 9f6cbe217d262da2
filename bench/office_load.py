"""200 signed-in people at their drafts, 5 s to think, half reading and half writing, on SQLite and on PostgreSQL.

The server is that of ``./run serve``: one granian process with four threads, the worker beside it. A reader opens the list
of drafts, one draft, the matters in turn; a writer keeps the statements of a draft, each time others. Claims: p95 below
500 ms, no answer but those that are meant, and nothing lost: what was acknowledged stands in the table and in the journal,
and the chain of the journal is whole. Beside it the CPU time of a page as a multiple of that of a bare Django page, by the
same server: times drift with the machine, the multiple does not.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections
from django.utils import timezone
from harness import HOME, ROOT, asked, percentiles, tell

from qiantang.cli.house import open_office
from qiantang.cli.serving import _server
from qiantang.commons.accounts.api import create_account, mandates
from qiantang.commons.accounts.models import Account
from qiantang.commons.accounts.types import ACTING_FOR
from qiantang.commons.audit import api as audit
from qiantang.commons.audit.models import AuditEntry
from qiantang.commons.casework.models import Case
from qiantang.kernel.actor import Actor
from qiantang.scenarios.preexam.models import DraftRequest
from qiantang.scenarios.preexam.services import intake, subjects
from tools.postgres import free_port

KEEPER = Actor.system("bench")
THINK_SECONDS = 5.0
BARE_PAGES = 400  # a tenth of a second of CPU time or more: fewer can cost no whole tick, and nothing divides by that
PASSWORD = "seven quiet rivers"  # noqa: S105 of accounts that end with the bench
BARE = ROOT / "bench" / "bare_page.py"
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Person:
    """Somebody at a browser: cookies, a draft, and what the server has acknowledged."""

    place: int
    number: str
    session: str
    writes: bool
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""
    acknowledged: int = 0
    last: str = ""
    spent: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


# --- the house --------------------------------------------------------------------------------------------------------


def furnished(count: int) -> list[Person]:
    """People with a session each and a draft of their own, in firms of ten. Written before the server opens."""
    made: list[Person] = []
    firm = 0
    for n in range(count):
        known = create_account(actor=KEEPER, username=f"person{n}", display_name=f"Person {n}", password=PASSWORD)
        actor = Actor(person_id=known.id, name=known.display_name)
        if n % 10 == 0:
            firm = mandates.register_organisation(actor=KEEPER, uscc=_credit_code(n), name=f"演示企业{n}").id
        actor = _acting(actor, firm)
        if n % 10 == 0:
            filing = subjects.open_subject_filing(actor=actor)
            Case.objects.filter(pk=filing.id).update(state="active")  # its way there is no matter of this bench
        number = intake.open_draft(actor=actor, kind="invention").number
        made.append(Person(n, number, _session(known.id, firm), writes=n % 2 == 0))
    return made


def _acting(actor: Actor, firm: int) -> Actor:
    today = timezone.localdate()
    asked_for = mandates.request_mandate(
        actor=actor,
        organisation_id=firm,
        scopes=["everything"],
        start_date=today,
        end_date=today + timedelta(days=300),
        evidence="委托书",
    )
    mandates.settle_mandate(actor=KEEPER, mandate_id=asked_for.id, grant=True)
    return replace(actor, organisation_id=firm)


def _session(person: int, firm: int) -> str:
    account, store = Account.objects.get(pk=person), SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(account.pk), _backend()
    store[HASH_SESSION_KEY], store[ACTING_FOR] = account.get_session_auth_hash(), firm
    store.create()
    return store.session_key or ""


def _backend() -> str:
    return str(settings.AUTHENTICATION_BACKENDS[0])


def _credit_code(n: int) -> str:
    signs, body = "0123456789ABCDEFGHJKLMNPQRTUWXY", f"91330106{n:09d}"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    total = sum(signs.index(sign) * weight for sign, weight in zip(body, weights, strict=True))
    return body + signs[(31 - total % 31) % 31]


@contextmanager
def served(command: Sequence[str], port: int, environment: dict[str, str]) -> Iterator[list[int]]:
    """A server until the block ends, with the ids of its processes."""
    log = (HOME / f"server-{port}.log").open("wb")
    server = subprocess.Popen(list(command), env=environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait(port, server)
        yield _family(server.pid)
    finally:
        server.terminate()
        server.wait(30)
        log.close()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    for _try in range(600):
        assert server.poll() is None, "the server ended"
        try:
            asked_once(port, "GET", "/health/live")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not answer")


def _family(pid: int) -> list[int]:
    """A process and all that descend from it, but for the worker: what answers requests."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    named = [one for one in map(int, children) if b"granian" in Path(f"/proc/{one}/cmdline").read_bytes()]
    if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes():
        named = list(map(int, children))
        return [pid, *(deeper for one in named for deeper in _family(one))]
    return [deeper for one in named for deeper in _family(one)] or [pid]


def cpu_seconds(pids: Sequence[int]) -> float:
    told = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in pids]
    return sum(int(one[11]) + int(one[12]) for one in told) / _TICKS


# --- the people -------------------------------------------------------------------------------------------------------


def asked_once(port: int, method: str, path: str, **more: Any) -> tuple[int, str, bytes]:
    """Status, all cookies that are set as one text, and the content."""
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        there.request(method, path, **more)
        answer = there.getresponse()
        return answer.status, "\n".join(answer.headers.get_all("Set-Cookie") or ()), answer.read()
    finally:
        there.close()


def act(person: Person, port: int, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
    """One request as a browser sends it."""
    held = {"qiantang_session": person.session, **person.cookies}
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in held.items()), "Accept-Language": "zh-CN"}
    told = {"headers": headers}
    if form is not None:
        headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": f"http://127.0.0.1:{port}/"}
        told |= {"body": urlencode({**form, "csrfmiddlewaretoken": person.token})}
    status, back, content = asked_once(port, method, path, **told)
    for one in re.findall(r"(qiantang_csrf)=([^;]+)", back):
        person.cookies[one[0]] = one[1]
    return status, content


def arrived(person: Person, port: int) -> None:
    """The page with the form, and its token."""
    status, content = act(person, port, "GET", f"/preexam/drafts/{person.number}")
    found = _TOKEN.search(content)
    assert status == 200, (status, content[:300])
    assert found, content[:300]
    person.token = found[1].decode()


def at_work(person: Person, port: int, until: float, chance: Random) -> None:
    """Reads or writes, and thinks, until the time is over."""
    here = f"/preexam/drafts/{person.number}"
    pages = cycle(("/preexam/drafts", here, "/cases"))
    time.sleep(chance.uniform(0, min(THINK_SECONDS, max(until - time.monotonic(), 0))))
    while time.monotonic() < until:
        began = time.perf_counter()
        try:
            if person.writes:
                told = f"F04D {person.acknowledged + 1}/00"
                status, _ = act(person, port, "POST", here, {"main_class": told, "electronic": "true"})
                wanted = 302
            else:
                status, _ = act(person, port, "GET", next(pages))
                wanted = 200
        except (OSError, http.client.HTTPException) as fault:
            person.faults.append(type(fault).__name__)
            continue
        person.spent.append(time.perf_counter() - began)
        if status != wanted:
            person.faults.append(str(status))
        elif person.writes:
            person.acknowledged, person.last = person.acknowledged + 1, told
        time.sleep(max(0.0, min(chance.expovariate(1 / THINK_SECONDS), 4 * THINK_SECONDS, until - time.monotonic())))


def loaded(people: Sequence[Person], port: int, seconds: float) -> None:
    for one in people:
        arrived(one, port)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=at_work, args=(one, port, until, Random(one.place))) for one in people]  # noqa: S311 no secret
    for one in threads:
        one.start()
    for one in threads:
        one.join()


# --- what is found afterwards -------------------------------------------------------------------------------------------


def lost(people: Sequence[Person]) -> dict[str, Any]:
    """What was acknowledged beside what is there."""
    noted = Counter(AuditEntry.objects.filter(verb="preexam.draft.save").values_list("subject", flat=True))
    rows = {one.case_id: one for one in DraftRequest.objects.all()}
    keys = {number: key for key, number in Case.objects.values_list("pk", "number")}
    missing = differing = 0
    for one in people:
        row = rows[keys[re.sub(r"[^0-9A-Z]", "", one.number)]]
        missing += abs(noted[f"preexam:{row.pk}"] - one.acknowledged)
        differing += row.main_class != one.last
    return {
        "acknowledged": sum(one.acknowledged for one in people),
        "missing_in_journal": missing,
        "differing_in_table": differing,
        "journal_broken_at": audit.verify(),
    }


def page_cost(port: int, pids: Sequence[int], path: str, person: Person | None, count: int) -> float:
    """CPU milliseconds of the server for one page, asked one after another."""
    before = cpu_seconds(pids)
    for _again in range(count):
        status, _ = act(person, port, "GET", path) if person else asked_once(port, "GET", path)[::2]
        assert status == 200, (path, status)
    return (cpu_seconds(pids) - before) * 1e3 / count


def bare_cost(count: int) -> float:
    port = _free_port()
    command = [*_server(port)[:-1], "bare_page:application"]
    with served(command, port, {**os.environ, "PYTHONPATH": str(BARE.parent)}) as pids:
        page_cost(port, pids, "/", None, 20)
        return page_cost(port, pids, "/", None, count)  # many: the clock of the kernel counts in hundredths of a second


def _free_port() -> int:
    return free_port()


def measured(people: int, seconds: float, pages: int) -> dict[str, Any]:
    """One database: furnish, serve, load, count."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # 200 times for nothing
    open_office()
    crowd = furnished(people)
    connections.close_all()
    port = _free_port()
    environment = {**os.environ, "PORT": str(port), "PYTHONPATH": str(ROOT / "src"), "QIANTANG_ENV": "dev"}
    began = os.getloadavg()[0]
    with served([sys.executable, "-m", "qiantang.cli", "serve"], port, environment) as pids:
        loaded(crowd, port, seconds)
        costs = {name: page_cost(port, pids, path, crowd[1], pages) for name, path in _pages(crowd[1]).items()}
    bare = bare_cost(max(pages * 5, BARE_PAGES))
    spent = [took for one in crowd for took in one.spent]
    faults = Counter(fault for one in crowd for fault in one.faults)
    return {
        "people": people,
        "seconds": seconds,
        "requests": len(spent),
        "reading": percentiles([took for one in crowd if not one.writes for took in one.spent]),
        "writing": percentiles([took for one in crowd if one.writes for took in one.spent]),
        **percentiles(spent),
        "faults": dict(faults),
        **lost(crowd),
        "bare_page_cpu_ms": round(bare, 2),
        "page_cpu_ms": {name: round(cost, 1) for name, cost in costs.items()},
        "page_as_multiple_of_bare": {name: round(cost / bare, 1) for name, cost in costs.items()},
        "load_average_before_and_after": [round(began, 1), round(os.getloadavg()[0], 1)],
    }


def _pages(person: Person) -> dict[str, str]:
    return {"list": "/preexam/drafts", "draft": f"/preexam/drafts/{person.number}"}


def main() -> None:
    wanted = asked()
    sizes = (wanted.size(200, 6), wanted.size(600, 4), wanted.size(100, 5))
    if os.environ.get("OFFICE_LOAD_ONE"):  # the run on PostgreSQL is a process of its own: settings are read once
        print(json.dumps(measured(*sizes)))
        return
    told = {name: _one(name, wanted.smoke) for name in ("sqlite", "postgresql")}
    sound = [one for one in told.values() if not one["faults"] and not one["missing_in_journal"]]
    met = len(sound) == len(told) and all(one["p95_ms"] < 500 and one["journal_broken_at"] is None for one in sound)
    tell("office_load", wanted, told, met=met)


def _one(name: str, smoke: bool) -> dict[str, Any]:  # noqa: FBT001 - as the bench was asked
    command = [sys.executable, "bench/office_load.py", *(["--smoke"] if smoke else [])]
    if name == "postgresql":
        command = [sys.executable, "-m", "tools.postgres", *command]
    environment = {**os.environ, "OFFICE_LOAD_ONE": name}
    environment.pop("QIANTANG_BENCH_HOME", None)
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    main()
