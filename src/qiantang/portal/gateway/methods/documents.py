"""The OpenAPI document: what ninja writes of the routes, completed by what the rooms tell of them."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import parse_qsl

if TYPE_CHECKING:
    from qiantang.commons.catalogue.types import ApiSection, Endpoint

PROBLEM = "application/problem+json"
_REFUSALS = {
    400: "Malformed",
    401: "TokenRefused",
    403: "NotPermitted",
    404: "NotFound",
    409: "Conflict",
    422: "Invalid",
    429: "QuotaExceeded",
    500: "Failed",
    503: "Unavailable",
}
_TOLD = {
    400: "The request is no HTTP or no JSON that can be read.",
    401: "A token is needed, or the one sent is unknown, expired or revoked.",
    403: "The token lacks the scope, or its person may not do this.",
    404: "There is no such thing, or nothing is loaded.",
    409: "The state of things does not allow it; of a list: it is read from another snapshot by now.",
    422: "What was asked breaks a rule; `errors`, or `position`, `expected` and `hint` name the place.",
    429: "The quota of this minute is used up; `Retry-After` says for how long.",
    500: "A fault of ours; quote `correlation_id`.",
    503: "A part of the platform does not answer at the moment.",
}
_ALWAYS = (400, 401, 404, 422, 429, 500, 503)
_NULLABLE = {"type": ["string", "null"]}
PROBLEM_SCHEMA = {
    "type": "object",
    "description": "RFC 9457. Members beyond these are the facts of the case.",
    "required": ["type", "title", "status", "detail", "code", "next_step", "correlation_id"],
    "properties": {
        "type": {"type": "string", "description": "Where the code is explained."},
        "title": {"type": "string", "description": "What kind of refusal it is."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "What happened, in a sentence."},
        "code": {"type": "string", "description": "Stable; for programs."},
        "next_step": {"type": "string", "description": "What to do about it."},
        "correlation_id": {"type": "string", "description": "Of this request; quote it when you ask for help."},
        "errors": {
            "type": "array",
            "description": "Which parameters or members are wrong, and why.",
            "items": {
                "type": "object",
                "required": ["place", "message"],
                "properties": {"place": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "position": {"type": "integer", "description": "Of a mistake in a query: characters from 0."},
        "message": {"type": "string"},
        "expected": _NULLABLE,
        "hint": _NULLABLE,
    },
}
RATE_HEADERS = {
    "RateLimit-Policy": "The quota: `q` requests in each window of `w` seconds.",
    "RateLimit": "What is left of it (`r`), and in how many seconds it begins anew (`t`).",
}


def completed(document: Mapping[str, Any], sections: Sequence[ApiSection], prefix: str) -> dict[str, Any]:
    """The document with sections, scopes, refusals, headers and examples.

    document    as ninja writes it
    prefix      before the path of every endpoint, ``/api/v1/``
    """
    told = {one.operation: (section, one) for section in sections for one in section.endpoints}
    paths: dict[str, Any] = {}
    for path, methods in document["paths"].items():
        paths[path] = {m: _operation(o, *told[o["operationId"]], prefix) for m, o in methods.items()}
    schemas = {name: _without_titles(one) for name, one in sorted(document["components"]["schemas"].items())}
    return {
        "openapi": document["openapi"],
        "info": {**document["info"], "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "servers": [{"url": "/"}],
        "tags": [{"name": one.name, "description": one.summary} for one in sections],
        "paths": paths,
        "components": {
            "schemas": {**schemas, "Problem": PROBLEM_SCHEMA},
            "responses": {name: _refusal(status) for status, name in _REFUSALS.items()},
            "headers": {
                name: {"description": text, "schema": {"type": "string"}} for name, text in RATE_HEADERS.items()
            },
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "A token made under /my-tokens."}
            },
        },
    }


def _refusal(status: int) -> dict[str, Any]:
    return {
        "description": _TOLD[status],
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


def _operation(found: Mapping[str, Any], section: ApiSection, endpoint: Endpoint, prefix: str) -> dict[str, Any]:
    security = [{"token": [endpoint.scope]}] if endpoint.scope else [{}, {"token": []}]
    refusals = sorted({*_ALWAYS, *endpoint.refuses, *([403] if endpoint.scope else [])})
    done: dict[str, Any] = {
        "operationId": endpoint.operation,
        "tags": [section.name],
        "summary": endpoint.summary,
        "security": security,
        "parameters": [_parameter(one, endpoint) for one in found["parameters"]],
        "responses": {
            **{str(status): _answer(one, endpoint) for status, one in found["responses"].items()},
            **{str(status): {"$ref": f"#/components/responses/{_REFUSALS[status]}"} for status in refusals},
        },
        "x-example": f"{endpoint.method} {prefix}{endpoint.example}",
    }
    if endpoint.detail:
        done["description"] = endpoint.detail
    if "requestBody" in found:
        done["requestBody"] = _body(found["requestBody"], endpoint)
    return done


def _answer(found: Mapping[str, Any], endpoint: Endpoint) -> dict[str, Any]:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in RATE_HEADERS}
    content = found.get("content") or {kind: {} for kind in endpoint.media}
    told = {"description": found["description"], "headers": headers}
    return {**told, "content": _without_titles(content)} if content else told


def _body(found: Mapping[str, Any], endpoint: Endpoint) -> dict[str, Any]:
    content = {kind: {**_without_titles(one), "example": endpoint.body} for kind, one in found["content"].items()}
    return {"required": True, "content": content}


def _parameter(found: Mapping[str, Any], endpoint: Endpoint) -> dict[str, Any]:
    """One parameter: without *null*, which no address can hold, and with its value in the example."""
    schema = dict(_without_titles(found["schema"]))
    schema.pop("description", None)
    while choices := schema.pop("anyOf", None) or schema.pop("allOf", None):
        (kind,) = [one for one in choices if one != {"type": "null"}]
        schema |= kind
        schema.pop("description", None)
    if schema.get("default", ...) is None:
        del schema["default"]
    name = found["name"]
    done = {"name": name, "in": found["in"], "required": found["required"], "schema": schema}
    description = _told_of(inspect.signature(endpoint.call, eval_str=True).parameters[name].annotation)
    if description:
        done["description"] = description
    example = example_values(endpoint).get(name)
    if example is not None:
        done["example"] = int(example) if schema.get("type") == "integer" else example
    return done


def _told_of(annotation: object) -> str | None:
    """The description that an annotation, or a part of a union, carries; the outermost word counts."""
    told = [getattr(one, "description", None) for one in getattr(annotation, "__metadata__", ())]
    inside = [_told_of(part) for part in get_args(annotation)]
    return next((one for one in [*reversed(told), *inside] if one), None)


def example_values(endpoint: Endpoint) -> dict[str, str]:
    """The parameters of an endpoint's example by name: those of its address, then those of its path."""
    path, _, query = endpoint.example.partition("?")
    values = dict(parse_qsl(query))
    for shape, given in zip(endpoint.path.split("/"), path.split("/"), strict=False):
        if shape.startswith("{"):
            values[shape.strip("{}").rpartition(":")[2]] = given
    return values


def _without_titles(told: Any) -> Any:
    """A schema without the titles that are only its own names again."""
    if isinstance(told, Mapping):
        kept = {k: v for k, v in told.items() if k != "title" or not isinstance(v, str)}
        return {key: _without_titles(value) for key, value in kept.items()}
    return [_without_titles(one) for one in told] if isinstance(told, list) else told
