"""A process that goes on for months, or through many homes, keeps no more files open than it reads."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path

from qiantang.corpus.register import api
from qiantang.corpus.register.selectors.view import OPEN_FRAMES, OPEN_HOMES, register
from qiantang.corpus.register.types import SearchRequest

from .shelf import File, seen, stock


def open_files(place: Path) -> Counter[str]:
    """The files below a folder that this process has open, by name; a mapped file is one as well."""
    found = []
    for one in Path("/proc/self/fd").iterdir():
        with suppress(FileNotFoundError):  # the one by which the folder itself is read
            found.append(str(one.readlink()))
    return Counter(name for name in found if name.startswith(f"{place}/"))


def look_around() -> None:
    assert api.search(SearchRequest(query="")).total > 0
    assert api.coverage().patents > 0
    register().frames()


def test_of_many_homes_only_the_last_ones_are_open(home, settings):
    places = [home / f"{number:02}" for number in range(OPEN_HOMES + 4)]
    for place in places:
        stock(place, File("one.csv", [seen(1, ("CN199000001", "A", "2019-07-12"))]))
        settings.QIANTANG_HOME = place
        look_around()
    assert [place for place in places if open_files(place)] == places[-OPEN_HOMES:]


def test_a_register_of_many_small_loads_is_read_with_few_files_open(home):
    """Of a small layer only its frame is open, once for each snapshot that is kept open; sixteen files of it are not."""
    for number in range(8):
        stock(home, File(f"{number}.csv", [seen(1, (f"CN1990{number:05}", "A", "2019-07-12"))]))
        look_around()
    layers = len(register().current()[0].layers)
    assert layers == 8
    told = open_files(home)
    assert {Path(name).parent.name for name in told} == {"frames"}, told
    assert sum(told.values()) <= layers * OPEN_FRAMES
