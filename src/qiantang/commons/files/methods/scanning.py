r"""The virus adapter: a client of the clamd daemon (ClamAV), used only where an address is given.

Protocol: the ``INSTREAM`` command of clamd's manual page: ``zINSTREAM\0``, then chunks each led by its length in four bytes
(network order), a chunk of length nought at the end; one answer ending in NUL: ``stream: OK``, ``stream: <name> FOUND`` or
``… ERROR``. Tested against a small daemon of our own on the loopback which speaks this protocol, not against clamd itself.
"""

from __future__ import annotations

import socket
import struct
from contextlib import suppress
from typing import BinaryIO

from qiantang.kernel.errors import Unavailable

_CHUNK = 1 << 16
_ANSWER_BYTES = 4096


class ClamdScanner:
    """``address`` is ``tcp://host:port`` or ``unix:/path/of/socket``; ``timeout_seconds`` bounds each wait."""

    def __init__(self, address: str, *, timeout_seconds: float = 30.0) -> None:
        self._address = address
        self._timeout = timeout_seconds

    def scan(self, stream: BinaryIO) -> str | None:
        """The name of what was found, or None for clean.

        errors  ``Unavailable`` files.scanner_unavailable: no daemon, no answer in time, or an answer that is an error
        """
        try:
            with self._connected() as line:
                answer = _asked(line, stream)
        except (OSError, ValueError) as problem:
            raise Unavailable("files.scanner_unavailable", address=self._address, said=str(problem)) from problem
        verdict = answer.removeprefix("stream: ")
        if verdict == "OK":
            return None
        if verdict.endswith(" FOUND"):
            return verdict.removesuffix(" FOUND")
        raise Unavailable("files.scanner_unavailable", address=self._address, said=answer)

    def _connected(self) -> socket.socket:
        if self._address.startswith("unix:"):
            line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            line.settimeout(self._timeout)
            try:
                line.connect(self._address.removeprefix("unix:"))
            except OSError:
                line.close()
                raise
            return line
        host, _, port = self._address.removeprefix("tcp://").rpartition(":")
        return socket.create_connection((host.strip("[]"), int(port)), timeout=self._timeout)


def _asked(line: socket.socket, stream: BinaryIO) -> str:
    # The daemon may answer and hang up before the end (its size limit): then the answer counts, not the broken pipe.
    with suppress(BrokenPipeError, ConnectionResetError):
        line.sendall(b"zINSTREAM\0")
        while chunk := stream.read(_CHUNK):
            line.sendall(struct.pack("!L", len(chunk)) + chunk)
        line.sendall(struct.pack("!L", 0))
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _ANSWER_BYTES:
        part = line.recv(_ANSWER_BYTES)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
