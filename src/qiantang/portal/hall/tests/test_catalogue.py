"""The catalogue: complete, refusing what is vague, found in everyday words, and the guide to one's own list."""

from __future__ import annotations

import copy
import tomllib

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from qiantang.commons.accounts import api as accounts
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, NotFound
from qiantang.portal.hall.methods.cataloguing import read_catalogue
from qiantang.portal.hall.methods.completeness import GROUP_CODES, lacks
from qiantang.portal.hall.methods.guiding import FACTS, MOST_QUESTIONS, facts_of, needed, next_question, saving
from qiantang.portal.hall.methods.searching import found
from qiantang.portal.hall.selectors import catalogue as reads

RAW = tomllib.loads(reads._FILE.read_text(encoding="utf-8"))
CODES = [one.code for one in reads.catalogue().services]


def broken(**changed):
    told = copy.deepcopy(RAW)
    told["items"][0].update(changed)
    return lacks(told)


@pytest.mark.feature("S10-01")
def test_the_shipped_catalogue_has_the_28_things_of_the_specification_and_nothing_is_wrong_with_it():
    assert lacks(RAW) == []
    assert len(CODES) == 28
    counts = [sum(code.startswith(group) for code in CODES) for group in GROUP_CODES]
    assert counts == [7, 7, 7, 7]
    promised = {one.code: one.promised_days for one in reads.catalogue().services}
    told = {"0101": 10, "0102": 7, "0103": 3, "0107": 0, "0203": 5, "0302": 45, "0303": 60, "0401": None, "0405": 1}
    assert {code: promised[code] for code in told} == told
    assert {one.code for one in reads.catalogue().services if one.visits} == {"0104", "0303"}


@pytest.mark.feature("S10-01")
@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"result": None}, "CL-01"),
        ({"steps": []}, "CL-01"),
        ({"visits": None}, "CL-01"),
        ({"name": ["只有中文"]}, "CL-02"),
        ({"name": ["备案", " "]}, "CL-02"),
        ({"for_whom": ["企业及其他材料齐全者", "Enterprises"]}, "CL-03"),
        ({"result": ["按要求提供的证明", "Notice"]}, "CL-03"),
        ({"goal": ["我要备案", "File, with other materials"]}, "CL-03"),
        ({"goal": ["我要备案", "Papers etc."]}, "CL-03"),
        ({"materials": ["other"]}, "CL-04"),
        ({"fee": "cheap"}, "CL-04"),
        ({"channels": ["pigeon"]}, "CL-04"),
        ({"promised": [], "beyond": None}, "CL-05"),
        ({"promised": [[]]}, "CL-05"),
        ({"promised": [[3, 5], [7]], "legal_days": 11}, "CL-06"),
        ({"code": "0301"}, "CL-07"),
        ({"tolerated": ["policy_copy"]}, "CL-08"),
        ({"words": []}, "CL-10"),
    ],
)
def test_a_vague_or_incomplete_entry_is_refused(changed, rule):
    assert rule in {one.rule for one in broken(**changed)}


def test_a_law_needs_a_name_and_a_catalogue_with_a_lack_is_not_read():
    told = copy.deepcopy(RAW)
    told["laws"]["ols"] = ["有关规定", "relevant laws"]
    assert {one.rule for one in lacks(told)} >= {"CL-03", "CL-09"}
    text = reads._FILE.read_text(encoding="utf-8").replace("备案通过通知书", "其他材料")
    with pytest.raises(Invalid) as refused:
        read_catalogue(text)
    assert refused.value.code == "hall.catalogue_incomplete"
    with pytest.raises(Invalid, match="unreadable"):
        read_catalogue("= no")


@pytest.mark.feature("S10-24")
@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("别人抄我的产品怎么办", "0301"),
        ("淘宝上有人卖我的山寨货", "0301"),
        ("网店链接要截图留下来", "0305"),
        ("想给我的奶茶店起名注册个牌子", "0104"),
        ("专利能不能贷款", "0203"),
        ("公司缺钱想融资", "0203"),
        ("专利费太贵了", "0103"),
        ("年费忘记交了会不会失效", "0107"),
        ("我的专利值多少钱", "0205"),
        ("收到美国律师函", "0306"),
        ("软件怎么登记版权", "0106"),
        ("有没有人做过这个技术", "0406"),
        ("不想打官司，想和解", "0302"),
        ("快速授权", "0102"),
        ("到国外申请专利", "0105"),
        ("专利过户给新公司", "0201"),
        ("有什么政策补贴可以拿", "0404"),
        ("茶叶产地 龙井", "0307"),
        ("我们小公司没有专人管专利", "0402"),
        ("我想上课学习考证书", "0405"),
        ("贯标认证", "0401"),
        ("somebody copied my product, infringement", "0301"),
        ("loan", "0203"),
        ("TRADEMARK", "0104"),
    ],
)
def test_everyday_words_find_the_service(question, code):
    assert code in [one.code for one in found(question, reads.catalogue().services)[:3]]


