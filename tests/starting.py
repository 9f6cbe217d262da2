"""Commands in processes of their own, forked from one that has already imported what is slow to import.

What is forked knows libraries and the pure modules of the house, no settings and no app: a command reads its environment,
opens its house and ends as it does in a fresh interpreter, only sooner. Tests that are about the start itself start one.
"""

from __future__ import annotations

import atexit
import fcntl
import gc
import json
import os
import runpy
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from functools import lru_cache
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parents[1]
MOST_SECONDS = 240
DATABASE = "qiantang.sqlite3"
PATTERNS = ROOT / "var" / "patterns"
_LIBRARIES = (
    *("django.contrib.admin", "django.contrib.auth.hashers", "django.core.management", "django.core.serializers.json"),
    *("django.db.migrations.executor", "django.db.models", "django.forms", "django.http", "django.template"),
    *("django.test.utils", "django.urls", "django.views.generic", "django.db.backends.sqlite3.base"),
    *("django.contrib.messages.storage.fallback", "django.middleware.csrf", "django_tasks", "csp.constants"),
    *("babel", "cryptography.fernet", "cryptography.hazmat.primitives.asymmetric.ed25519", "cryptography.x509"),
    *("duckdb", "lxml.etree", "lxml.html", "numpy", "orjson", "pyarrow.compute", "pyarrow.parquet", "pydantic"),
    *("pypinyin", "rapidfuzz.distance", "rapidfuzz.process", "rjieba", "scipy.sparse", "tantivy", "sqlite3"),
)
_PURE = ("kernel", "engines", "methods", "types")


def start(
    arguments: Sequence[str], *, environment: Mapping[str, str], place: Path, said: str = "", code: str = ""
) -> subprocess.CompletedProcess[str]:
    """``python -m qiantang.cli ARGUMENTS``, or ``python -c CODE ARGUMENTS``, in a folder and with an environment."""
    asked = {"arguments": list(arguments), "environment": dict(environment), "place": str(place), "code": code}
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(said.encode())
        given.seek(0)
        channel = _forking()
        socket.send_fds(channel, [json.dumps(asked).encode() + b"\n"], [one.fileno() for one in (given, out, err)])
        ended = int(_line(channel))
        told = []
        for one in (out, err):
            one.seek(0)
            told.append(one.read().decode())
    return subprocess.CompletedProcess(list(arguments), ended, *told)


def furnish(home: Path) -> None:
    """Give a new home the database that the first command in it makes: all tables, no rows; making it takes seconds."""
    if not (home / DATABASE).exists():
        home.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(pattern(), home / DATABASE)


