"""What is typed on the pages of navigation, as values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from qiantang.scenarios.navigation import rules, workflow
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.types import (
    Decision,
    Duty,
    MarkKind,
    Node,
    Place,
    ProjectType,
    RuleRef,
    SampleKind,
    Verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import QueryDict


class NodeForm(forms.Form):
    """A node of a chain: its number, names, place in the chain, strategy, rules of concordances (parted by blanks)."""

    code = forms.CharField(max_length=40, strip=True)
    zh = forms.CharField(max_length=80, strip=True)
    en = forms.CharField(max_length=120, strip=True)
    place = forms.ChoiceField(required=False, choices=[("", "")] + [(str(one), str(one)) for one in Place])
    strategy = forms.CharField(required=False, max_length=4_000, strip=True)
    rules = forms.RegexField(r"^\s*([a-z0-9-]{1,20}:[A-Za-z0-9./-]{1,20}[\s,，；;]*)*$", required=False, max_length=400)

    def node(self) -> Node:
        told = self.cleaned_data
        place = Place(told["place"]) if told["place"] and "." not in told["code"] else None
        listed = told["rules"].replace("，", " ").replace(",", " ").replace("；", " ").replace(";", " ").split()
        references = tuple(RuleRef(*one.split(":", 1)) for one in listed)
        return Node(told["code"], told["zh"], told["en"], " ".join(told["strategy"].split()), references, place)


class WordsForm(forms.Form):
    """What a chain is called and covers, its sources, effects and means."""

    zh = forms.CharField(max_length=80, strip=True)
    en = forms.CharField(max_length=120, strip=True)
    about_zh = forms.CharField(required=False, max_length=1_000, strip=True)
    about_en = forms.CharField(required=False, max_length=1_000, strip=True)
    sources = forms.CharField(required=False, max_length=8_000, strip=True)
    effects = forms.CharField(required=False, max_length=20_000, strip=True)
    means = forms.CharField(required=False, max_length=20_000, strip=True)


class NoteForm(forms.Form):
    note = forms.CharField(required=False, max_length=1_000, strip=True)


class PackForm(NoteForm):
    pack = forms.FileField()


class ProjectForm(forms.Form):
    title = forms.CharField(max_length=200, strip=True)
    type = forms.ChoiceField(choices=[(str(key), word) for key, word in words.TYPES.items()])
    question = forms.CharField(max_length=4_000, strip=True)
    scope = forms.CharField(max_length=4_000, strip=True)
    industry = forms.CharField(max_length=60)

    def kind(self) -> ProjectType:
        return ProjectType(self.cleaned_data["type"])


class ProjectWordsForm(forms.Form):
    title = forms.CharField(max_length=200, strip=True)
    question = forms.CharField(max_length=4_000, strip=True)
    scope = forms.CharField(max_length=4_000, strip=True)
    newest_chain = forms.BooleanField(required=False)


class MemberForm(forms.Form):
    username = forms.CharField(max_length=150, strip=True)
    duty = forms.ChoiceField(
        required=False,
        choices=[("", _("No longer in the team")), *((str(key), word) for key, word in words.DUTIES.items())],
    )

    def chosen(self) -> Duty | None:
        return Duty(self.cleaned_data["duty"]) if self.cleaned_data["duty"] else None


class PlanForm(forms.Form):
    """A day for each stage."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for stage in workflow.STAGES:
            self.fields[stage.key] = forms.DateField(required=False)

    def days(self) -> dict[str, date | None]:
        return {stage.key: self.cleaned_data.get(stage.key) for stage in workflow.STAGES}


class SampleForm(forms.Form):
    node = forms.CharField(max_length=40)
    kind = forms.ChoiceField(choices=[(str(key), word) for key, word in words.KINDS.items()])
    size = forms.IntegerField(min_value=rules.LEAST_SAMPLE, max_value=rules.MOST_SAMPLE, initial=rules.USUAL_SAMPLE)
    query = forms.CharField(required=False, max_length=2_000, strip=True)

    def chosen(self) -> SampleKind:
        return SampleKind(self.cleaned_data["kind"])


class MarkForm(forms.Form):
    kind = forms.ChoiceField(choices=[(str(key), word) for key, word in words.MARKS.items()])
    source = forms.CharField(required=False, max_length=200, strip=True)
    lines = forms.CharField(max_length=200_000)

    def chosen(self) -> MarkKind:
        return MarkKind(self.cleaned_data["kind"])


class SeedForm(forms.Form):
    node = forms.CharField(max_length=40)
    numbers = forms.CharField(max_length=10_000, strip=True)


def verdicts(given: QueryDict, patents: Iterable[str]) -> dict[str, Verdict]:
    """The verdicts in a posted form, under ``v-<patent id>``; what was left open or is no verdict is not there."""
    known = {str(one) for one in Verdict}
    found = {one: given.get(f"v-{one}", "") for one in patents}
    return {one: Verdict(value) for one, value in found.items() if value in known}


class TextForm(forms.Form):
    section = forms.SlugField(max_length=80)
    text = forms.CharField(required=False, max_length=8_000, strip=True)


class OpinionForm(forms.Form):
    agrees = forms.TypedChoiceField(choices=[("yes", ""), ("no", "")], coerce=lambda value: value == "yes")
    text = forms.CharField(required=False, max_length=4_000, strip=True)


class RecommendationForm(forms.Form):
    text = forms.CharField(required=False, max_length=4_000, strip=True)
    owner = forms.CharField(required=False, max_length=200, strip=True)
    due = forms.DateField(required=False)
    node = forms.CharField(required=False, max_length=40)


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(choices=[(str(one), str(one)) for one in Decision])
    reason = forms.CharField(required=False, max_length=2_000, strip=True)

    def chosen(self) -> Decision:
        return Decision(self.cleaned_data["decision"])


class OutcomeForm(forms.Form):
    outcome = forms.CharField(required=False, max_length=4_000, strip=True)


class TopicForm(forms.Form):
    node = forms.CharField(required=False, max_length=40)
    topic = forms.CharField(max_length=40)
    label = forms.CharField(required=False, max_length=120, strip=True)
