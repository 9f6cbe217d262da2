"""The port of the business register (市场监督管理): what it says of a firm, and where a value of it is contested.

The register owns its data. This house shows them with their source and day, and passes on what people say is wrong; it
corrects nothing by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A firm as the register has it. What it does not say is empty.

    uscc        18 characters
    as_of       day of the record
    small       small or micro enterprise; None: not known
    """

    uscc: str
    name: str
    legal_representative: str
    address: str
    small: bool | None
    as_of: date


class BusinessRegister(Protocol):
    """What an adapter does. May be called from several threads.

    title       under which people know the register, Chinese and English
    synthetic   whether what it says is made up
    """

    title: tuple[str, str]
    synthetic: bool

    def company(self, uscc: str) -> Company | None:
        """The record of a firm; None where there is none. errors: Unavailable ``business_register.silent``"""

    def contest(self, *, reference: str, uscc: str, field: str, value: str, said: str, why: str) -> str:
        """Hand over that a value is said to be wrong; returns the receipt of the register.

        reference   of this house; the same again gives the same receipt and changes nothing
        said        what it should be; why: the reason, in the words of the person
        errors      Unavailable ``business_register.silent``
        """


def load(dotted_path: str, **options: Any) -> BusinessRegister:
    """The adapter named in settings, with its options."""
    module, _, name = dotted_path.rpartition(".")
    register: BusinessRegister = getattr(import_module(module), name)(**options)
    return register
