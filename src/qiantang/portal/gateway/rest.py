"""What a program may ask about itself."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import access, actor_of
from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.commons.catalogue.bases import Answer
from qiantang.commons.rulebook import api as rulebook
from qiantang.kernel.errors import NotPermitted
from qiantang.portal.gateway.rules import ACCOUNT_READ

if TYPE_CHECKING:
    from qiantang.commons.rulebook.types.cards import ModelCard


class TokenTold(Answer):
    token: str = Field(description="The public part of the token.")
    name: str = Field(description="Of the person it stands for.")
    scopes: list[str]
    expires_at: datetime


def read_token(request: HttpRequest) -> TokenTold:
    bearer = access.bearer_of(request)
    if bearer is None:
        raise NotPermitted("accounts.token_missing")
    scopes = sorted(bearer.scopes)
    return TokenTold(token=bearer.token, name=actor_of(request).name, scopes=scopes, expires_at=bearer.expires_at)


class EvaluationTold(Answer):
    measure: str
    figure: str = Field(description="As published.")
    interval: list[str] | None = Field(description="Bounds of 95 % as published; null where none were.")
    sample: str
    source: str = Field(description="Document of the repository in which it was published.")


class ModelTold(Answer):
    key: str
    title: str
    kind: str = Field(description="rules, scored (a formula) or learned.")
    purpose: str
    used_in: str = Field(description="The decisions or figures in which it takes part.")
    version: str = Field(description="Of what judges today; decisions keep it.")
    owner: str
    made_from: str = Field(description="Data it was fitted on, or by what it was written.")
    limits: str
    person_decides: str | None = Field(
        description="Who decides where it only proposes; null: it takes part in figures."
    )
    evaluation: list[EvaluationTold] | None = Field(description="null: it was not evaluated.")


class ModelsTold(Answer):
    items: list[ModelTold]
    total: int


def list_models(request: HttpRequest) -> ModelsTold:
    del request  # the same for everybody
    items = [_model(one) for one in rulebook.cards()]
    return ModelsTold(items=items, total=len(items))


def _model(card: ModelCard) -> ModelTold:
    figures = [
        EvaluationTold(
            measure=gettext(one.measure),
            figure=one.figure,
            interval=list(one.interval) if one.interval else None,
            sample=one.sample,
            source=one.source,
        )
        for one in card.evaluation
    ]
    return ModelTold(
        key=card.key,
        title=gettext(card.title),
        kind=card.kind,
        purpose=gettext(card.purpose),
        used_in=gettext(card.used_in),
        version=rulebook.version_today(card),
        owner=gettext(card.owner),
        made_from=gettext(card.data),
        limits=gettext(card.limits),
        person_decides=gettext(card.person_decides) if card.person_decides else None,
        evaluation=figures or None,
    )


SECTION = ApiSection(
    key="gateway",
    name=_("About the platform"),
    summary=_("What a token is good for, and which models and rules judge here."),
    order=90,
    endpoints=(
        Endpoint(
            call=read_token,
            path="token",
            answer=TokenTold,
            summary=_("The token that asks"),
            scope=ACCOUNT_READ.key,
            example="token",
        ),
        Endpoint(
            call=list_models,
            path="models",
            answer=ModelsTold,
            summary=_("Cards of models and rules: purpose, version, evaluation, owner, limits"),
            example="models",
        ),
    ),
)
