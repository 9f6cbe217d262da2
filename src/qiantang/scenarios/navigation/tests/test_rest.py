"""Navigation for programs: what is published, and nothing else."""

from __future__ import annotations

import pytest

from qiantang.scenarios.navigation.services import editions

from .test_editions import compute, project  # noqa: F401 a project of the same shape

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-27")]


def told(client, path, **asked):
    answer = client.get(f"/api/v1/{path}", asked)
    return answer.status_code, answer.json()


def test_the_shipped_industries_and_the_chain_of_one_with_what_each_node_finds(land, client):
    code, found = told(client, "industries")
    assert code == 200
    assert {"biomedicine", "artificial-intelligence"} <= {one["key"] for one in found["items"]}
    code, chain = told(client, "industries/biomedicine")
    assert code == 200
    nodes = {one["code"]: one for one in chain["nodes"]}
    assert nodes["1.1.1"]["patents"] == 12  # every fifth of forty, and the four abroad
    assert nodes["1"]["place"] == "upstream"
    assert told(client, "industries/none")[0] == 404


def test_an_edition_is_given_once_it_is_published_and_counts_as_many_patents_as_it_says(lin, project, land, client):  # noqa: F811 the fixture of the other file
    row = compute(lin, project)
    assert told(client, "editions")[1]["items"] == []
    assert told(client, f"editions/{row.pk}")[0] == 404
    editions.publish_edition(actor=lin, key=row.pk)
    (one,) = told(client, "editions")[1]["items"]
    assert (one["id"], one["digest"], one["synthetic"]) == (row.pk, row.digest, True)
    whole = told(client, f"editions/{row.pk}")[1]
    assert "1.1.1" in whole["nodes"]
    figures = {each["key"]: each for each in whole["figures"]}
    assert figures["total"]["value"] == whole["patents"] == 44
    first = told(client, f"editions/{row.pk}/patents", key="total", limit=30)[1]
    rest = told(client, f"editions/{row.pk}/patents", key="total", limit=30, cursor=first["next"])[1]
    assert len({*first["items"], *rest["items"]}) == first["total"] == 44
    assert told(client, f"editions/{row.pk}/patents", key="nothing")[0] == 404
    unknown = [each for each in figures.values() if each["value"] is None]
    assert all(each["why"] for each in unknown)
