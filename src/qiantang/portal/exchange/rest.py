"""The feed for programs: events after an offset, keys, schemas; services that other sites may show."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_noop as _
from pydantic import Field

from qiantang.commons.accounts.api import actor_of
from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.commons.catalogue.bases import LARGEST, Answer, Limit
from qiantang.kernel.errors import NotFound
from qiantang.portal.exchange.methods import schemas
from qiantang.portal.exchange.rules import EVENTS_READ
from qiantang.portal.exchange.selectors import feed
from qiantang.portal.hall.api import catalogue

Offset = Annotated[int, Field(ge=0, le=LARGEST, description="The offset after which to go on; 0: from the beginning.")]
TypeName = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[a-z.]+$", description="Type of the registry.")]
VersionText = Annotated[str, Field(max_length=12, pattern=r"^[0-9]+\.[0-9]+$", description="Version of the type.")]


class EventTold(Answer):
    offset: int
    event: dict[str, Any] = Field(description="A CloudEvent 1.0 with `sequence`, `keyid` and `signature`.")


class EventList(Answer):
    items: list[EventTold]
    next: int = Field(description="`after` of the next question; also where nothing new has come.")
    head: int = Field(description="The newest offset.")


class KeyTold(Answer):
    kty: str
    crv: str
    alg: str
    use: str
    kid: str
    x: str
    since: datetime
    until: datetime | None = Field(description="Null: it signs now.")
    introduced_by: str | None
    introduction: str | None = Field(description="Signature of the key before over `kid` and `x`, canonical JSON.")


class KeyList(Answer):
    keys: list[KeyTold]


class SchemaTold(Answer):
    type: str
    event_type: str = Field(description="As it stands in an event: another major version is another type.")
    version: str
    digest: str
    json_schema: dict[str, Any]


class SchemaList(Answer):
    items: list[SchemaTold]


class ItemTold(Answer):
    code: str
    name_zh: str
    name_en: str
    promised_days: int | None = Field(description="Null: not promised in days.")
    unit: str
    visits: int
    page: str
    frame: str = Field(description="Where a site that operators have entered may show it in a frame.")


class ItemList(Answer):
    items: list[ItemTold]


def list_feed_events(request: HttpRequest, after: Offset = 0, limit: Limit = 50) -> EventList:
    found = feed.events_after(actor_of(request), after, limit)
    items = [EventTold(offset=one.offset, event=dict(one.event)) for one in found.items]
    return EventList(items=items, next=found.next, head=found.head)


def list_event_keys(request: HttpRequest) -> KeyList:  # noqa: ARG001 - the shape of every endpoint
    return KeyList(keys=[KeyTold(**one) for one in feed.key_set()])


def list_event_schemas(request: HttpRequest) -> SchemaList:  # noqa: ARG001 - the shape of every endpoint
    return SchemaList(items=[_told(one) for one in schemas.registry()])


def read_event_schema(request: HttpRequest, type: TypeName, version: VersionText) -> SchemaTold:  # noqa: A002, ARG001 - the word of the address; the shape of every endpoint
    found = next((one for one in schemas.registry() if (one.type, one.version) == (type, version)), None)
    if found is None:
        raise NotFound("exchange.schema_unknown", given=f"{type} {version}")
    return _told(found)


def list_service_items(request: HttpRequest) -> ItemList:  # noqa: ARG001 - the shape of every endpoint
    base = settings.PUBLIC_URL.rstrip("/")
    return ItemList(
        items=[
            ItemTold(
                code=one.code,
                name_zh=one.name.zh,
                name_en=one.name.en,
                promised_days=one.promised_days,
                unit=one.unit,
                visits=one.visits,
                page=base + reverse("hall:service-show", args=[one.code]),
                frame=base + reverse("exchange:frame-show", args=[one.code]),
            )
            for one in catalogue().services
        ]
    )


def _told(one: schemas.EventSchema) -> SchemaTold:
    return SchemaTold(
        type=one.type,
        event_type=one.event_type,
        version=one.version,
        digest=one.digest,
        json_schema=one.json_schema(),
    )


SECTION = ApiSection(
    key="exchange",
    name=_("Events"),
    summary=_("What happens in the house, signed and in order, for other platforms."),
    order=80,
    endpoints=(
        Endpoint(
            call=list_feed_events,
            path="events",
            answer=EventList,
            summary=_("Events after an offset"),
            detail=_(
                "Oldest first; asked with the same offset it gives the same again. Numbers and states, no content."
            ),
            scope=EVENTS_READ.key,
            refuses=(403,),
            example="events?after=0&limit=20",
        ),
        Endpoint(
            call=list_event_keys,
            path="event-keys",
            answer=KeyList,
            summary=_("Keys by which events are verified"),
            example="event-keys",
        ),
        Endpoint(
            call=list_event_schemas,
            path="event-schemas",
            answer=SchemaList,
            summary=_("What events say, every version"),
            example="event-schemas",
        ),
        Endpoint(
            call=read_event_schema,
            path="event-schemas/{type}/{version}",
            answer=SchemaTold,
            summary=_("What one version of a type says"),
            refuses=(404,),
            example="event-schemas/case.advanced/1.0",
        ),
        Endpoint(
            call=list_service_items,
            path="service-items",
            answer=ItemList,
            summary=_("Services that another site may show"),
            example="service-items",
        ),
    ),
)
