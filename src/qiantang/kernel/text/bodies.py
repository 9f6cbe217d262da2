"""Whether a name surely names a body and not a natural person."""

from __future__ import annotations

import re
from typing import Final

# Words with which names of firms, schools and offices end or, in Latin letters, their legal forms (ISO 20275).
_BODY: Final = re.compile(
    r"(?:公司|大学|学院|学校|中学|小学|研究院|研究所|设计院|科学院|工厂|医院|集团|株式会社|法人|企业|基金会|协会|委员会|实验室|合作社)"
    r"(?:[(（][^)）]*[)）])?$"
    r"|\b(?:INC|INCORPORATED|LTD|LIMITED|GMBH|LLC|CORP|CORPORATION|COMPANY|CO|AG|KG|S\.?A|SAS|B\.?V|N\.?V|OY|AB|PLC|K\.?K"
    r"|UNIVERSITY|UNIVERSITÄT|INSTITUTE|HOSPITAL)\.?(?:,|\s|$)",
    re.IGNORECASE,
)


def surely_a_body(name: str) -> bool:
    """True only where the name says so. Whoever is not surely a body is treated as a person: an address protects itself."""
    return _BODY.search(name.strip()) is not None
