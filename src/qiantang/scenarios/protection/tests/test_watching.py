"""Watch lists: captured on schedule, a new suspect becomes a draft and is told; what was known stays known."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.events import api as events
from qiantang.commons.evidence import api as evidence
from qiantang.commons.evidence.models import CaptureSchedule, CustodyLine, WebCapture
from qiantang.commons.evidence.services.collecting import captures as capturing
from qiantang.commons.notices.models import Notice
from qiantang.engines.capture.chromium import checked_address
from qiantang.engines.capture.port import Captured, Verdict
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Conflict, Invalid, NotFound
from qiantang.scenarios.protection.methods.watching import offers, watched_words
from qiantang.scenarios.protection.models import Dispute, Exhibit, Proceeding, Suspect, Watch
from qiantang.scenarios.protection.services import watching
from qiantang.scenarios.protection.tests.people import person
from qiantang.scenarios.protection.types import Intake

SYSTEM = Actor.system("test")
URL = "https://shop.example/list?page=1"
GENUINE = '<a href="/item/1?spm=a.b"><h3>钱塘牌 龙井 250g</h3><span>¥199</span></a>'
FAKE = '<a href="/item/7?utm_source=x&id=7"><img alt="钱塘牌龙井特惠"></a>'
pytestmark = pytest.mark.feature("S7B-14")


class Shop:
    """A capturer that brings the page which it is told to."""

    def __init__(self):
        self.body, self.verdict, self.facts = GENUINE, Verdict.WHOLE, {"seller": "某茶行"}

    def ensure_ready(self):
        pass

    def checked(self, url):
        return checked_address(url)

    def capture(self, asked, folder, tell):
        files = ("page.txt", "page.html") if self.verdict is not Verdict.FAILED else ()
        for name in files:
            (folder / name).write_text(f"<html><body>{self.body}</body></html>", "utf-8")
        return Captured(
            verdict=self.verdict, title="茶店", final_url=asked.url, files=files, facts=self.facts, record={}
        )


@pytest.fixture
def shop(db, settings, tmp_path, monkeypatch):
    settings.QIANTANG_HOME = tmp_path / "home"
    settings.NOTARY_AUTHORITIES = (("qiantang.engines.notary.demo.DemoAuthority", {"folder": tmp_path / "keys"}),)
    adapter = Shop()
    monkeypatch.setattr(capturing, "capturer", lambda: adapter)
    return adapter


@pytest.fixture
def turn(shop, django_capture_on_commit_callbacks):
    """Let the schedule come round, and what follows from it happen."""

    def turned(body=None):
        shop.body = shop.body if body is None else body
        with django_capture_on_commit_callbacks(execute=True):
            CaptureSchedule.objects.update(next_at=timezone.now() - timedelta(seconds=1))
            evidence.collecting.queue_due_captures(actor=SYSTEM)
        events.deliver_pending()
        return WebCapture.objects.order_by("-pk").first()

    return turned


@pytest.fixture
def watched(turn, django_capture_on_commit_callbacks):
    def made(actor, **told):
        asked = {"address": URL, "words": "钱塘牌龙井", "every_days": 7, **told}
        right = Intake(right_kind="trade_mark", right_title="钱塘牌")
        with django_capture_on_commit_callbacks(execute=True):
            key = watching.add_watch(actor=actor, right=right, **asked)
        events.deliver_pending()
        return key

    return made


@pytest.mark.django_db
def test_a_new_suspect_becomes_a_draft_of_its_owner_once_and_is_told(watched, turn):
    lin = person("lin")
    key = watched(lin)
    assert Suspect.objects.values_list("text", "known").get() == ("钱塘牌 龙井 250g ¥199", True)
    assert not Dispute.objects.exists()
    assert not Notice.objects.filter(kind="protection.suspect_found").exists()
    turn(GENUINE.replace("199", "149").replace("spm=a.b", "spm=c.d"))  # another price, another way in: the same offer
    assert Suspect.objects.count() == 1
    capture = turn(GENUINE + FAKE)
    found = Suspect.objects.get(known=False)
    assert (found.address, found.first_capture) == ("https://shop.example/item/7?id=7", capture.number)
    draft = Dispute.objects.select_related("case").get()
    assert (draft.filed_at, draft.case.state, draft.person_id) == (None, "draft", lin.person_id)
    assert not Proceeding.objects.exists()
    assert (draft.told["respondent"], draft.told["right_title"], draft.told["online"]) == ("某茶行", "钱塘牌", True)
    assert found.address in draft.told["description"]
    assert Exhibit.objects.get().number == capture.deposit.number
    assert CustodyLine.objects.filter(deposit=capture.deposit, text__contains="looked at").exists()
    notice = Notice.objects.get(kind="protection.suspect_found")
    assert (notice.person_id, notice.facts["count"], notice.link) == (lin.person_id, 1, f"/protection/watches/{key}")
    # gone, and back again: known it stays, and nothing new is begun
    turn(GENUINE)
    assert Suspect.objects.get(pk=found.pk).last_capture == capture.number
    back = turn(GENUINE + FAKE)
    assert Suspect.objects.get(pk=found.pk).last_capture == back.number
    assert (Suspect.objects.count(), Dispute.objects.count()) == (2, 1)
    told = {"actor": SYSTEM, "capture": capture.number, "schedule": Watch.objects.get().schedule}
    assert watching.look_through(**told) == 0  # delivered twice


@pytest.mark.django_db
def test_a_capture_that_shows_nothing_tells_nothing_and_the_first_may_make_a_draft(watched, turn, shop):
    lin = person("lin")
    shop.verdict = Verdict.FAILED
    key = watched(lin, first_known=False)
    assert (Watch.objects.get().first_capture, Suspect.objects.count()) == ("", 0)
    shop.verdict = Verdict.PARTIAL
    turn(FAKE)
    assert Suspect.objects.get().dispute is not None
    shop.verdict = Verdict.FAILED
    before = Watch.objects.get().looked_at
    turn()
    assert Watch.objects.get().looked_at == before
    watching.stop_watch(actor=lin, key=key)
    assert CaptureSchedule.objects.get().stopped_at is not None
    with pytest.raises(Conflict, match="suspect_drafted"):
        watching.draft_of_suspect(actor=lin, key=key, suspect=Suspect.objects.get().pk)


@pytest.mark.django_db
def test_without_a_mandate_the_person_is_told_and_nothing_is_begun(watched, turn, monkeypatch):
    lin = person("lin")
    watched(lin)
    monkeypatch.setattr(watching.policies, "may_bring", lambda _actor: False)  # the mandate has ended meanwhile
    turn(GENUINE + FAKE)
    assert not Dispute.objects.exists()
    assert "number" not in Notice.objects.get(kind="protection.suspect_found").facts
    monkeypatch.undo()


@pytest.mark.django_db
def test_a_watch_is_its_owners(watched):
    lin, wu = person("lin"), person("wu")
    key = watched(lin)
    suspect = Suspect.objects.get().pk
    for act in (
        lambda: watching.stop_watch(actor=wu, key=key),
        lambda: watching.clear_suspect(actor=wu, key=key, suspect=suspect),
        lambda: watching.draft_of_suspect(actor=wu, key=key, suspect=suspect),
    ):
        with pytest.raises(NotFound, match="watch_unknown"):
            act()
    with pytest.raises(Invalid, match="watch_words"):
        watching.add_watch(actor=lin, address=URL, words=" ,\n", every_days=1)
    number = watching.draft_of_suspect(actor=lin, key=key, suspect=suspect)
    assert Dispute.objects.get().filed_at is None
    assert number


@pytest.mark.django_db
def test_a_watch_is_made_cleared_and_stopped_on_the_pages(shop, client, django_capture_on_commit_callbacks):
    lin, wu = person("lin"), person("wu")
    client.cookies["qiantang_language"] = "en"
    assert "belongs to an account" in client.get("/protection/watches").content.decode()
    client.force_login(get_user_model().objects.get(pk=lin.person_id))
    told = {"address": URL, "words": "龙井", "every_days": "7", "first": "known"}
    assert client.post("/protection/watches", {**told, "address": "file:///x"}).status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post("/protection/watches", told).headers["Location"]
    events.deliver_pending()
    assert "stood there when the watch began" in client.get(page).content.decode()
    assert client.post(page, {"do": "clear", "suspect": Suspect.objects.get().pk}).status_code == 302
    assert "hurts no right" in client.get(page).content.decode()
    onward = client.post(page, {"do": "draft", "suspect": Suspect.objects.get().pk}).headers["Location"]
    assert "龙井" in client.get(onward).content.decode()
    assert "draft, not filed" in client.get(page).content.decode()
    assert client.post(page, {"do": "stop"}).status_code == 302
    assert "Stopped" in client.get("/protection/watches").content.decode()
    client.force_login(get_user_model().objects.get(pk=wu.person_id))
    assert client.get(page).status_code == 404


def test_words_and_pieces_of_a_page():
    assert watched_words("钱塘牌\n 龙井 ,龙井，NIKE") == ("钱塘牌", "龙井", "NIKE")
    page = (
        "<head><title>nike</title></head><script>nike</script><p>ｎｉＫe shoes 99</p><p>nike  shoes 101</p>"
        "<a href='javascript:x'>nike bag</a><a href='https://[bad'>nike cap</a><p>other</p>"
    )
    found = offers([page], base="https://a.example/", words=("NIKE",))
    assert [one.text for one in found] == ["ｎｉＫe shoes 99", "nike bag", "nike cap"]
    assert {one.address for one in found} == {"https://a.example/"}


@given(st.text(max_size=200), st.text(min_size=1, max_size=5))
def test_any_page_can_be_looked_through_and_gives_each_offer_once(text, word):
    found = offers([text, text], base="https://a.example/x", words=(word,))
    assert len({one.key for one in found}) == len(found)
    assert found == offers([text], base="https://a.example/x", words=(word,))
