"""Text messages that stay on the machine: one ``.json`` file a message. For the demo and for tests."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from qiantang.engines.delivery.port import TextMessage
from qiantang.kernel.errors import Unavailable


class FolderTexting:
    """Writes messages into a folder. A repeat takes the place of the first: here nothing can arrive twice."""

    def __init__(self, *, place: Path) -> None:
        self.place = place

    def send(self, message: TextMessage, *, handing_over: Callable[[], None]) -> None:
        content = json.dumps(asdict(message), ensure_ascii=False, indent=1)
        name = sha256(message.message_id.encode()).hexdigest()[:32]
        handing_over()
        try:
            self.place.mkdir(parents=True, exist_ok=True)
            draft = self.place / f".{name}.{os.getpid()}"
            draft.write_text(content, encoding="utf-8")
            draft.replace(self.place / f"{name}.json")
        except OSError as fault:
            raise Unavailable("delivery.unavailable", said=str(fault.strerror)) from fault
