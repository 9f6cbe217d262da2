"""``qiantang search … --export FILE``."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_cli import DONE, FAILED, gazette, several

REFUSED = {
    ("阀门", "all.doc"): "query.export_ending",
    ("阀门", "b.csv", "--columns", "address"): "query.export_columns",
    ("阀门", "b.txt", "--spelling", "mine"): "query.export_spelling",
    ("(阀门", "b.csv"): "query.syntax",
    ("阀门", "a.csv/b.csv"): "query.export_unwritable",
}


@pytest.mark.feature("S3-15")
def test_all_hits_go_into_a_file_of_the_format_its_name_tells(tmp_path):
    files = [tmp_path / f"all.{ending}" for ending in ("csv", "json", "txt")]
    written = [("search", "阀门", "--sort", "-PD", "--export", str(file), "--language", "en") for file in files]
    refused = [("search", query, "--export", str(tmp_path / name), *more) for query, name, *more in REFUSED]
    calls = [("import", str(gazette(tmp_path / "a.csv", 1))), *written, *refused]
    _, *done = several(*calls, home=tmp_path / "home")
    assert [code for code, _ in done] == [DONE] * len(files) + [FAILED] * len(refused)
    for (_, told), file in zip(done, files, strict=False):
        assert (told["total"], told["snapshot"], told["file"]) == (30, 1, str(file))
        assert told["size_bytes"] == file.stat().st_size
    assert [told["error"]["code"] for _, told in done[len(files) :]] == list(REFUSED.values())
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "all.csv", "all.json", "all.txt", "home"]
    document = json.loads(files[1].read_text())
    assert (len(document["patents"]), document["about"]["sort"]) == (30, "-PD")
    assert sum(not line.startswith("# ") for line in files[2].read_text().splitlines()) == 30