@lru_cache(maxsize=1)
def pattern() -> Path:
    """An SQLite database with all tables and no rows: made once for a state of the migrations, kept below ``var``."""
    kept = PATTERNS / f"{_state_of_the_tables()}.sqlite3"
    PATTERNS.mkdir(parents=True, exist_ok=True)
    with (PATTERNS / ".making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # of workers that start together one makes it
        if not kept.exists():
            for former in PATTERNS.glob("*.sqlite3"):
                former.unlink()
            _make_database(kept)
    return kept


def _make_database(place: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="qiantang-pattern-") as folder:
        made = start(["audit", "verify"], environment=surroundings(Path(folder)), place=Path(folder))
        assert made.returncode == 0, made.stderr
        with closing(sqlite3.connect(Path(folder) / DATABASE)) as line:  # the last writes lie beside the file
            line.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        arriving = place.with_suffix(".arriving")
        arriving.unlink(missing_ok=True)
        with closing(sqlite3.connect(Path(folder) / DATABASE)) as source, closing(sqlite3.connect(arriving)) as target:
            source.backup(
                target
            )  # with what still lies in its journal; a copy of the file alone may lack the last tables
        arriving.replace(place)  # whole or not at all


def _state_of_the_tables() -> str:
    """A digest of what makes a new database: settings, models and migrations of the house, and the locked libraries."""
    made_by = [
        path
        for path in (ROOT / "src").rglob("*.py")
        if {"migrations", "settings", "models"} & {*path.parts[:-1], path.stem} and "tests" not in path.parts
    ]
    said = sha256(b"2\0")  # how it is made
    for path in (*sorted(made_by), ROOT / "requirements.lock"):
        said.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return said.hexdigest()[:16]


def surroundings(home: Path, **more: str) -> dict[str, str]:
    """The environment of a command in a home: nothing of a test's settings, no database but that of the home."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("QIANTANG_", "DJANGO_", "PYTEST_"))
    }
    return {**kept, "QIANTANG_HOME": str(home), "PYTHONPATH": str(ROOT / "src"), **more}


@lru_cache(maxsize=1)
def _forking() -> socket.socket:
    """The channel to the process that forks; it ends when this one does, and the channel with it."""
    here, there = socket.socketpair()
    around = surroundings(Path(os.devnull), PYTHONPATH=f"{ROOT / 'src'}{os.pathsep}{ROOT}")
    forking = subprocess.Popen(
        [sys.executable, "-m", "tests.starting", str(there.fileno())], env=around, pass_fds=[there.fileno()]
    )
    atexit.register(forking.wait)
    atexit.register(here.close)  # which is done first, and ends it
    there.close()
    return here


def _line(channel: socket.socket, first: bytes = b"") -> str:
    told = first
    while not told.endswith(b"\n"):
        more = channel.recv(65_536)
        if not more:
            raise EOFError("nobody is there any more")
        told += more
    return told.decode()


def _fork_on_demand(channel: socket.socket) -> None:
    for name in _LIBRARIES:
        import_module(name)
    for path in sorted((ROOT / "src" / "qiantang").rglob("*.py")):
        parts = path.relative_to(ROOT / "src").with_suffix("").parts
        if not {"config", "tests"} & set(parts) and any(part in _PURE for part in parts):
            # adapters of clusters, whose library is not here; words that ask the settings for the language
            with suppress(ImportError, ImproperlyConfigured):
                import_module(".".join(parts).removesuffix(".__init__"))
    assert not settings.configured
    assert "qiantang.config.env" not in sys.modules
    gc.freeze()  # what is shared stays shared: it is not walked through by each of those to come
    gc.set_threshold(50_000, 20, 20)  # as for the tests themselves; who migrates a home makes new classes without end
    while True:
        told, given, _, _ = socket.recv_fds(channel, 65_536, 3)
        if not told:
            return
        asked = json.loads(_line(channel, told))
        child = os.fork()
        if child == 0:
            channel.close()
            _become(asked, given)
            return
        for one in given:
            os.close(one)
        channel.sendall(b"%d\n" % os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _become(asked: Mapping[str, object], given: Sequence[int]) -> None:
    """The command itself; it ends as an interpreter ends, with what is to be done at the end of one."""
    signal.alarm(MOST_SECONDS)
    for ours, one in enumerate(given):
        os.dup2(one, ours)
        os.close(one)
    os.chdir(str(asked["place"]))
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.path[0] = str(asked["place"])
    sys.argv = ["-c" if asked["code"] else "qiantang", *asked["arguments"]]
    _end(_run(str(asked["code"])))


def _run(code: str) -> int:
    try:
        if code:
            exec(compile(code, "<string>", "exec"), {"__name__": "__main__"})
        else:
            runpy.run_module("qiantang.cli", run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # noqa: BLE001 - told as an interpreter tells it
        traceback.print_exc()
        return 1
    return 0


def _end(code: int) -> None:
    """As an interpreter ends, but for the memory, which it shares with others and need not tidy up."""
    threading._shutdown()  # waits for threads
    atexit._run_exitfuncs()
    for one in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody listens any more
            one.flush()
    os._exit(code)


if __name__ == "__main__":
    _fork_on_demand(socket.socket(fileno=int(sys.argv[1])))
