"""The operations of all rooms on one ninja API, with one gate, one form of refusal and one form of JSON."""

from __future__ import annotations

import inspect
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

import orjson
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from qiantang.commons.catalogue.api import ApiSection, Endpoint, api_sections
from qiantang.kernel.errors import Invalid
from qiantang.portal.gateway.methods.documents import completed
from qiantang.portal.gateway.types import PREFIX, VERSION
from qiantang.portal.gateway.views.gate import Gate

if TYPE_CHECKING:
    from collections.abc import Sequence

TITLE = "Qiantang open API"
_DESCRIPTION = "Patents and what belongs to them, as the pages show them. Refusals are problem documents (RFC 9457)."


class _Json(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> Any:  # noqa: ARG002 - ninja's signature
        return orjson.dumps(data)


def mounted(sections: Sequence[ApiSection]) -> NinjaAPI:
    """A ninja API that has the endpoints of the sections."""
    api = NinjaAPI(
        title=TITLE,
        version=VERSION,
        description=_DESCRIPTION,
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        renderer=_Json(),
    )
    for kind, handler in ((Exception, _let_through), (ValidationError, _misread), (HttpError, _malformed)):
        api.add_exception_handler(kind, handler)
    endpoints = [one for section in sections for one in section.endpoints]
    # the first that fits an address has it, so what is told more exactly comes first
    for endpoint in sorted(endpoints, key=lambda one: -one.path.count("/")):
        api.default_router.add_api_operation(
            "/" + endpoint.path,
            [endpoint.method],
            endpoint.call,
            auth=Gate(endpoint, _parameters(endpoint)),
            response={endpoint.status: endpoint.answer},
            operation_id=endpoint.operation,
            url_name=endpoint.operation,
        )
    return api


def _parameters(endpoint: Endpoint) -> tuple[str, ...]:
    """The parameters that may stand in the address: all of the function's but those of the path and the body."""
    in_path = set(re.findall(r"{(?:\w+:)?(\w+)}", endpoint.path))
    signature = inspect.signature(endpoint.call, eval_str=True)
    wanted = [one for one in signature.parameters.values() if one.name != "request" and one.name not in in_path]
    return tuple(one.name for one in wanted if not hasattr(one.annotation, "model_fields"))


def _let_through(_request: HttpRequest, error: Exception | type[Exception]) -> NoReturn:
    """Refusals and faults become answers where those of pages do, in ``config``."""
    raise error


def _misread(_request: HttpRequest, error: Any) -> NoReturn:
    told = [{"place": ".".join(map(str, one["loc"])), "message": one["msg"]} for one in error.errors]
    raise Invalid("api.question", places=", ".join(one["place"] for one in told), errors=told)


def _malformed(_request: HttpRequest, error: Any) -> NoReturn:
    raise BadRequest(type(error).__name__) from None


@lru_cache(maxsize=1)
def api() -> NinjaAPI:
    """The API of this installation."""
    return mounted(api_sections())


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """Its OpenAPI document."""
    return completed(api().get_openapi_schema(path_prefix=PREFIX.lstrip("/")), api_sections(), PREFIX)


@require_safe
def openapi_json(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """The document as JSON."""
    return HttpResponse(orjson.dumps(document()), content_type="application/json")
