"""Dossiers shared: with other accounts, and by links that end."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from qiantang.commons.notices.tests.told import notices
from qiantang.corpus.register import api as register
from qiantang.corpus.register.types import SearchRequest
from qiantang.kernel.errors import Invalid, Limited, NotFound
from qiantang.kernel.paging import PageRequest
from qiantang.scenarios.query.models import Dossier, DossierEntry, DossierLink
from qiantang.scenarios.query.selectors import dossiers as reads
from qiantang.scenarios.query.services import dossiers, sharing

from .keeping import begin, person

pytestmark = [pytest.mark.feature("S3-14"), pytest.mark.usefixtures("in_english")]
PAGE = PageRequest(size=200)
THREE = ("CN201710601862", "CN202210851408", "CN-P111000005")


def entry_of(key, patent_id):
    return DossierEntry.objects.get(dossier_id=key, patent_id=patent_id).pk


# --- sharing ---------------------------------------------------------------------------------------------------------


def test_who_is_shared_with_is_told_once_and_shut_out_for_good(stocked, lin):
    key = begin(lin, patents=THREE)
    shen = person("shen")
    for may_write in (False, True):
        sharing.share_dossier(actor=lin, key=key, username=" SHEN", may_write=may_write)
    (notice,) = notices()
    assert (notice.person_id, notice.kind, notice.link) == (shen.person_id, "query.dossier_shared", f"/dossiers/{key}")
    row = reads.dossier_row(shen, key)
    query = reads.shown(shen, row).query
    assert register.search(SearchRequest(query)).total == 3
    sharing.unshare_dossier(actor=lin, key=key, share=row.shares.get().pk)
    with pytest.raises(NotFound):
        reads.dossier_row(shen, key)
    with pytest.raises(Invalid, match=r"query\.syntax"):
        register.search(SearchRequest(query))
    with pytest.raises(Invalid, match=r"query\.share_with_owner"):
        sharing.share_dossier(actor=lin, key=key, username="lin", may_write=False)
    with pytest.raises(NotFound, match=r"accounts\.account_unknown"):
        sharing.share_dossier(actor=lin, key=key, username="nobody", may_write=False)


def token_of(url):
    return urlsplit(url).path


def test_a_link_opens_the_dossier_for_reading_and_nothing_private(stocked, lin, client):
    key = begin(lin, patents=THREE)
    entry = entry_of(key, THREE[0])
    dossiers.describe_patent(actor=lin, key=key, entry=entry, rating=4, tags=["核心"])
    dossiers.comment(actor=lin, key=key, entry=entry, text="只给自己人看")
    address = token_of(sharing.make_link(actor=lin, key=key, days=7))
    response = client.get(address, headers={"accept-language": "en"})
    content = response.content.decode()
    assert response.status_code == 200
    assert [one.patent_id for one in response.context["entries"]] == list(THREE)
    assert "核心" in content
    assert "4 of 5" in content
    for private in ("只给自己人看", "Lin", f"/dossiers/{key}", Dossier.objects.get().set_name):
        assert private not in content
    assert "noindex" in response["X-Robots-Tag"]
    assert "noindex" in content
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("how", ["revoked", "past", "forged", "cut", "deleted"])
def test_a_link_that_ended_opens_nothing(stocked, lin, client, how):
    key = begin(lin, patents=THREE)
    address = token_of(sharing.make_link(actor=lin, key=key, days=7))
    link = DossierLink.objects.get()
    if how == "revoked":
        sharing.revoke_link(actor=lin, key=key, link=link.pk)
    elif how == "past":
        DossierLink.objects.update(until=timezone.now() - timedelta(seconds=1))
    elif how == "deleted":
        dossiers.delete_dossier(actor=lin, key=key)
    else:
        address = address[:-1] + ("A" if address[-1] != "A" else "B") if how == "forged" else address.rpartition(".")[0]
    assert client.get(address).status_code == 404


def test_links_have_bounds(stocked, lin, monkeypatch):
    key = begin(lin)
    sharing.make_link(actor=lin, key=key, days=10_000)
    assert DossierLink.objects.get().until < timezone.now() + timedelta(days=8)
    monkeypatch.setattr(sharing, "MOST_LINKS", 1)
    with pytest.raises(Limited, match=r"query\.links_too_many"):
        sharing.make_link(actor=lin, key=key, days=7)
