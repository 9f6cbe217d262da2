"""Legal events as the gazette prints them: code, effective day, gazette day, text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from qiantang.corpus.ingest.methods.synthetic.arrow import Column, pa, pc
from qiantang.corpus.ingest.methods.synthetic.cast import Cast
from qiantang.corpus.ingest.methods.synthetic.days import CUTOFF, NEVER, gazette_day
from qiantang.corpus.ingest.methods.synthetic.dealings import Dealing, Dealings
from qiantang.corpus.ingest.methods.synthetic.draws import Flags, Ints
from qiantang.corpus.ingest.methods.synthetic.filings import CN, INVENTION, Rows
from qiantang.corpus.ingest.methods.synthetic.lives import Lives, State
from qiantang.corpus.ingest.methods.synthetic.people import FORMS, NameForm

Piece = str | Column
_BANKS = ("澜珩农村商业银行", "栎川合作银行", "岑溪商业银行", "砚湖城市商业银行", "霁江民营银行")
_LICENCES = ("普通许可", "独占许可", "排他许可")


@dataclass(slots=True)
class EventColumns:
    """Events of all rows, in any order."""

    row: Ints
    code: Column
    effect: Ints
    told: Ints
    text: Column


@dataclass(slots=True)
class _Ledger:
    """Collects events, one code at a time."""

    rows: list[Ints] = field(default_factory=list)
    codes: list[Column] = field(default_factory=list)
    effects: list[Ints] = field(default_factory=list)
    tolds: list[Ints] = field(default_factory=list)
    texts: list[Column] = field(default_factory=list)

    def add(self, code: str, which: Flags, effect: Ints, told: Ints, *pieces: Piece) -> None:
        """One event for each row of ``which`` that the gazette told in time; pieces that are arrays run over all rows."""
        rows = np.flatnonzero(which & (told <= CUTOFF))
        if not len(rows):
            return
        at = pa.array(rows)
        taken = [piece.take(at) if isinstance(piece, pa.Array) else piece for piece in pieces]
        text = (
            pc.binary_join_element_wise(*taken, "")
            if any(isinstance(p, pa.Array) for p in taken)
            else pa.repeat("".join(map(str, taken)), len(rows))
        )
        self.rows.append(rows)
        self.codes.append(pa.repeat(code, len(rows)))
        self.effects.append(effect[rows])
        self.tolds.append(told[rows])
        self.texts.append(text)

    def columns(self) -> EventColumns:
        return EventColumns(
            np.concatenate(self.rows),
            pa.concat_arrays(self.codes),
            np.concatenate(self.effects),
            np.concatenate(self.tolds),
            pa.concat_arrays(self.texts),
        )


def _day_text(days: Ints) -> Column:
    return pa.array(np.minimum(days, CUTOFF).astype(np.int32), pa.date32()).cast(pa.string())


def _names(cast: Cast, parties: Ints, form: NameForm = NameForm.OFFICIAL) -> Column:
    return pa.array(cast.names).take(pa.array(np.maximum(parties, 0) * FORMS + form))


def write_events(cast: Cast, rows: Rows, lives: Lives, dealings: Dealings) -> EventColumns:
    """All events of the Chinese rows that the gazette had told by the last day of the city."""
    ledger = _Ledger()
    _procedure(ledger, rows, lives)
    _endings(ledger, rows, lives)
    _hands(ledger, cast, rows, dealings)
    _charges(ledger, cast, rows, dealings)
    return ledger.columns()


def _procedure(ledger: _Ledger, rows: Rows, lives: Lives) -> None:
    chinese = rows.office == CN
    filed = _day_text(rows.filed)
    ledger.add("PB01", chinese & (rows.type == INVENTION), rows.published, rows.published, "公布")
    ledger.add("SE01", lives.examined < NEVER, lives.examined, lives.examined_told, "实质审查的生效；申请日：", filed)
    ledger.add("GR01", chinese & (lives.granted < NEVER), lives.granted, lives.granted, "授权")
    for code, state, title in (
        ("RJ01", State.REFUSED, "发明专利申请公布后的驳回"),
        ("WD01", State.DEEMED_WITHDRAWN, "发明专利申请公布后的视为撤回"),
        ("WW01", State.WITHDRAWN, "发明专利申请公布后的撤回"),
        ("AD01", State.DEEMED_ABANDONED_GRANT, "专利权的视为放弃"),
    ):
        ledger.add(
            code,
            lives.ending == state,
            lives.ended,
            lives.ended_told,
            f"{title}；申请公布日：",
            _day_text(rows.published),
        )


def _endings(ledger: _Ledger, rows: Rows, lives: Lives) -> None:
    filed = _day_text(rows.filed)
    granted = _day_text(lives.granted)
    for code, state, title in (
        ("CF01", State.LAPSED_FEE, "未缴年费专利权终止"),
        ("AV01", State.ABANDONED, "专利权的主动放弃"),
        ("IW01", State.INVALIDATED, "专利权全部无效"),
    ):
        ledger.add(
            code,
            lives.closing == state,
            lives.closed,
            lives.closed_told,
            f"{title}；申请日：",
            filed,
            "；授权公告日：",
            granted,
        )
    ledger.add("RR01", lives.restored < NEVER, lives.restored, lives.restored, "权利的恢复；原决定：未缴年费专利权终止")
    ledger.add(
        "IP01",
        lives.partial < NEVER,
        lives.partial,
        lives.partial,
        "专利权部分无效；维持有效的权利要求见无效宣告请求审查决定",
    )
    # The gazette forgets an expiry now and then: the term ends the right all the same.
    lost = (lives.closed < NEVER) & (lives.restored >= NEVER)
    told = gazette_day(lives.term_end + 20 + rows.work % 60)
    runs_out = (lives.term_end <= CUTOFF) & ~lost & (rows.work % 8 != 0)
    ledger.add("CX01", runs_out, lives.term_end, told, "专利权有效期届满；申请日：", filed)


def _hands(ledger: _Ledger, cast: Cast, rows: Rows, dealings: Dealings) -> None:
    owner = np.where(dealings.heir >= 0, dealings.heir, rows.party)
    transfer = dealings.kind == Dealing.TRANSFER
    ledger.add(
        "TA01", dealings.heir >= 0, dealings.before_grant, gazette_day(dealings.before_grant + 10),
        "专利申请权的转移；登记生效日：", _day_text(dealings.before_grant), "；变更前申请人：", _names(cast, rows.party),
        "；变更后申请人：", _names(cast, dealings.heir),
    )  # fmt: skip
    ledger.add(
        "TR01", transfer, dealings.start, dealings.start_told,
        "专利权的转移；登记生效日：", _day_text(dealings.start), "；变更前权利人：", _names(cast, owner),
        "；变更后权利人：", _names(cast, dealings.partner),
    )  # fmt: skip
    ledger.add(
        "CP01", dealings.renamed < NEVER, dealings.renamed, dealings.renamed,
        "专利权人的姓名或者名称的变更；变更前：", _names(cast, rows.party, NameForm.FORMER), "；变更后：", _names(cast, rows.party),
    )  # fmt: skip


def _serials(prefix: str, days: Ints, kind: Flags) -> Column:
    """Registration numbers no office issues: prefix, year, 99 and a running number."""
    years = pa.array(days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970).cast(pa.string())
    running = pa.array(np.cumsum(kind) + 990_000_000).cast(pa.string())
    return pc.binary_join_element_wise(prefix, years, running, "")


def _choice(options: Sequence[str], rows: Rows) -> Column:
    return pa.array(options).take(pa.array(rows.work % len(options)))


def _charges(ledger: _Ledger, cast: Cast, rows: Rows, dealings: Dealings) -> None:
    start, begun, end, over = dealings.start, dealings.start_told, dealings.end, dealings.end_told
    held, open_to_all = dealings.kind == Dealing.PRESERVATION, dealings.kind == Dealing.OPEN_LICENCE
    _contracts(ledger, cast, rows, dealings)
    ledger.add("PP01", held, start, begun, "专利权的保全；登记生效日：", _day_text(start))
    ledger.add("PD01", held, end, over, "专利权保全的解除；解除日：", _day_text(end))
    ledger.add("OL01", open_to_all, start, begun, "专利开放许可的声明；许可费支付方式：按年支付")
    ledger.add("OR01", open_to_all, end, over, "专利开放许可声明的撤回")


def _contracts(ledger: _Ledger, cast: Cast, rows: Rows, dealings: Dealings) -> None:
    """Licences and pledges: begun, changed, taken off."""
    start, begun, end, over = dealings.start, dealings.start_told, dealings.end, dealings.end_told
    owner = _names(cast, np.where(dealings.heir >= 0, dealings.heir, rows.party))
    partner, terms, bank = _names(cast, dealings.partner), _choice(_LICENCES, rows), _choice(_BANKS, rows)
    licence, pledge = dealings.kind == Dealing.LICENCE, dealings.kind == Dealing.PLEDGE
    begins: dict[str, tuple[Piece, ...]] = {
        "EE01": ("；让与人：", owner, "；受让人：", partner, "；许可种类：", terms),
        "PE01": ("；出质人：", owner, "；质权人：", bank, "股份有限公司"),
    }
    for which, title, prefix, (on, changed, off) in (
        (licence, "专利实施许可合同备案的{}；合同备案号：", "X", ("EE01", "EM01", "EC01")),
        (pledge, "专利权质押合同登记的{}；登记号：", "Y", ("PE01", "PM01", "PC01")),
    ):
        number = _serials(prefix, start, which)
        ledger.add(on, which, start, begun, title.format("生效"), number, *begins[on])
        ledger.add(changed, which, dealings.changed, gazette_day(dealings.changed + 9), title.format("变更"), number)
        ledger.add(off, which, end, over, title.format("注销"), number)
