"""The formats the platform reads, in the order in which they are tried. Tables with a mapping are not among them: an
operator names their mapping.
"""

from __future__ import annotations

from qiantang.corpus.ingest.methods.readers.cnipa_xml import CnipaPublicationReader
from qiantang.corpus.ingest.methods.readers.gazette_table import GazetteTableReader
from qiantang.corpus.ingest.methods.synthetic import SyntheticReader
from qiantang.corpus.ingest.types import FileRefused, Reader, Refusal
from qiantang.kernel.registry import Registry

READERS: Registry[Reader] = Registry("reader")
for _reader in (CnipaPublicationReader(), GazetteTableReader(), SyntheticReader()):
    READERS.register(_reader.name, _reader)


def recognise(head: bytes, name: str) -> Reader:
    """The reader of a file, by its first 64 KiB and its name.

    errors  ``FileRefused`` format_unknown, telling what was looked for
    """
    for reader in READERS:
        if reader.recognises(head, name):
            return reader
    looked_for = [f"{reader.name}: {reader.looks_for}" for reader in READERS]
    raise FileRefused(Refusal(0, "format_unknown", facts={"name": name, "looked_for": looked_for}))
