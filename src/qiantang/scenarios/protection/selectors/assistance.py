"""Assistance as it is read: eligibility, the pool, opinions, the library of cases without names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext

from qiantang.commons.rulebook import api as rulebook
from qiantang.commons.rulebook.types import Fact
from qiantang.scenarios.protection.methods.mediators import Candidate, Fitness, ranked
from qiantang.scenarios.protection.models import AidRequest, Expert, LibraryCase, Opinion
from qiantang.scenarios.protection.rules.assistance import ABROAD, APPLICANT_KINDS, ELIGIBILITY, OPINION_KINDS, SERVICES
from qiantang.scenarios.protection.rules.channels import ROUTE_WORDS
from qiantang.scenarios.protection.rules.words import OUTCOME_WORDS, RIGHT_WORDS, UNFIT_WORDS
from qiantang.scenarios.protection.selectors.disputes import intake_of, limitation_of
from qiantang.scenarios.protection.selectors.mediators import has_part_in, names_in
from qiantang.scenarios.protection.types import Outcome, RightKind, Route, Side

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qiantang.commons.rulebook.types import Judgement
    from qiantang.kernel.actor import Actor
    from qiantang.scenarios.protection.models import Proceeding

_OPEN = Q(opinions__ended_at__isnull=True, opinions__isnull=False)


def eligibility(actor: Actor, row: Proceeding, told: Mapping[str, Any]) -> Judgement:
    """What the rules say to what is asked for. What nobody said is not known."""
    intake = intake_of(row.dispute)
    limitation = limitation_of(intake)
    facts: dict[str, Any] = {
        "right_in_force": intake.right_in_force,
        "kind": told["kind"],
        "accused": told["accused"],
        "overseas": "overseas" in told["services"],
        "seat_in_city": told["seat_in_city"],
        "act_in_city": told["act_in_city"],
        "barred": limitation.day < timezone.localdate() if limitation and limitation.day else None,
    }
    known = {name: Fact(value, "intake") for name, value in facts.items() if value is not None}
    return rulebook.judgement(actor, ELIGIBILITY.key, known)


def experts_for(row: Proceeding) -> list[Fitness]:
    """Every expert whose term runs, those that may be asked first: of the field, by load; nobody with a tie to a side."""
    told, today = intake_of(row.dispute), timezone.localdate()
    asked = AidRequest.objects.filter(proceeding=row).first()
    country = str(asked.told.get("country") or "") if asked else ""
    spent = set(Opinion.objects.filter(proceeding__dispute=row.dispute).values_list("expert_id", flat=True))
    running = Expert.objects.filter(Q(term_until__isnull=True) | Q(term_until__gte=today), active=True)
    candidates = [
        Candidate(
            id=one.pk,
            name=one.name,
            body=one.body,
            fields=frozenset([*one.fields, *one.countries]),
            open_now=one.open_now,
            most_open=one.most_open,
            ties=tuple(one.ties),
            interested=has_part_in(one.account_id, row.dispute),
            spent=one.pk in spent,
            reachable=one.account_id is not None,
        )
        for one in running.annotate(open_now=Count("opinions", filter=_OPEN))
    ]
    wanted = [told.right_kind, told.matter, *([country] if country else [])]
    return ranked(candidates, wanted, [*names_in(row.dispute), told.respondent])


def pool(actor: Actor) -> list[dict[str, object]]:
    """The experts as everybody may read them; ties and load for nobody."""
    del actor
    today = timezone.localdate()
    rows = Expert.objects.filter(Q(term_until__isnull=True) | Q(term_until__gte=today), active=True)
    return [
        {
            "name": one.name,
            "body": one.body,
            "fields": one.fields,
            "languages": one.languages,
            "countries": one.countries,
            "until": one.term_until,
            "source": one.source,
        }
        for one in rows.order_by("body", "name")
    ]


def aid_of(actor: Actor, row: Proceeding, side: Side) -> dict[str, Any]:
    """What the page of an assistance shows: what was asked, each rule with what became of it, experts and opinions."""
    asked = AidRequest.objects.filter(proceeding=row).first()
    judged = eligibility(actor, row, asked.told) if asked else None
    office = side is Side.OFFICE
    return {
        "asked": asked.told if asked else None,
        "kind": gettext(APPLICANT_KINDS[asked.told["kind"]]) if asked else "",
        "services": [gettext(SERVICES[one]) for one in asked.told["services"]] if asked else [],
        "rules": [
            {"rule": one.rule.code, "text": gettext(one.rule.text), "source": gettext(one.rule.source), "met": one.met}
            for one in (judged.judged if judged else ())
        ],
        "experts": [
            {"one": one.candidate, "in_field": one.in_field, "why": gettext(UNFIT_WORDS[one.why]) if one.why else ""}
            for one in (experts_for(row) if office and row.case.state == "accepted" else ())
        ],
        "opinions": [
            {"row": one, "title": gettext(OPINION_KINDS[one.kind][0]), "parts": list(one.parts.values())}
            for one in row.opinions.select_related("expert").order_by("asked_at", "pk")
            if office
        ],
        "documents": [one.title for one in row.papers.filter(kind="opinion")],
        "kinds": [(key, gettext(word)) for key, word in APPLICANT_KINDS.items()],
        "offered": [(key, gettext(word)) for key, word in SERVICES.items()],
        "opinion_kinds": [(key, gettext(word)) for key, (word, _parts) in OPINION_KINDS.items()],
        "told_on": LibraryCase.objects.filter(proceeding=row).first() if office else None,
    }


def my_opinions(actor: Actor) -> list[dict[str, Any]]:
    """What an expert is asked, newest first, with what the opinion is built of."""
    if actor.person_id is None:
        return []
    rows = Opinion.objects.filter(expert__account_id=actor.person_id).select_related("proceeding__dispute")
    return [
        {
            "row": one,
            "title": gettext(OPINION_KINDS[one.kind][0]),
            "told": intake_of(one.proceeding.dispute),
            "parts": [
                {"key": key, "word": gettext(word), "text": one.parts.get(key, "")}
                for key, word in OPINION_KINDS[one.kind][1].items()
            ],
        }
        for one in rows.order_by("-asked_at", "-pk")[:100]
    ]


def abroad() -> list[dict[str, object]]:
    """What to know first of forums abroad."""
    return [
        {
            "country": gettext(one.country),
            "forum": gettext(one.forum),
            "limit": gettext(one.first_limit),
            "source": one.source,
            "as_of": one.as_of,
        }
        for one in ABROAD
    ]


def library(actor: Actor, *, office: bool) -> list[dict[str, Any]]:
    """Closed cases without names; those still to be published are for the office."""
    del actor
    rows = LibraryCase.objects.select_related("proceeding__dispute").order_by("-published_at", "-written_at")
    shown = rows if office else rows.filter(published_at__isnull=False)
    return [
        {
            "row": one,
            "route": gettext(ROUTE_WORDS[Route(one.proceeding.route)].title),
            "right": gettext(RIGHT_WORDS[RightKind(one.proceeding.dispute.right_kind)])
            if one.proceeding.dispute.right_kind
            else "",
            "outcome": gettext(OUTCOME_WORDS[Outcome(one.proceeding.outcome)]) if one.proceeding.outcome else "",
        }
        for one in shown
    ]
