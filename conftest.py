"""What holds for every test of the house."""

from __future__ import annotations

import gc
import os
import resource
import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest
from hypothesis import HealthCheck, settings

# How long an example takes says something about the machine, nothing about the rule. What is landed is held against the
# same examples each time; at a desk they are drawn anew.
settings.register_profile(
    "house", deadline=None, derandomize="CI" in os.environ, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

# Thousands of cases are collected, and next to nothing of it is in a cycle: at 700 new objects the collector would look
# 1,700 times before the first test begins, a fifth of all the work until then.
gc.set_threshold(50_000, 20, 20)


def _is_handed_over(handle: int | IO[bytes]) -> None:
    """What ``fsync`` does where files lie in memory: it says whether there is such a file, and has nothing to wait for."""
    os.fstat(handle if isinstance(handle, int) else handle.fileno())


# Tests end processes, never the machine: nobody reads what only a disk would have kept. A load waits for its disk forty
# times, nine milliseconds each. Commands, servers and whatever else is started wait as they do in a city.
os.fsync = _is_handed_over

# A process may have so many files open on a new Debian: wherever the tests run, they have to do with it. At the end fewer
# are open than whatever grows with the tests would be by then: libraries, the database, the homes that were read last.
_OPEN_FILES, _LEFT_OPEN = 1_024, 400
_most = resource.getrlimit(resource.RLIMIT_NOFILE)
if _most[0] == resource.RLIM_INFINITY or _most[0] > _OPEN_FILES:
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _most[1]))

TOGETHER = "tests/journeys/"  # they share two houses that are dear to open: one worker has them all
_DATABASE = frozenset(
    ("db", "transactional_db", "django_db_reset_sequences", "django_db_serialized_rollback", "live_server")
)
_A_FEW_MODULES = 10
_settled = [0]  # how many modules there were when the garbage collector was last told to leave alone what there is
# What takes longest begins, so that the workers end together; the rest comes as chance has it.
FIRST = (
    *(TOGETHER, "tests/real/test_whole_folder", "tests/real/", "tests/cli/", "tests/docs/", "tests/contract/"),
    *("tests/engines/test_capture", "tests/conformance/", "src/qiantang/corpus/", "src/qiantang/scenarios/"),
)


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:  # noqa: ARG001 the hook's shape
    """Bytes name no case: archives carry the clock, and parallel runs must collect the same names."""
    return argname if isinstance(val, bytes) else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-only", action="store_true", help="only tests that are let at the database")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--database-only"):
        others = [item for item in items if not _let_at_the_database(item)]
        items[:] = [item for item in items if _let_at_the_database(item)]
        config.hook.pytest_deselected(items=others)

    def turn(item: pytest.Item) -> int:
        return next((place for place, start in enumerate(FIRST) if item.nodeid.startswith(start)), len(FIRST))

    items.sort(key=turn)


@pytest.fixture(scope="session", autouse=True)
def open_files_stay_few() -> Iterator[None]:
    """What a worker has open when all its tests are done, it would have after a month as well."""
    yield
    places: Counter[str] = Counter()
    for one in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one by which the folder itself is read
            places[str(one.readlink().parent)] += 1
    assert places.total() < _LEFT_OPEN, f"{places.total()} files are open: {places.most_common(20)}"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:  # noqa: ARG001 goes before
    """On SQLite the database of a worker begins as a copy of one that has all tables: to migrate it takes seconds."""
    if not _on_sqlite():
        yield
        return
    from django.db import connection, connections  # noqa: PLC0415 - settings stand now

    from tests.starting import pattern  # noqa: PLC0415 - only for tests with a database

    place = Path(connection.creation._get_test_db_name())  # noqa: SLF001 - the one place that knows the worker's
    shutil.copyfile(pattern(), place)
    yield
    connections.close_all()
    for left in place.parent.glob(f"{place.name}*"):
        left.unlink()


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """What is there already is kept, migrated where something is new in it, and left to the fixture that brought it."""
    return _on_sqlite()


def _on_sqlite() -> bool:
    from django.conf import settings as ours  # noqa: PLC0415 - chosen by pytest-django

    return str(ours.DATABASES["default"]["ENGINE"]).endswith("sqlite3")


def _let_at_the_database(item: pytest.Item) -> bool:
    """Whoever is not marked, and asks for no fixture that opens it, fails when it touches the database."""
    asked = getattr(item, "fixturenames", ())
    return item.get_closest_marker("django_db") is not None or not _DATABASE.isdisjoint(asked)


def pytest_collection_finish(session: pytest.Session) -> None:  # noqa: ARG001 the hook's shape
    """Thousands of tests stay to the end: the garbage collector, which each load calls, need not look through them."""
    _settle()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """The same of what the tests bring: libraries that come with a first call, templates, routes, what is kept in mind."""
    if nextitem is None or nextitem.path != item.path or len(sys.modules) > _settled[0] + _A_FEW_MODULES:
        _settle()


def _settle() -> None:
    gc.collect()
    gc.freeze()
    _settled[0] = len(sys.modules)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """A file stays with one worker, for what its tests share; the journeys do as well."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only there where tests run side by side

    class Files(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return TOGETHER if nodeid.startswith(TOGETHER) else nodeid.partition("::")[0]

    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # the order of pytest_collection_modifyitems
    return Files(config, log)
