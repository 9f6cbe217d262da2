"""A mail as the bytes of RFC 5322: seven bits wide, whatever is written in it."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from qiantang.engines.delivery.port import Mail
from qiantang.kernel.errors import Invalid


def letter(mail: Mail) -> bytes:
    """The message with its head, lines ended by CR LF.

    errors  Invalid ``delivery.refused`` where the head cannot be written: a line feed in it, an address that is none
    """
    made = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    try:
        made["From"] = mail.sender
        made["To"] = address_in(mail.recipient)
        made["Subject"] = mail.subject
        made["Date"] = format_datetime(mail.written_at)
        made["Message-ID"] = f"<{mail.message_id}>"
        made["Auto-Submitted"] = "auto-generated"  # RFC 3834: no answering machine need answer
        made.set_content(mail.text, cte="base64")
        made["Content-Language"] = mail.language
        return made.as_bytes()
    except (ValueError, IndexError) as fault:
        raise Invalid("delivery.refused", said=str(fault)[:200]) from fault


def address_in(text: str) -> str:
    """The bare address in ``Name <address>``, its domain in the letters that mail servers know (RFC 5890).

    errors  Invalid ``delivery.refused``
    """
    bare = text.rpartition("<")[2].removesuffix(">").strip()
    local, at, domain = bare.rpartition("@")
    try:
        if not (local.isascii() and local and at and domain) or any(one.isspace() for one in bare):
            raise ValueError(f"no address: {bare!r}")  # noqa: TRY301 - one way out for both
        return f"{local}@{domain.encode('idna').decode()}"
    except ValueError as fault:
        raise Invalid("delivery.refused", said=str(fault)[:200]) from fault
