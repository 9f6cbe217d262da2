"""What is remarked on a query that was read, in the reader's language, each with a link to what may have been meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from qiantang.corpus.register.methods.query_language.remarks import remarks
from qiantang.scenarios.query.selectors.desk import address
from qiantang.scenarios.query.selectors.faults import in_words
from qiantang.scenarios.query.types import RemarkShown

if TYPE_CHECKING:
    from qiantang.scenarios.query.types import DeskRequest


def remarks_on(asked: DeskRequest) -> tuple[RemarkShown, ...]:
    return tuple(
        RemarkShown(
            in_words(one.message), one.instead, address(replace(asked, text=one.instead, cursor=""), asked.refinements)
        )
        for one in remarks(asked.text)
    )