@pytest.mark.parametrize("question", ["", "   ", "？！", "zzz", "今天天气"])
def test_nothing_is_guessed(question):
    assert found(question, reads.catalogue().services) == []


@given(st.text(max_size=60))
def test_any_question_has_an_answer_in_order(question):
    codes = [one.code for one in found(question, reads.catalogue().services)]
    assert len(codes) == len(set(codes))


@pytest.mark.feature("S10-03")
@pytest.mark.parametrize("code", CODES)
def test_the_guide_asks_at_most_eight_questions_and_only_what_a_paper_depends_on(code):
    whole = reads.catalogue()
    service = whole.service(code)
    answers, asked = {}, []
    while (ask := next_question(whole, answers)) is not None:
        asked.append(ask.about)
        assert ask.place == len(asked) <= ask.most <= MOST_QUESTIONS
        answers[ask.about] = {"group": service.group, "service": code}.get(ask.about) or ask.answers[-1]
    assert asked == ["group", "service", *facts_of(whole, service)]
    assert len(asked) <= MOST_QUESTIONS


@pytest.mark.feature("S10-03")
def test_the_list_has_only_the_papers_that_are_needed():
    whole = reads.catalogue()
    service = whole.service("0201")
    alone = needed(whole, service, {"who": "firm", "agent": "no", "joint": "no", "abroad": "no"})
    assert [one.key for one in alone.now] == ["application", "transfer_contract"]
    assert [one.key for one in alone.ours] == ["identity", "patent_certificate"]
    assert {one.key for one in alone.spared} == {"attorney", "export_permit", "joint_consent"}
    full = needed(whole, service, {"agent": "yes", "joint": "yes", "abroad": "yes"})
    assert {one.key for one in full.now} == {"application", "transfer_contract", "export_permit", "joint_consent"}
    assert [one.key for one in full.later] == ["attorney"]
    assert full.spared == ()


@given(
    st.sampled_from(CODES), st.dictionaries(st.sampled_from(sorted(FACTS)), st.sampled_from(["yes", "no", "firm", "?"]))
)
def test_each_paper_stands_in_exactly_one_list(code, facts):
    whole = reads.catalogue()
    service = whole.service(code)
    lists = needed(whole, service, facts)
    keys = [one.key for part in lists for one in part]
    assert sorted(keys) == sorted(service.materials)


def test_handing_in_once_saves_what_the_specification_says():
    lists = (tuple("abcdefg"), tuple("abcd"), tuple("abhi"), tuple("abjk"))
    told = saving(lists)
    assert (told.asked, told.different) == (19, 11)
    assert round(told.share * 100, 1) == 42.1
    assert saving(()).share is None


@pytest.mark.feature("S10-01")
def test_pages_of_services(client, db):
    page = client.get("/services").content.decode()
    assert all(reverse("hall:service-show", args=[code]) in page for code in CODES)
    shown = client.get("/services/0203").content.decode()
    for text in ("专利质押登记", "质押合同", "5个工作日", "《专利权质押登记办法》", "银行审批时间不计入", "不收费"):
        assert text in shown
    assert client.get("/services/9999").status_code == 404
    assert "没有服务提到" in client.get("/services?q=今天天气").content.decode()
    with pytest.raises(NotFound):
        reads.service_by_code("9999")


@pytest.mark.feature("S10-03")
def test_the_guide_in_pages_without_a_script(client, db):
    assert "最多8个" in client.get("/services/guide").content.decode()
    page = client.get("/services/guide?group=use&service=0201&agent=no&joint=no&abroad=no").content.decode()
    assert "您的材料清单" in page
    assert "转让合同" in page
    spared = page[page.index('id="spared"') :]
    assert "授权委托书" in spared
    bad = client.get("/services/guide?group=nonsense&service=0201").content.decode()
    assert 'name="group"' in bad


@pytest.mark.feature("S10-01")
def test_operators_try_a_draft_of_the_catalogue(client, db):
    assert client.post("/services/check", {"draft": ""}).status_code in {302, 403}
    accounts.create_account(
        actor=Actor.system("test"), username="ou", display_name="Ou", password="a-long-password", roles=["operator"]
    )
    client.login(username="ou", password="a-long-password")
    text = reads._FILE.read_text(encoding="utf-8")
    assert "可以发布" in client.post("/services/check", {"draft": text}).content.decode()
    vague = client.post("/services/check", {"draft": text.replace("备案通过通知书", "其他材料")}).content.decode()
    assert "CL-03" in vague
    assert client.post("/services/check", {"draft": "= no"}).status_code == 422


def test_every_address_where_a_service_begins_is_there():
    for one in reads.catalogue().services:
        if one.start:
            assert reverse(one.start)
