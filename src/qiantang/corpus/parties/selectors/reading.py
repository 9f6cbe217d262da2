"""The reader of names with the places of the reference table, made once a process."""

from __future__ import annotations

from functools import lru_cache

from qiantang.commons.refdata import api as refdata
from qiantang.corpus.parties.methods.judging import Places
from qiantang.corpus.parties.methods.names import NameReader


@lru_cache(maxsize=1)
def places() -> Places:
    return Places(refdata.regions().codes_by_name())


@lru_cache(maxsize=1)
def name_reader() -> NameReader:
    return NameReader(places().codes)
