"""One pass over the bytes of a document: proves that it is well-formed, and tells where its elements begin and end.

Machine code, compiled on first use and kept (``machine``) beside these files or in the user's cache. It knows the part of XML that patent
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
    PIECE,
    PIECE_BEGIN,
    PIECE_WIDE,
    ROOMS,
    SLOTS,
    TAG,
    WIDE,
    number_of,
    scan,
)
from qiantang.corpus.ingest.methods.trees.scanning.looking import first, firsts, follow, lists
from qiantang.corpus.ingest.methods.trees.scanning.signs import FULL, PAST
from qiantang.corpus.ingest.methods.trees.scanning.telling import (
    END_OF_WORD,
    NOT_THERE,
    tell,
    tell_all,
    tell_attributes,
    tell_closed,
    tell_rows,
)

__all__ = [
    "BEGIN",
    "CARE",
    "END",
    "END_OF_WORD",
    "FULL",
    "LAST",
    "NAME",
    "NAMES",
    "NAME_BYTES",
    "NOT_THERE",
    "PAST",
    "PIECE",
    "PIECE_BEGIN",
    "PIECE_WIDE",
    "ROOMS",
    "SLOTS",
    "TAG",
    "WIDE",
    "first",
    "firsts",
    "follow",
    "lists",
    "number_of",
    "scan",
    "tell",
    "tell_all",
    "tell_attributes",
    "tell_closed",
    "tell_rows",
]
