"""A timestamp authority on loopback, which a test can make silent, slow of wit, or a liar."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from qiantang.engines.notary.demo import DemoAuthority


class StampOffice:
    """Answers as the demo authority would, or with what ``answers`` makes of the query."""

    def __init__(self, folder):
        self.keys = DemoAuthority(folder=folder)
        self.answers = self.keys.answer
        self.status = 200
        self.asked = 0
        self.port = 0

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}/stamp"


@contextmanager
def stamp_office(folder):
    office = StampOffice(folder)

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self):
            query = self.rfile.read(int(self.headers["Content-Length"]))
            office.asked += 1
            answer = office.answers(query) if office.status == 200 else b"closed"
            self.send_response(office.status)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_told):
            """Quietly."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    office.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
