"""What the register asks of this room."""

from __future__ import annotations

from qiantang.corpus.register.types import SET_READERS
from qiantang.scenarios.navigation.selectors import editions

SET_READERS.register("navigation.figures", editions.patents_of_set)
