"""The OpenAPI document as a page for people shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import orjson

from qiantang.portal.gateway.methods.documents import example_values

if TYPE_CHECKING:
    from qiantang.commons.catalogue.types import ApiSection, Endpoint

Say = Callable[[str], str]  # a message id in the reader's language
Parts = tuple[tuple[str, bool], ...]  # pieces of a sentence, each with whether it is code
_REF = "#/components/schemas/"


@dataclass(frozen=True, slots=True)
class Row:
    """A parameter or a member: ``kind`` in words of JSON, ``told`` in the reader's language."""

    name: str
    kind: str
    told: Parts
    required: bool = False
    default: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation: ``href`` of its example where a browser can follow it, ``curl`` as one would type it."""

    name: str
    method: str
    path: str
    summary: str
    detail: Parts
    scope: str
    href: str
    curl: str
    asked: tuple[Row, ...]
    answered: tuple[Row, ...]
    is_file: bool
    refusals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The operations of one room."""

    key: str
    name: str
    summary: str
    operations: tuple[Operation, ...]


def chapters(
    document: Mapping[str, Any], sections: Sequence[ApiSection], *, prefix: str, origin: str, say: Say
) -> tuple[Chapter, ...]:
    """The document by rooms, in the order of their sections.

    prefix      before the path of every endpoint
    origin      scheme and host, for the examples
    """
    told = {o["operationId"]: (path, o) for path, methods in document["paths"].items() for o in methods.values()}
    schemas = document["components"]["schemas"]
    return tuple(
        Chapter(
            section.key,
            say(section.name),
            say(section.summary),
            tuple(_operation(*told[one.operation], one, schemas, prefix, origin, say) for one in section.endpoints),
        )
        for section in sections
    )


def _operation(
    path: str,
    found: Mapping[str, Any],
    endpoint: Endpoint,
    schemas: Mapping[str, Any],
    prefix: str,
    origin: str,
    say: Say,
) -> Operation:
    asked = [_row(p["name"], p["schema"], p.get("description", ""), p["required"], say) for p in found["parameters"]]
    body = found.get("requestBody")
    if body:
        asked += _members(body["content"]["application/json"]["schema"], schemas, say)
    answer = found["responses"][str(endpoint.status)]["content"]["application/json"] if endpoint.answer else None
    address = example_address(endpoint, prefix)
    return Operation(
        name=endpoint.operation,
        method=endpoint.method,
        path=path,
        summary=say(endpoint.summary),
        detail=parts(say(endpoint.detail)) if endpoint.detail else (),
        scope=endpoint.scope or "",
        href=address if endpoint.method == "GET" and not endpoint.scope else "",
        curl=_curl(endpoint, origin + address),
        asked=tuple(asked),
        answered=_members(answer["schema"], schemas, say) if answer else (),
        is_file=bool(endpoint.media),
        refusals=tuple(status for status in found["responses"] if status >= "400"),
    )


def example_address(endpoint: Endpoint, prefix: str) -> str:
    """The address of an example, with what an address cannot hold written as it must be."""
    path, _, query = endpoint.example.partition("?")
    values = example_values(endpoint)
    names = [pair.partition("=")[0] for pair in query.split("&") if pair]
    pairs = "&".join(f"{name}={quote(values[name], safe='*[]():')}" for name in names)
    return prefix + quote(path) + (f"?{pairs}" if pairs else "")


def _curl(endpoint: Endpoint, address: str) -> str:
    words = ["curl"] if endpoint.method in ("GET", "POST") else ["curl", "-X", endpoint.method]
    if endpoint.scope:
        words.append("-H 'Authorization: Bearer TOKEN'")
    if endpoint.body is not None:
        words += ["-H 'Content-Type: application/json'", f"-d '{orjson.dumps(endpoint.body).decode()}'"]
    return " ".join([*words, f"'{address}'"])


def _members(schema: Mapping[str, Any], schemas: Mapping[str, Any], say: Say) -> tuple[Row, ...]:
    whole = schemas[schema["$ref"].removeprefix(_REF)] if "$ref" in schema else schema
    required = whole.get("required", ())
    return tuple(
        _row(name, one, one.get("description", ""), name in required, say)
        for name, one in whole.get("properties", {}).items()
    )


def _row(name: str, schema: Mapping[str, Any], description: str, required: bool, say: Say) -> Row:  # noqa: FBT001 - a column of the row
    default = schema.get("default")
    shown = "" if default is None or default == "" else str(default)
    return Row(name, kind_of(schema), parts(say(description)) if description else (), required, shown)


def kind_of(schema: Mapping[str, Any]) -> str:
    """A schema in words that are the same in every language."""
    if "$ref" in schema:
        return str(schema["$ref"].removeprefix(_REF))
    if "anyOf" in schema or "enum" in schema:
        choices = [kind_of(one) for one in schema.get("anyOf", ())] or map(str, schema["enum"])
        return " | ".join(choices)
    kind = str(schema.get("format") or schema.get("type", "any"))
    if kind == "array":
        return f"{kind_of(schema['items'])}[]"
    if "minimum" in schema and "maximum" in schema:
        return f"{kind} {schema['minimum']}–{schema['maximum']}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), Mapping):
        return f"{{string: {kind_of(schema['additionalProperties'])}}}"
    return kind


def parts(sentence: str) -> Parts:
    """A sentence with its code between backticks told apart."""
    return tuple((piece, place % 2 == 1) for place, piece in enumerate(sentence.split("`")) if piece)
