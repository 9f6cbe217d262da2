"""Facts of invented patents, each with what a test is about."""

from __future__ import annotations

from datetime import date

from qiantang.scenarios.navigation.types.facts import Fact

AS_OF = date(2025, 12, 31)
_USUAL = Fact(
    patent_id="CN1", number="CN1A", title="", office="CN", type="invention", year=2020, owners=("甲",), people=("张",),
    origin="CN", region="330106", field=16, ipc=("A61K",), bucket="in_force", kept_years=5, expiry=date(2040, 1, 1),
    claims=3, cited=0, cited5=0, citing=(), family="", offices=("CN",), disputes=0, survived=False, deals=0, flags=(),
)  # fmt: skip


def fact(n, **told):
    """The n-th patent; what is not told is as usual; alone in its family."""
    return _USUAL._replace(**{"patent_id": f"CN{n:03d}", "family": f"f{n}", **told})


def values(found):
    return {one.key: one.value for one in found.figures}


def members(found, key):
    return next(one.members for one in found.figures if one.key == key)
