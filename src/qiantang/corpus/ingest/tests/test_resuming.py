"""A load that was stopped goes on where it stopped, and gives what an uninterrupted one gives."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from qiantang.corpus.ingest import api
from qiantang.corpus.ingest.methods.readers.gazette_table import GazetteTableReader
from qiantang.corpus.register import api as register
from qiantang.corpus.register.tests.reach import digest

from . import readings
from .folders import damaged

SOURCE = Path(__file__).resolve().parents[4]
DAY = date(2026, 1, 1)


class Stops(GazetteTableReader):
    """Reads like the gazette's reader, counts what it reads, and breaks at the file named."""

    def __init__(self, at=None):
        self.at, self.seen = at, []

    def read(self, stream, name):
        if name == self.at:
            raise MemoryError
        self.seen.append(name)
        yield from super().read(stream, name)


def filled(files, count=4):
    for place in range(count):
        (files / f"{place}.csv").write_bytes(readings.table(damaged(40) if place == 1 else readings.rows(30 + place)))


@pytest.mark.feature("X-29")
def test_files_that_were_read_to_their_end_are_not_read_again(home, files, tmp_path, settings):
    filled(files)
    with pytest.raises(MemoryError):
        api.load_paths([files], reader=Stops("2.csv"), day=DAY)
    assert register.current_snapshot() is None
    register.upkeep.compact(register.register())  # care in between takes nothing away
    reader = Stops()
    report = api.load_paths([files], reader=reader, day=DAY)
    assert reader.seen == ["2.csv", "3.csv"]
    assert [s.resumed for s in report.sources] == [True, True, False, False]
    resumed = digest(), [(s.read, s.kept, s.merged, s.refused, dict(s.reasons)) for s in report.sources]
    told = api.refused_rows(api_actor(), report.load, page())
    assert (told.total, {row.file for row in told.items}) == (3, {"1.csv"})
    assert report.quality["formats"][0]["rows"] == sum(s.read - s.refused for s in report.sources)
    assert not (home / "register" / "resume").exists()

    settings.QIANTANG_HOME = tmp_path / "other"
    whole = api.load_paths([files], day=DAY)
    assert resumed == (digest(), [(s.read, s.kept, s.merged, s.refused, dict(s.reasons)) for s in whole.sources])
    assert not any(s.resumed for s in whole.sources)


def api_actor():
    from qiantang.kernel.actor import Actor

    return Actor.system("test")


def page():
    from qiantang.kernel.paging import PageRequest

    return PageRequest(size=50)


def test_rows_that_were_damaged_since_are_read_again(home, files):
    filled(files, 2)
    with pytest.raises(MemoryError):
        api.load_paths([files], reader=Stops("1.csv"), day=DAY)
    (kept,) = (home / "register" / "resume").glob("*.arrow")
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    reader = Stops()
    report = api.load_paths([files], reader=reader, day=DAY)
    assert reader.seen == ["0.csv", "1.csv"]
    assert not any(s.resumed for s in report.sources)


def test_another_version_of_the_reader_reads_again(home, files):
    filled(files, 2)
    with pytest.raises(MemoryError):
        api.load_paths([files], reader=Stops("1.csv"), day=DAY)
    newer = Stops()
    newer.version += 1
    assert not any(s.resumed for s in api.load_paths([files], reader=newer, day=DAY).sources)


def test_a_load_that_is_over_leaves_nothing_to_go_on_with(home, files):
    filled(files)
    api.load_paths([files], day=DAY)
    api.load_paths([files], day=DAY)
    assert not (home / "register" / "resume").exists()
    old = home / "register" / "resume" / "x.arrow"
    old.parent.mkdir()
    old.write_bytes(b"of last month")
    os.utime(old, (time.time() - 30 * 86_400,) * 2)
    register.upkeep.compact(register.register())
    assert not old.parent.exists()


LOADER = """
import sys
sys.path.insert(0, {source!r})
import django
django.setup()
from django.conf import settings
from pathlib import Path
from datetime import date
settings.QIANTANG_HOME = Path({home!r})
from qiantang.corpus.ingest import api
print("ready", flush=True)
api.load_paths([Path({files!r})], day=date(2026, 1, 1))
print("done", flush=True)
"""


@pytest.mark.parametrize("attempt", range(3))
def test_killed_at_any_moment_again_and_again_the_load_ends_as_if_it_had_not_been(
    home, files, settings, tmp_path, attempt
):
    filled(files, 12)
    script = LOADER.format(source=str(SOURCE), home=str(home), files=str(files))
    for _ in range(3):
        with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout.readline() == "ready\n"
            time.sleep(random.uniform(0.0, 0.4))
            os.kill(child.pid, signal.SIGKILL)
    api.load_paths([files], day=DAY)
    interrupted = digest()
    settings.QIANTANG_HOME = tmp_path / "other"
    api.load_paths([files], day=DAY)
    assert interrupted == digest()
