"""Mail that stays on the machine: one ``.eml`` file a message, which any mail program opens. For the demo and for tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from qiantang.engines.delivery.letters import address_in, letter
from qiantang.engines.delivery.port import Mail
from qiantang.kernel.errors import Unavailable


class FolderDelivery:
    """Writes messages into a folder. A repeat takes the place of the first: here nothing can arrive twice."""

    def __init__(self, *, place: Path) -> None:
        self.place = place

    def send(self, mail: Mail, *, handing_over: Callable[[], None]) -> None:
        address_in(mail.recipient)
        content = letter(mail)
        name = sha256(mail.message_id.encode()).hexdigest()[:32]
        handing_over()
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            draft = self.place / f".{name}.{os.getpid()}"
            draft.write_bytes(content)
            draft.replace(self.place / f"{name}.eml")
        except OSError as fault:
            raise Unavailable("delivery.unavailable", said=str(fault.strerror)) from fault
