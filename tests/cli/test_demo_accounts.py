"""The accounts that the demo names."""

from __future__ import annotations

from qiantang.cli.serving import _OF_ROOMS
from qiantang.portal.hall import demo as hall
from qiantang.scenarios.preexam import demo as preexam
from qiantang.scenarios.protection import demo as protection


def test_the_demo_names_every_account_that_its_rooms_make():
    assert set(_OF_ROOMS) == {*preexam._PEOPLE, *protection._PEOPLE, *hall._PEOPLE}
    assert len(_OF_ROOMS) == len(set(_OF_ROOMS))
