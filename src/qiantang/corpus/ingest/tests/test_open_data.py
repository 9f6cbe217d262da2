"""The page that writes the register as open data: asked for once, written by the worker, handed out with digests."""

from __future__ import annotations

import fcntl
from hashlib import sha256

import pytest

from qiantang.corpus.ingest.models import OpenDataRun
from qiantang.corpus.ingest.selectors.open_data import lock_file, open_data_state
from qiantang.corpus.ingest.services import loading
from qiantang.corpus.ingest.services.open_data import perform_open_data, request_open_data
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, NotFound, NotPermitted

from . import readings
from .folders import damaged

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-29")]
PAGE = "/import/open-data"
SYSTEM = Actor.system("test")


@pytest.fixture
def loaded(home, tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(readings.table(damaged(40)))
    return loading.load_paths([path])


@pytest.mark.parametrize("method", ["get", "post"])
def test_operators_alone(client, as_person, home, method):
    assert getattr(as_person, method)(PAGE).status_code == 403
    client.logout()
    assert getattr(client, method)(PAGE).status_code == 302
    assert client.get(f"{PAGE}/snapshot-000001/datapackage.json").status_code == 302
    with pytest.raises(NotPermitted):
        request_open_data(actor=Actor.public())
    assert OpenDataRun.objects.count() == 0


def test_an_empty_register_has_nothing_to_hand_out(as_operator, home):
    assert "Nothing is handed out yet" in as_operator.get(PAGE, headers={"accept-language": "en"}).content.decode()
    with pytest.raises(NotFound, match=r"register\.empty"):
        request_open_data(actor=SYSTEM)


def test_a_press_writes_the_newest_snapshot_and_its_files_are_what_is_told(
    as_operator, loaded, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        assert as_operator.post(PAGE).status_code == 302
    run = OpenDataRun.objects.get()
    assert (run.state, run.snapshot) == ("done", loaded.snapshot)
    (dump,) = as_operator.get(PAGE).context["dumps"]
    files = {one.name: one for one in dump["dump"].files}
    assert files["patents.parquet"].rows == loaded.totals["kept"]
    answer = as_operator.get(f"{PAGE}/{dump['dump'].name}/patents.parquet")
    assert sha256(b"".join(answer.streaming_content)).hexdigest() == files["patents.parquet"].sha256


def test_one_at_a_time(loaded):
    request_open_data(actor=SYSTEM)
    with pytest.raises(Conflict, match="open_data_under_way"):
        request_open_data(actor=SYSTEM)


def test_a_run_whose_writer_died_has_broken_off_and_may_be_asked_for_again(loaded):
    run = request_open_data(actor=SYSTEM)
    OpenDataRun.objects.update(state="running")
    lock_file().parent.mkdir(parents=True)
    with lock_file().open("wb") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        assert open_data_state(SYSTEM).newest.state == "running"
        perform_open_data(actor=SYSTEM, run_id=run.pk)  # a second worker finds the place taken
        run.refresh_from_db()
        assert (run.state, run.error_code) == ("failed", "ingest.open_data_under_way")
    OpenDataRun.objects.update(state="running")
    assert open_data_state(SYSTEM).newest.error_code == "ingest.open_data_broke_off"
    again = request_open_data(actor=SYSTEM)
    assert perform_open_data(actor=SYSTEM, run_id=again.pk).state == "done"
