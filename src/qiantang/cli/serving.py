"""Commands that keep the house open: serve, worker, demo; and what an operator does once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from qiantang.cli.house import open_office
from qiantang.cli.main import DONE, FAILED
from qiantang.cli.output import tell

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import FrameType

DEMO_PASSWORD = "qiantang-demo"  # noqa: S105 printed at every start; the demo city holds nothing but synthetic data
_MOST_PROCESSES = 4  # each holds a few hundred megabytes
_GRACE = 10.0  # seconds a child gets to end by itself


def _server(port: int) -> list[str]:
    processes = min(len(os.sched_getaffinity(0)), _MOST_PROCESSES)  # Python runs on one core a process
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)),
        *("--workers", str(processes), "--blocking-threads", "4", "--no-ws", "--log-level", "warning"),
        "--no-access-log",  # an address holds what somebody looks for
        "qiantang.config.wsgi:application",
    ]


def _stop(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + _GRACE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()


def _keep(commands: Sequence[list[str]]) -> int:
    """Run all until one ends or we are asked to stop; then stop the rest."""

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, ask_to_stop)
    children = [subprocess.Popen(command) for command in commands]  # noqa: S603 our own programs
    try:
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        return DONE
    else:
        return FAILED
    finally:
        _stop(children)


def _environment_home(default: str) -> Path:
    home = Path(os.environ.setdefault("QIANTANG_HOME", default)).absolute()
    os.environ["QIANTANG_HOME"] = str(home)
    home.mkdir(parents=True, exist_ok=True)
    return home


def serve_command(_asked: argparse.Namespace) -> int:
    open_office()
    from qiantang.config.env import Environment

    port = Environment.read().port
    tell(f"http://127.0.0.1:{port}  (Ctrl-C stops)")
    return _keep([_server(port), [sys.executable, "-m", "qiantang.cli", "worker"]])


def worker_command(_asked: argparse.Namespace) -> int:
    open_office()
    from threading import Thread

    from django.core.management import call_command

    Thread(target=_tick, daemon=True).start()
    Thread(target=_capture, daemon=True).start()
    call_command("db_worker", interval=0.5, verbosity=0)
    return DONE


def _capture() -> None:
    """Work off web captures beside everything else: each waits for a page, and nothing should wait for it."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["captures"],
        interval=1,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"captures-{os.getpid()}",
        excluded_queue_names=[],
    ).run()


# What follows a load. At the start as well: a newer version may keep what no job of the older one made; what is there is
# left as it is. By name: jobs are no front door.
_AFTER_LOADS = (
    "qiantang.corpus.register.tasks.follow_frames",
    "qiantang.corpus.measures.tasks.follow_cubes",
    "qiantang.corpus.measures.tasks.follow_lives",
    "qiantang.scenarios.monitoring.tasks.keep_clusters",
)
_BY_THE_CLOCK = (
    "qiantang.commons.events.tasks.tick",
    "qiantang.commons.notices.tasks.tick",
    "qiantang.commons.casework.tasks.tick",
    "qiantang.commons.evidence.tasks.tend",
    "qiantang.scenarios.query.tasks.tend_exports",
    "qiantang.portal.cockpit.tasks.send_reports",
    "qiantang.corpus.ingest.tasks.look_at_folder",
    "qiantang.corpus.register.tasks.follow_meaning",
    "qiantang.corpus.measures.tasks.follow_quality",
    "qiantang.scenarios.query.tasks.check_alerts",
    "qiantang.scenarios.navigation.tasks.tend_editions",
    "qiantang.scenarios.monitoring.tasks.keep_movements",
    "qiantang.scenarios.protection.tasks.tend_disputes",
    "qiantang.portal.exchange.tasks.tend_exchange",
)


def _tick() -> None:
    """Queue what an older version left undone, then once a minute what is due by the clock."""
    from django.utils.module_loading import import_string

    for name in _AFTER_LOADS:
        import_string(name).enqueue()
    due = [import_string(name) for name in _BY_THE_CLOCK]
    while True:
        for one in due:
            one.enqueue()
        time.sleep(60)


# user name -> name shown, roles
_OF_ROOMS = (
    "applicant",
    "agent",
    "examiner",
    "examiner2",
    "supervisor",
    "party",
    "respondent",
    "mediator",
    "expert",
    "officer",
    "citizen",
    "window",
    "officer2",
    "enforcer",
)  # made with the cases of their rooms
_DEMO_ACCOUNTS = {"operator": ("演示管理员", ("operator",)), "analyst": ("演示分析员", ("analyst",))}


def _demo_accounts() -> None:
    from qiantang.commons.accounts import api as accounts
    from qiantang.kernel.actor import Actor, Channel

    actor = Actor.system("demo", Channel.COMMAND)
    there = {person.username for person in accounts.people(actor)}
    for username, (shown, roles) in _DEMO_ACCOUNTS.items():
        if username not in there:
            accounts.create_account(
                actor=actor, username=username, display_name=shown, password=DEMO_PASSWORD, roles=roles
            )


def _furnish() -> None:
    """What the people of the demo keep, room by room; after the city is queued, so that its jobs come behind it."""
    from django.utils.module_loading import import_string

    import_string("qiantang.scenarios.query.demo.furnish")("analyst")  # by name: a demo is no front door
    import_string("qiantang.scenarios.navigation.demo.furnish")("analyst", "operator")
    import_string("qiantang.scenarios.preexam.demo.furnish")(DEMO_PASSWORD)
    import_string("qiantang.scenarios.protection.demo.furnish")(DEMO_PASSWORD)
    import_string("qiantang.portal.hall.demo.furnish")(DEMO_PASSWORD)


def _queue_city(patents: int | None) -> None:
    """Queue the build once; an interrupted one is queued again and starts over."""
    from qiantang.corpus.ingest import api as ingest
    from qiantang.corpus.register import api as register
    from qiantang.kernel.actor import Actor, Channel

    if register.current_snapshot() is not None:
        return
    actor = Actor.system("demo", Channel.COMMAND)
    ingest.request_import(actor=actor, kind="demo", patents=patents)


def demo_command(asked: argparse.Namespace) -> int:
    _environment_home("var/demo")
    open_office()
    from qiantang.config.env import Environment

    _demo_accounts()
    _queue_city(asked.patents)
    _furnish()
    port = Environment.read().port
    tell(f"Qiantang demo: http://127.0.0.1:{port}   (Ctrl-C stops)")
    tell(f"Accounts: {', '.join(_DEMO_ACCOUNTS)}; with the city come {', '.join(_OF_ROOMS)}.")
    tell(f"The password of each is {DEMO_PASSWORD}")
    tell("All data is synthetic. The first start builds the city; the page shows how far it is.")
    return _keep([_server(port), [sys.executable, "-m", "qiantang.cli", "worker"]])


def operator_command(asked: argparse.Namespace) -> int:
    open_office()
    from qiantang.commons.accounts import api as accounts
    from qiantang.kernel.actor import Actor, Channel

    password = sys.stdin.readline().rstrip("\n")
    accounts.create_account(
        actor=Actor.system("command line", Channel.COMMAND),
        username=asked.username,
        display_name=asked.username,
        password=password,
        roles=[accounts.Role.OPERATOR],
    )
    tell(f"account {asked.username} may import data")
    return DONE
