"""The vault: nothing readable on disk or in a table, nothing handed out without a yes and a line for it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from django.db import connection

from qiantang.commons.audit import api as audit
from qiantang.commons.files.api import readings_of, vault
from qiantang.commons.files.methods import sealing
from qiantang.commons.files.models import SealedObject
from qiantang.kernel.actor import Actor
from qiantang.kernel.decision import Decision
from qiantang.kernel.errors import Conflict, NotFound, NotPermitted, Unavailable

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-17")]
SYSTEM = Actor.system("test")
SECRET = "一种离心水泵及其控制方法"
YES = Decision.allow()


@pytest.fixture
def home(settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path
    return tmp_path


@pytest.fixture
def kept(home):
    return vault.keep(actor=SYSTEM, belongs="case:1", kind="draft", name=f"{SECRET}.txt", content=SECRET.encode())


def opened(kept, **more):
    return vault.read(actor=SYSTEM, sealed_id=kept, allowed=YES, read_as="examiner", why="examination", **more)


def test_what_is_kept_comes_back_and_lies_nowhere_in_readable_form(home, kept):
    assert opened(kept).content.decode() == SECRET
    assert opened(kept).name == f"{SECRET}.txt"
    lying = b"".join(place.read_bytes() for place in home.rglob("*") if place.is_file())
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM files_sealedobject")
        stored = str(cursor.fetchall())
    for piece in (SECRET, SECRET[2:6]):
        assert piece.encode() not in lying
        assert piece not in stored
    assert {stat.S_IMODE(place.stat().st_mode) for place in (home / "vault" / "keys").iterdir()} == {0o600}


def test_every_reading_is_a_line_for_the_party_and_in_the_journal(home, kept):
    assert readings_of(SYSTEM, "case:1") == ()
    opened(kept)
    (line,) = readings_of(SYSTEM, "case:1")
    assert (line.name, line.read_as, line.why, line.kind) == ("system: test", "examiner", "examination", "draft")
    verbs = [entry.verb for entry in audit.entries(SYSTEM, subject=f"sealed:{kept}")]
    assert verbs == ["files.sealed.read", "files.sealed.keep"]


def test_without_a_yes_nothing_is_read_and_no_line_is_written(home, kept):
    no = Decision.refuse("preexam.not_assigned")
    with pytest.raises(NotPermitted, match="not_assigned"):
        vault.read(actor=SYSTEM, sealed_id=kept, allowed=no, read_as="x", why="y")
    assert readings_of(SYSTEM, "case:1") == ()


def test_a_ciphertext_under_another_owner_or_touched_does_not_open(home, kept):
    SealedObject.objects.filter(pk=kept).update(belongs="case:2")
    with pytest.raises(Conflict, match="sealed_damaged"):
        opened(kept)
    SealedObject.objects.filter(pk=kept).update(belongs="case:1")
    (place,) = [one for one in (home / "vault" / "objects").rglob("*") if one.is_file()]
    sealed = place.read_bytes()
    place.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(Conflict, match="sealed_damaged"):
        opened(kept)


def test_a_key_that_is_gone_is_named_and_an_erased_object_stays_away(home, kept):
    name = SealedObject.objects.get().key_id
    with pytest.raises(NotFound, match="sealed_unknown"):
        vault.erase(actor=SYSTEM, sealed_id=kept + 1, reason="none")
    vault.erase(actor=SYSTEM, sealed_id=kept, reason="withdrawn")
    with pytest.raises(NotFound, match="sealed_erased"):
        opened(kept)
    token = vault.hide("x", "case:1")
    (Path(home) / "vault" / "keys" / f"{name}.key").unlink()
    from qiantang.commons.files.services.keys import _read

    _read.cache_clear()
    with pytest.raises(Unavailable) as refused:
        vault.shown(token, "case:1")
    assert refused.value.facts["key"] == name


def test_short_texts_for_columns(home):
    token = vault.hide(SECRET, "case:1")
    assert SECRET not in token
    assert vault.shown(token, "case:1") == SECRET
    assert (vault.hide("", "case:1"), vault.shown("", "case:1")) == ("", "")
    with pytest.raises(Conflict, match="sealed_damaged"):
        vault.shown(token, "case:2")
    with pytest.raises(sealing.NotOpened):
        sealing.opened_text("plain words", sealing.new_key(), "case:1")
    assert vault.keyed("a") != vault.keyed("b")
    assert vault.keyed("a") == vault.keyed("a")
