"""What may be claimed: CL-28, CL-29, CL-30."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from qiantang.kernel.claims import Category
from qiantang.scenarios.preexam.methods.checks.claim_reading import ReadClaim
from qiantang.scenarios.preexam.methods.checks.claim_set import claims_of
from qiantang.scenarios.preexam.methods.checks.engine import Hit, checks, in_claim
from qiantang.scenarios.preexam.methods.checks.lists import any_of, values, words
from qiantang.scenarios.preexam.methods.checks.reading import Reading

_TREATS: Final = re.compile(r"治疗|诊断|预防|手术|针灸|避孕")
_COMPOSITION: Final = ("组合物", "配方", "药物", "制剂", "混合物", "化合物")


@checks("CL-28")
def no_utility_model(reading: Reading) -> Iterator[Hit]:
    claims_of(reading)
    for claim in reading.independent:
        kind = _outside_utility_models(claim)
        if kind:
            yield in_claim(claim, 0, len(claim.head), subject=claim.subject, kind=kind[0], kind_en=kind[1])


def _outside_utility_models(claim: ReadClaim) -> tuple[str, str] | None:
    if claim.category is Category.METHOD:
        return "方法", "a method"
    if claim.category is Category.USE:
        return "用途", "a use"
    if claim.subject.endswith(_COMPOSITION):
        return "组合物、材料", "a composition"
    if claim.subject.endswith(words("software_words")):
        return "计算机程序", "software"
    return None


@checks("CL-29")
def excluded_subject(reading: Reading) -> Iterator[Hit]:
    for claim in claims_of(reading):
        if not claim.independent:
            continue
        kind = _excluded(claim)
        if kind:
            yield in_claim(claim, 0, len(claim.head), subject=claim.subject, kind=kind[0], kind_en=kind[1])


def _excluded(claim: ReadClaim) -> tuple[str, str] | None:
    subject = claim.subject
    if claim.category is Category.METHOD:
        about_illness = _TREATS.search(subject) and any_of("illness").search(subject)
        if about_illness and not any_of("not_treatment").search(subject):
            return "疾病的诊断和治疗方法", "a method of diagnosis or treatment"
        if subject.endswith(words("nuclear")):
            return "原子核变换方法", "a nuclear transformation"
    if subject.endswith(words("varieties")):
        return "动物和植物品种", "an animal or plant variety"
    if subject.endswith(words("mental")):
        return "智力活动的规则和方法", "a rule of mental activity"
    return None


@checks("CL-30")
def program_claimed(reading: Reading) -> Iterator[Hit]:
    allowed = reading.as_of >= values("days")["program_products"]
    for claim in claims_of(reading):
        if not claim.independent:
            continue
        program = claim.subject.endswith(("计算机程序", "应用程序", "软件程序")) or claim.subject == "程序"
        product = claim.subject.endswith("计算机程序产品") and not allowed
        if program or product:
            yield in_claim(claim, 0, len(claim.head), subject=claim.subject)
