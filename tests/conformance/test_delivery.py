"""Every adapter that delivers keeps the same promises; what only a mail server can do is shown below them."""

from __future__ import annotations

import email.policy
import ssl
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from ipaddress import ip_address

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from qiantang.engines.delivery import port
from qiantang.engines.delivery.folder import FolderDelivery
from qiantang.engines.delivery.smtp import SmtpDelivery
from qiantang.kernel.errors import Invalid, Unavailable
from tests.engines.post_office import post_office

pytestmark = pytest.mark.feature("X-11")
MAIL = port.Mail(
    message_id="7.notice@city.example",
    sender="钱塘 <notices@city.example>",
    recipient="lin@example.org",
    subject="检索“电池热管理”有 3 件新命中",
    text="发生了什么\n.\n..一行以点开头\n" + "很长的一行" * 200,
    language="zh-Hans",
    written_at=datetime(2026, 11, 20, 6, 3, tzinfo=UTC),
)


def nothing():
    """Nobody minds."""


class Folder:
    def __init__(self, place):
        self.delivery = port.load(f"{FolderDelivery.__module__}.FolderDelivery", place=place / "mail")

    def mails(self):
        found = sorted(self.delivery.place.glob("*.eml"))
        return [message_from_bytes(one.read_bytes(), policy=email.policy.default) for one in found]


class Server:
    def __init__(self, office):
        url = f"smtp://127.0.0.1:{office.port}"
        self.delivery = port.load(f"{SmtpDelivery.__module__}.SmtpDelivery", url=url, timeout=5)
        self.office = office

    def mails(self):
        return self.office.mails


@pytest.fixture(params=["folder", "smtp"])
def house(request, tmp_path):
    if request.param == "folder":
        yield Folder(tmp_path)
    else:
        with post_office() as office:
            yield Server(office)


def test_what_is_sent_arrives_as_it_was_written(house):
    house.delivery.send(MAIL, handing_over=nothing)
    (mail,) = house.mails()
    assert mail["Subject"] == MAIL.subject
    assert mail["Message-ID"] == f"<{MAIL.message_id}>"
    assert mail["From"].addresses[0].display_name == "钱塘"
    assert [one.addr_spec for one in mail["To"].addresses] == [MAIL.recipient]
    assert mail["Date"].datetime == MAIL.written_at
    assert mail["Content-Language"] == "zh-Hans"
    assert mail.get_content().replace("\r\n", "\n").rstrip("\n") == MAIL.text


def test_the_handing_over_is_told_once_and_before_anything_has_arrived(house):
    seen = []
    house.delivery.send(MAIL, handing_over=lambda: seen.append(len(house.mails())))
    assert seen == [0]


def test_who_cannot_note_the_handing_over_sends_nothing(house):
    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        house.delivery.send(MAIL, handing_over=fail)
    assert house.mails() == []


def test_a_domain_in_chinese_is_written_as_servers_know_it(house):
    house.delivery.send(replace(MAIL, recipient="lin@例子.cn"), handing_over=nothing)
    assert house.mails()[0]["To"].addresses[0].addr_spec == "lin@xn--fsqu00a.cn"


@pytest.mark.parametrize("wrong", [{"recipient": "no address"}, {"recipient": "林@a.cn"}, {"subject": "a\nBcc: x@y.z"}])
def test_what_cannot_be_written_is_refused_before_it_is_handed_over(house, wrong):
    with pytest.raises(Invalid, match=r"delivery\.refused"):
        house.delivery.send(replace(MAIL, **wrong), handing_over=lambda: pytest.fail("handed over"))
    assert house.mails() == []


# --- a mail server ---------------------------------------------------------------------------------------------------


@pytest.fixture
def server():
    with post_office() as office:
        yield Server(office)


@pytest.mark.parametrize("step", ["EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    ("answer", "kind", "code"),
    [
        ("451 later", Unavailable, "delivery.unavailable"),
        (None, Unavailable, "delivery.unavailable"),
        ("550 never", Invalid, "delivery.refused"),
    ],
)
def test_before_the_handing_over_there_is_no_doubt(server, step, answer, kind, code):
    server.office.answers = {step: answer} | ({"HELO": answer} if step == "EHLO" else {})
    if step == "EHLO":  # a server that does not greet is not there, whatever the number
        kind, code = Unavailable, "delivery.unavailable"
    with pytest.raises(kind, match=code.replace(".", r"\.")):
        server.delivery.send(MAIL, handing_over=lambda: pytest.fail("handed over"))
    assert server.mails() == []


@pytest.mark.parametrize(
    ("answer", "kind", "code", "arrived"),
    [
        ("452 disk full", Unavailable, "delivery.unavailable", 0),
        ("554 spam", Invalid, "delivery.refused", 0),
        (None, Unavailable, "delivery.in_doubt", 1),
    ],
)
def test_after_it_an_answer_settles_it_and_silence_leaves_doubt(server, answer, kind, code, arrived):
    server.office.answers = {"END": answer}
    with pytest.raises(kind, match=code.replace(".", r"\.")):
        server.delivery.send(MAIL, handing_over=nothing)
    assert len(server.mails()) == arrived


def test_nobody_at_home_is_unavailable():
    with post_office() as office:
        url = f"smtp://127.0.0.1:{office.port}"
    with pytest.raises(Unavailable, match=r"delivery\.unavailable"):
        SmtpDelivery(url=url, timeout=2).send(MAIL, handing_over=nothing)


def authority(folder):
    """A certificate for 127.0.0.1 that vouches for itself, in a file, and the context of its server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / "ca.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    return pem, context


def test_with_starttls_the_password_and_the_message_go_out_covered(tmp_path):
    pem, context = authority(tmp_path)
    with post_office(context) as office:
        url = f"smtp+tls://lin:se%40cret@127.0.0.1:{office.port}?ca={pem}"
        SmtpDelivery(url=url, timeout=5).send(MAIL, handing_over=nothing)
        assert len(office.letters) == 1
        words = office.heard
        assert words.index("STARTTLS") < words.index("AUTH") < words.index("MAIL")


def test_a_server_without_tls_or_with_a_strange_certificate_gets_neither(tmp_path):
    _, context = authority(tmp_path)
    for offered in (None, context):
        with post_office(offered) as office:
            url = f"smtp+tls://lin:secret@127.0.0.1:{office.port}"
            with pytest.raises(Unavailable, match=r"delivery\.unavailable"):
                SmtpDelivery(url=url, timeout=5).send(MAIL, handing_over=nothing)
            assert not {"AUTH", "MAIL"} & set(office.heard)


@pytest.mark.parametrize("url", ["", "http://a", "smtp://", "127.0.0.1:25"])
def test_an_address_that_is_no_mail_server_is_found_at_the_start(url):
    with pytest.raises(ValueError, match="mail server"):
        SmtpDelivery(url=url)
