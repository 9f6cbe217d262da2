"""The front door of files: look at a file, receive an upload, take macros out, ask a virus scanner; the vault, custody."""

from __future__ import annotations

from qiantang.commons.files.methods.inspection import inspect
from qiantang.commons.files.methods.intake import receive
from qiantang.commons.files.methods.macros import strip_macros
from qiantang.commons.files.methods.scanning import ClamdScanner
from qiantang.commons.files.selectors.readings import readings_of
from qiantang.commons.files.services import custody, vault

__all__ = ["ClamdScanner", "custody", "inspect", "readings_of", "receive", "strip_macros", "vault"]
