"""Rules for everybody to read; values to enter and the simulator for the office."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.rulebook import policies, selectors, services
from qiantang.commons.rulebook.forms import TryForm, ValueForm
from qiantang.commons.rulebook.methods.judging import version_of
from qiantang.commons.rulebook.types import REFUSALS, RULE_SETS
from qiantang.commons.ui.api import render
from qiantang.kernel.errors import Invalid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.rulebook.types import Rule, RuleSet, Setting, Simulation


@require_GET
def rule_sets(request: HttpRequest) -> HttpResponse:
    """Every set of rules with how many are in force today."""
    today = timezone.localdate()
    rows = [
        {
            "title": gettext(one.title),
            "url": reverse("rulebook:rules-show", kwargs={"key": one.key}),
            "count": sum(rule.applies_on(today) for rule in one.rules),
        }
        for one in RULE_SETS
    ]
    return render(request, "rulebook/rule_sets.html", {"rows": rows})


@require_GET
def rules_show(request: HttpRequest, key: str) -> HttpResponse:
    """The rules of a set on a day (``?day=``), its values; with ``?year=`` and values, whom others would have met."""
    rules = selectors.rule_set(key)
    if "year" not in request.GET:
        return _page(request, rules)
    form = TryForm(request.GET, settings=rules.settings)
    if not form.is_valid():
        return _page(request, rules, errors=[str(text) for texts in form.errors.values() for text in texts])
    tried = selectors.simulation(actor_of(request), key, form.cleaned_data["year"], form.other())
    return _page(request, rules, tried=tried, year=form.cleaned_data["year"])


@require_POST
def value_set(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a value from a day on."""
    rules = selectors.rule_set(key)
    form = ValueForm(request.POST)
    errors = [str(text) for texts in form.errors.values() for text in texts]
    if not errors:
        try:
            services.set_value(actor=actor_of(request), key=key, **form.cleaned_data)
        except Invalid as error:
            errors = [" ".join(gettext(text) % error.facts for text in REFUSALS[error.code])]
    if errors:
        return _page(request, rules, errors=errors)
    return HttpResponseRedirect(reverse("rulebook:rules-show", kwargs={"key": key}))


def _page(
    request: HttpRequest,
    rules: RuleSet,
    *,
    errors: list[str] | None = None,
    tried: Simulation | None = None,
    year: int | None = None,
) -> HttpResponse:
    actor, today = actor_of(request), timezone.localdate()
    day = _day(request.GET.get("day", ""), today)
    values = selectors.values_on(rules, day)
    titles = {one.key: gettext(one.title) for one in rules.settings}
    context = {
        "key": rules.key,
        "title": gettext(rules.title),
        "day": day,
        "version": version_of(rules, day, values),
        "rules": [_rule_row(one) for one in rules.rules if one.applies_on(day)],
        "settings": [_setting_row(one, values[one.key], request.GET if tried else {}) for one in rules.settings],
        "entered": [{"row": row, "title": titles.get(row.key, row.key)} for row in selectors.entered_values(rules)],
        "may_keep": bool(policies.may_keep_values(actor)),
        "may_try": bool(policies.may_simulate(actor)) and rules.population is not None,
        "errors": [{"text": text, "href": "#values"} for text in errors or []],
        "tried": tried,
        "year": year or today.year - 1,
    }
    return render(request, "rulebook/rules_show.html", context, status=422 if errors else 200)


def _rule_row(rule: Rule) -> dict[str, object]:
    told = {"text": rule.text, "next_step": rule.next_step, "source": rule.source}
    return {"rule": rule, **{name: gettext(text) for name, text in told.items()}}


def _setting_row(setting: Setting, value: int, asked: Mapping[str, str]) -> dict[str, object]:
    return {
        "setting": setting,
        "title": gettext(setting.title),
        "unit": gettext(setting.unit) if setting.unit else "",
        "source": gettext(setting.source),
        "value": value,
        "tried": asked.get(f"p_{setting.key}", value),
    }


def _day(text: str, today: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return today
