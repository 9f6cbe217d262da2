"""XML documents as trees: one way to look at them (``port``), two fast ways to read and a strict one.

``read`` takes a fast way where it is sure to give what lxml would, and lxml otherwise: the scan, which is machine code and
costs a second to get ready, once so much has been read that this second comes back; pugixml before. ``read_strictly`` is
lxml alone: the oracle of the tests and the other side of the bench.
"""

from __future__ import annotations

from collections.abc import Callable

from qiantang.corpus.ingest.methods.trees import lxml_tree, pugi_tree
from qiantang.corpus.ingest.methods.trees.port import PLAIN, Node, Wording, closed_up

Parse = Callable[[bytes], Node]

__all__ = ["PLAIN", "Node", "Parse", "Wording", "closed_up", "read", "read_by_scan", "read_strictly"]
_REPAYS = 64 * 2**20


def read_strictly(content: bytes) -> Node:
    """The document element of UTF-8 bytes by lxml.

    errors  ``lxml.etree.XMLSyntaxError`` with the position
    """
    return lxml_tree.parse(content)


def read(content: bytes) -> Node:
    """The document element of UTF-8 bytes that begin with its start tag, by the fastest way.

    errors  ``lxml.etree.XMLSyntaxError`` with the position
    """
    if _seen.bytes < _REPAYS:
        _seen.bytes += len(content)
        return pugi_tree.parse(content) or lxml_tree.parse(content)
    return read_by_scan(content)


def read_by_scan(content: bytes) -> Node:
    """The same as ``read``, without waiting until the scan repays what it costs to get ready."""
    from qiantang.corpus.ingest.methods.trees import scan_tree  # noqa: PLC0415 numba comes with it

    return scan_tree.parse(content) or pugi_tree.parse(content) or lxml_tree.parse(content)


class _Seen:
    """How much this process has read."""

    bytes = 0


_seen = _Seen()
