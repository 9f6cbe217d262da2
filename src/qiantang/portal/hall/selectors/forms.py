"""Forms: the newest published edition of each, those that were brought in, and what a service uses."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from qiantang.kernel.errors import NotFound
from qiantang.portal.hall.methods.forms import read_form
from qiantang.portal.hall.models import FormEdition
from qiantang.portal.hall.selectors.catalogue import catalogue, said
from qiantang.portal.hall.types.forms import Form
from qiantang.portal.hall.types.items import Text

_FILE = Path(__file__).resolve().parent.parent / "forms.toml"
GENERAL = "general"


class Bundle(NamedTuple):
    """One thing: a form, and the services that come of it, stage after stage."""

    code: str
    form: str
    name: Text
    goal: Text
    stages: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=1)
def _shipped() -> tuple[dict[str, Form], dict[str, str], dict[str, Bundle]]:
    told: dict[str, Any] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    forms = {one["key"]: read_form(one) for one in told["forms"]}
    bundles = {
        one["code"]: Bundle(
            one["code"], one["form"], Text(*one["name"]), Text(*one["goal"]), tuple(tuple(s) for s in one["stages"])
        )
        for one in told["bundles"]
    }
    return forms, dict(told["of_service"]), bundles


def bundles() -> tuple[Bundle, ...]:
    return tuple(_shipped()[2].values())


def bundle_by_code(code: str) -> Bundle | None:
    return _shipped()[2].get(code)


def newest_form(key: str) -> Form:
    """The published edition with the highest version, brought in or shipped. errors: NotFound ``hall.form_unknown``"""
    row = FormEdition.objects.filter(key=key, published_at__isnull=False).order_by("-version").first()
    shipped = _shipped()[0].get(key)
    if row is not None and (shipped is None or row.version > shipped.version):
        return read_form(row.told)
    if shipped is None:
        raise NotFound("hall.form_unknown", form=key[:40])
    return shipped


def form_edition(key: str, version: int) -> Form:
    """A form as it was in a version, published or not. errors: NotFound ``hall.form_unknown``"""
    shipped = _shipped()[0].get(key)
    if shipped is not None and shipped.version == version:
        return shipped
    row = FormEdition.objects.filter(key=key, version=version).first()
    if row is None:
        raise NotFound("hall.form_unknown", form=f"{key[:40]} {version}")
    return read_form(row.told)


def form_of_service(code: str) -> Form:
    """The form by which a service, or a bundle, begins."""
    found = bundle_by_code(code)
    return newest_form(found.form if found else _shipped()[1].get(code, GENERAL))


def editions() -> list[dict[str, Any]]:
    """All editions: key, version, title, whether published, whether shipped."""
    rows = [
        {"key": one.key, "version": one.version, "title": said(one.title), "published": True, "shipped": True}
        for one in _shipped()[0].values()
    ]
    for row in FormEdition.objects.order_by("key", "version"):
        title = said(read_form(row.told).title)
        told = {"key": row.key, "version": row.version, "title": title, "shipped": False}
        rows.append({**told, "published": row.published_at is not None})
    return sorted(rows, key=lambda one: (one["key"], one["version"]))


def label_of(form: Form, question: str) -> str:
    """How a question is asked, in the reader's language; its key where the form has none such."""
    found = form.question(question)
    return said(found.label) if found else question


def name_of(code: str) -> Text:
    """Of a service or a bundle. errors: NotFound ``hall.service_unknown``"""
    found, service = bundle_by_code(code), catalogue().service(code)
    if found is not None:
        return found.name
    if service is None:
        raise NotFound("hall.service_unknown", service=code[:20])
    return service.name
