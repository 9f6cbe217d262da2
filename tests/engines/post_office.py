"""A mail server on loopback that speaks as much SMTP as a test needs, and can be told to fail at any step."""

from __future__ import annotations

import email.policy
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import cast


class _Dialogue(StreamRequestHandler):
    """One connection. ``answers`` maps a word of the dialogue to another answer than the usual; None hangs up."""

    server: PostOffice
    timeout = 5
    disable_nagle_algorithm = True

    def handle(self) -> None:
        try:
            self._talk()
        except (ConnectionError, TimeoutError, ssl.SSLError):
            return

    def _talk(self) -> None:
        self._say("220 loopback ready")
        while line := self.rfile.readline():
            word = line.split()[0].decode().upper() if line.split() else ""
            self.server.heard.append(word)
            if word in self.server.answers:
                answer = self.server.answers[word]
                if answer is None:
                    return
                self._say(answer)
            elif word == "DATA":
                self._say("354 go ahead")
                if not self._take():
                    return
            elif word == "EHLO":
                offers = ["STARTTLS"] if self.server.context and not self._is_secure() else ["AUTH PLAIN"]
                for offer in ("loopback", *offers[:-1]):
                    self._say(f"250-{offer}")
                self._say(f"250 {offers[-1]}")
            elif word == "STARTTLS" and self.server.context:
                self._say("220 go ahead")
                self._secure()
            elif word == "AUTH":
                self._say("235 welcome")
            elif word == "QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> bool:
        """Read the data; the message counts as taken before the answer goes out, as with any real server."""
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        answer = self.server.answers.get("END", "250 taken")
        if answer is None or answer.startswith("250"):
            self.server.letters.append(b"".join(lines))
        if answer is None:
            return False
        self._say(answer)
        return True

    def _say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _is_secure(self) -> bool:
        return isinstance(self.connection, ssl.SSLSocket)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _secure(self) -> None:
        assert self.server.context
        self.rfile.close()
        self.connection = self.server.context.wrap_socket(self.connection, server_side=True)
        self.rfile = cast("socket.SocketIO", self.connection.makefile("rb"))  # type: ignore[assignment]  # the stubs are narrower
        self.wfile = self.connection.makefile("wb", buffering=0)  # type: ignore[assignment]  # likewise


class PostOffice(ThreadingTCPServer):
    """What arrived, in order; what was said; what to answer instead."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Dialogue)
        self.context = context
        self.letters: list[bytes] = []
        self.heard: list[str] = []
        self.answers: dict[str, str | None] = {}

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    @property
    def mails(self) -> list[EmailMessage]:
        return [cast("EmailMessage", message_from_bytes(one, policy=email.policy.default)) for one in self.letters]


@contextmanager
def post_office(context: ssl.SSLContext | None = None) -> Iterator[PostOffice]:
    """An open post office, until the block ends."""
    with PostOffice(context) as office:
        Thread(target=office.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        try:
            yield office
        finally:
            office.shutdown()
