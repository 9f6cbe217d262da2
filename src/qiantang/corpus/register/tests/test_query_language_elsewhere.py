"""Queries as Lens, Espacenet, PatSnap, incoPat and plain Chinese write them, where they can only mean one thing."""

from __future__ import annotations

import pytest

from qiantang.corpus.register.methods.query_language import canonical, parse


@pytest.mark.feature("S3-02")
@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("legal_status.patent_status:active", "LS=in_force"),
        (r"class_cpc.symbol:H01M10\/0525", "CPC=H01M10/0525"),
        ("电池 && (硅 || 锂) !铅酸", "电池 AND (硅 OR 锂) AND NOT 铅酸"),
        ('ti any "battery cell"', "TI=battery OR TI=cell"),
        ('ab all "a b" and pd within "2019, 2020"', "AB=a AND AB=b AND PD=[20190101 TO 20201231]"),
        ("AD=20200101:20201231", "AD=[20200101 TO 20201231]"),
        ("TAC:(battery $PRE3 separator) $W5 a", "battery ADJ3 separator NEAR5 a"),
        ("电池 (W) 隔膜 （5n） 涂层", "电池 ADJ1 隔膜 NEAR5 涂层"),
        ("a (W) and b (N)", "a AND W AND b AND N"),
        ("IPC=H01M 10 2", "IC=H01M10 AND 2"),
        ("石墨 并且 电池 不含 铅酸 或者 硅", "石墨 AND 电池 AND NOT 铅酸 OR 硅"),
        ("ANCS=甲厂 and 关键词=石墨 and 省=浙江省", "AW=甲厂 AND 石墨 AND CI=浙江省"),
        ("LS=in force battery", "LS=in_force AND battery"),
        ("LS=deemed withdrawn CC=united states TY=utility model", "LS=deemed_withdrawn AND CC=US AND TY=utility_model"),
        ("CC=hong kong or TF=computer technology", "CC=HK OR TF=6"),
        ("LS=granted TI=force", "LS=granted AND TI=force"),
        ('法律状态=已驳回 or LS=valid or LS="deemed withdrawn"', "LS=refused OR LS=in_force OR LS=deemed_withdrawn"),
    ],
)
def test_what_is_written_elsewhere_is_understood(text, echo):
    assert canonical(parse(text)) == echo
    assert parse(echo) == parse(text)
