"""One pass over the bytes of a document: proves that it is well-formed, and tells where its elements begin and end.

Machine code, compiled on first use and kept beside these files or in the user's cache. It knows the part of XML that patent
offices write, and less than the standard: names are ASCII, name spaces are declared on the document element, no DTD. What
it does not know it does not judge: ``scan`` gives ``UNSURE``, and a whole parser decides. So it may only ever err by being
unsure, which the tests hold against lxml.

Bounds are not checked. All bytes are read through ``b``, which ends in ``PAST`` bytes 0: no loop passes a 0, none looks
further ahead, and every place that stands in a table was found by ``scan``.
"""

from qiantang.corpus.ingest.methods.trees.scanning.elements import (
    BEGIN,
    CARE,
    END,
    LAST,
    NAME,
    NAME_BYTES,
    NAMES,
    SLOTS,
    TAG,
    WIDE,
    number_of,
    scan,
)
from qiantang.corpus.ingest.methods.trees.scanning.looking import first, follow, rows, words
from qiantang.corpus.ingest.methods.trees.scanning.signs import FULL, PAST
from qiantang.corpus.ingest.methods.trees.scanning.telling import tell, tell_all

__all__ = [
    "BEGIN",
    "CARE",
    "END",
    "FULL",
    "LAST",
    "NAME",
    "NAMES",
    "NAME_BYTES",
    "PAST",
    "SLOTS",
    "TAG",
    "WIDE",
    "first",
    "follow",
    "number_of",
    "rows",
    "scan",
    "tell",
    "tell_all",
    "words",
]
