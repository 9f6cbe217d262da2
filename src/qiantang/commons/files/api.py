"""The front door of file intake: look at a file, receive an upload, take macros out, ask a virus scanner."""

from __future__ import annotations

from qiantang.commons.files.methods.inspection import inspect
from qiantang.commons.files.methods.intake import receive
from qiantang.commons.files.methods.macros import strip_macros
from qiantang.commons.files.methods.scanning import ClamdScanner

__all__ = ["ClamdScanner", "inspect", "receive", "strip_macros"]
