"""What navigation knows of one patent: standards and court cases noted of it, and the published reports that count it."""

from __future__ import annotations

import zlib
from json import dumps
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from qiantang.scenarios.navigation.models import Edition, EditionNode, PatentMark
from qiantang.scenarios.navigation.selectors import words
from qiantang.scenarios.navigation.selectors.editions import chain_of
from qiantang.scenarios.navigation.types import EditionState

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_MOST = 30  # projects whose newest report is looked into


class PlaceShown(NamedTuple):
    """A node of an industry that holds the patent, and its page."""

    name: str
    url: str


class ReportShown(NamedTuple):
    """The newest published edition of a project that counts the patent, and its deepest nodes that do."""

    title: str
    url: str
    published: date | None
    places: tuple[PlaceShown, ...]


class PatentNotes(NamedTuple):
    marks: tuple[PatentMark, ...]
    reports: tuple[ReportShown, ...]


def of_patent(patent_id: str) -> PatentNotes:
    """Open to everybody, as published editions and the key patents in them are."""
    marks = tuple(PatentMark.objects.filter(patent_id=patent_id))
    return PatentNotes(marks, tuple(_reports(patent_id)))


def _reports(patent_id: str) -> Iterator[ReportShown]:
    newest: dict[int, Edition] = {}
    published = Edition.objects.filter(state=EditionState.PUBLISHED).select_related("project")
    for row in published.order_by("-number", "-pk"):
        newest.setdefault(row.project_id, row)
    for row in sorted(newest.values(), key=lambda one: -one.pk)[:_MOST]:
        if not EditionNode.objects.filter(edition=row, code="").exists() or not _holds(row, "", patent_id):
            continue
        chain = chain_of(row)
        inside = [one.code for one in chain.nodes if _holds(row, one.code, patent_id)]
        deepest = [code for code in inside if not any(other.startswith(f"{code}.") for other in inside)]
        page = reverse("navigation:edition-page", args=[row.pk])
        places = (PlaceShown(words.node_name(chain, code), f"{page}?{urlencode({'node': code})}") for code in deepest)
        yield ReportShown(row.project.title, page, row.published_at.date() if row.published_at else None, tuple(places))


def _holds(row: Edition, code: str, patent_id: str) -> bool:
    """Whether a node counts the patent: its id in quotation marks stands in the packed list. Nothing is taken apart for it,
    for the page of a patent asks this of every node of every report.
    """
    members = EditionNode.objects.filter(edition=row, code=code).values_list("members", flat=True).first()
    return members is not None and dumps(patent_id).encode() in zlib.decompress(bytes(members))
