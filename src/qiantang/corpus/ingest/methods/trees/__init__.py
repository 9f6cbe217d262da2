"""XML documents as trees: one way to look at them (``port``), a fast parser and a strict one.

``read`` takes the fast parser where it is sure to give what lxml would, and lxml otherwise. ``Strict`` stands for lxml
alone: the oracle of the tests and the other side of the bench.
"""

from __future__ import annotations

from collections.abc import Callable

from qiantang.corpus.ingest.methods.trees import lxml_tree, pugi_tree
from qiantang.corpus.ingest.methods.trees.port import PLAIN, Node, Wording

Parse = Callable[[bytes], Node]

__all__ = ["PLAIN", "Node", "Parse", "Wording", "read", "read_strictly"]


def read_strictly(content: bytes) -> Node:
    """The document element of UTF-8 bytes by lxml.

    errors  ``lxml.etree.XMLSyntaxError`` with the position
    """
    return lxml_tree.parse(content)


def read(content: bytes) -> Node:
    """The document element of UTF-8 bytes that begin with its start tag, by the fastest way.

    errors  ``lxml.etree.XMLSyntaxError`` with the position
    """
    return pugi_tree.parse(content) or lxml_tree.parse(content)
