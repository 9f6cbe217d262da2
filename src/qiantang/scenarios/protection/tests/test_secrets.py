"""The pages of sealed containers."""

from __future__ import annotations

import io
import json
from hashlib import new, sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import strip_tags

from qiantang.commons.accounts import api as accounts
from qiantang.commons.evidence.methods.containers import sealed
from qiantang.commons.evidence.models import Deposit
from qiantang.kernel.actor import Actor

pytestmark = [pytest.mark.django_db, pytest.mark.feature("S7A-13")]
CONTAINER = b"".join(sealed(io.BytesIO(b"recipe"), name="r", size=6, password="x" * 12, iterations=1))


@pytest.fixture
def people(client, settings, tmp_path):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    for name in ("lin", "wu"):
        accounts.create_account(
            actor=Actor.system("test"), username=name, display_name=name, password="a-long-password", roles=[]
        )

    def signed_in(name):
        client.logout()
        client.login(username=name, password="a-long-password")
        return client

    return signed_in


def words(response):
    return " ".join(strip_tags(response.content.decode()).split())


def test_a_container_is_deposited_and_opened_by_whom_its_owner_lets(people):
    lin = people("lin")
    there = lin.post("/evidence/secrets/new", {"container": SimpleUploadedFile("c.qtsc", CONTAINER)})["Location"]
    number = there.rpartition("/")[2]
    page = f"/evidence/secrets/{number}"
    assert lin.post(f"{page}/open", {"reason": ""}).status_code == 422
    taken = lin.post(f"{page}/open", {"reason": "court"})
    assert b"".join(taken.streaming_content) == CONTAINER
    assert lin.post(f"{page}/grants", {"username": "nobody", "days": "7", "why": "x"}).status_code == 422
    assert lin.post(f"{page}/grants", {"username": "wu", "days": "7", "why": "鉴定"}).status_code == 302
    assert "鉴定" in words(lin.get(page))
    wu = people("wu")
    assert wu.get(f"/evidence/{number}").status_code == 404  # leave opens the container, not the rest
    assert "收回" not in words(wu.get(page))
    assert b"".join(wu.post(f"{page}/open", {"reason": "鉴定"}).streaming_content) == CONTAINER
    lin = people("lin")
    key = lin.get(page).context["row"].grants[0].key
    lin.post(f"{page}/grants/{key}/revoke")
    assert people("wu").get(page).status_code == 404


def test_the_digest_alone_is_enough_and_nothing_in_the_clear_is_taken(people):
    lin = people("lin")
    told = {"sha256": sha256(CONTAINER).hexdigest(), "sm3": new("sm3", CONTAINER).hexdigest()}
    listed = json.dumps([{"name": "c.qtsc", "size": len(CONTAINER), **told}])
    there = lin.post("/evidence/secrets/new", {"digests": listed})["Location"]
    row = Deposit.objects.get()
    assert (row.kind, row.stored, row.name) == ("trade_secret", False, "商业秘密")
    page = f"/evidence/secrets/{there.rpartition('/')[2]}"
    assert (
        lin.post(f"{page}/open", {"reason": "court"}).status_code == 302
    )  # on record; the container is with its owner
    assert "opened: court" in words(lin.get(there))
    refused = lin.post("/evidence/secrets/new", {"container": SimpleUploadedFile("plain.txt", b"recipe")})
    assert refused.status_code == 422
    form = lin.get("/evidence/secrets/new").content.decode()
    field = form[form.index('id="secret"') - 40 : form.index('id="secret"') + 60]
    assert "name=" not in field  # the file itself is in no form that could send it
