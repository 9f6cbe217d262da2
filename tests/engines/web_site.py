"""A site on loopback with the pages that a capture must tell apart."""

from __future__ import annotations

import base64
import ssl
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HEAD = "<!doctype html><meta charset=utf-8><title>西湖龙井旗舰店</title>"
SHOP = f"""{HEAD}<h1>明前龙井 250 克</h1><p>¥199.00</p><p>店铺：某某茶叶店</p><img src=/tea.png width=40 height=40 loading=lazy
style="margin-top:2000px"><p id=late></p><button onclick="document.getElementById('licence').hidden=false">营业执照</button>
<p id=licence hidden>统一社会信用代码：91330106MA2XXXXX1X</p><ul><li class=comment>很香</li></ul>
<script>late.textContent = "由脚本写成"</script>"""
PAGES = {
    "/shop": SHOP,
    "/list": f"{HEAD}<p>第一页</p><a rel=next href=/list2>下一页</a>",
    "/list2": f"{HEAD}<p>第二页</p>",
    "/blank": "<!doctype html><title>x</title><div></div>",
    "/robot": f"{HEAD}<p>请完成安全验证，拖动滑块</p>",
    "/torn": f"{HEAD}<p>图片缺失</p><img src=/gone.png width=40 height=40>",
    "/inside": f"{HEAD}<p>文字</p><iframe src=http://169.254.169.254/latest></iframe><iframe src=file:///etc/hostname></iframe>",
}
REDIRECTS = {"/moved": "/shop", "/out": "http://10.1.2.3/secret", "/file": "file:///etc/hostname"}
STATUSES = {"/forbidden": 403, "/gone.png": 404}


class Site:
    """Where it is, what was asked of it, and its pages, which a test may change."""

    def __init__(self) -> None:
        self.pages, self.asked, self.port = dict(PAGES), [], 0
        self.scheme = "http"

    def at(self, path):
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"


class Answers(BaseHTTPRequestHandler):
    """What the site says; ``site`` is set on the class of each self.site."""

    def do_GET(self):
        self.site.asked.append(self.path)
        if self.path in REDIRECTS:
            self.send_response(302)
            self.send_header("Location", REDIRECTS[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if self.path == "/tea.png":
            self._answers(200, "image/png", DOT)
        elif self.path == "/zip":
            self._answers(200, "application/zip", b"PK")
        else:
            status = STATUSES.get(self.path, 200 if self.path in self.site.pages else 404)
            self._answers(status, "text/html; charset=utf-8", self.site.pages.get(self.path, "no").encode())

    def _answers(self, status, kind, body):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Set-Cookie", "session=known-to-nobody; Path=/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_told):
        """Quietly."""


@contextmanager
def web_site(chain=None):
    """The site; over TLS with a file that holds key and certificates."""
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Answers,), {"site": site}))
    if chain is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        site.scheme = "https"
    site.port = server.server_port
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
