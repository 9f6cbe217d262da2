"""Notices by mail: only to who reads there and agrees, in their language, once, whatever fails."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from qiantang.commons.audit import api as audit
from qiantang.commons.notices.models import Attempt, Dispatch, MailAddress, Notice
from qiantang.commons.notices.rules import BY_MAIL, PAUSES
from qiantang.commons.notices.selectors.mails import mail_settings
from qiantang.commons.notices.services import addressing, posting
from qiantang.commons.notices.types import MailState, Outcome
from qiantang.kernel.actor import Actor
from qiantang.kernel.errors import Invalid, Limited, NotPermitted

from .conftest import KIND, OTHER, PASSWORD, SYSTEM, confirmed, tell, token_in

pytestmark = [pytest.mark.django_db, pytest.mark.feature("X-11")]


def due_now():
    Dispatch.objects.update(next_at=timezone.now() - timedelta(seconds=1), leased_until=None)


# --- the address -----------------------------------------------------------------------------------------------------


def test_an_address_counts_when_its_reader_has_confirmed_it(lin, office, settled):
    assert mail_settings(lin).state is MailState.NONE
    settled(addressing.set_mail_address, actor=lin, address=" lin@example.org ", language="en")
    (mail,) = office.mails
    assert mail["To"].addresses[0].addr_spec == "lin@example.org"
    assert mail["Subject"] == "Qiantang: Confirm your address"
    assert mail_settings(lin).state is MailState.WAITING
    settled(tell, lin)
    assert len(office.letters) == 1  # nothing but the confirmation goes to an address nobody has confirmed
    addressing.confirm_mail_address(actor=lin, token=token_in(mail))
    assert mail_settings(lin).state is MailState.IN_FORCE
    assert lin.person_id in audit.agreeing_to(BY_MAIL.code)
    settled(tell, lin, "k2")
    assert len(office.letters) == 2


def test_a_confirmation_is_good_for_one_account_and_one_address(lin, shen, office, settled):
    settled(addressing.set_mail_address, actor=lin, address="lin@example.org", language="en")
    token = token_in(office.mails[0])
    for actor, given in ((shen, token), (lin, token + "x"), (lin, "")):
        with pytest.raises(Invalid, match=r"notices\.confirmation_stale"):
            addressing.confirm_mail_address(actor=actor, token=given)
    settled(addressing.set_mail_address, actor=lin, address="other@example.org", language="en")
    with pytest.raises(Invalid, match=r"notices\.confirmation_stale"):
        addressing.confirm_mail_address(actor=lin, token=token)


def test_a_change_of_address_begins_anew_and_a_change_of_language_does_not(lin, office, settled):
    confirmed(lin, office, settled)
    addressing.set_mail_address(actor=lin, address="lin@example.org", language="zh-hans")
    assert (mail_settings(lin).state, mail_settings(lin).language) == (MailState.IN_FORCE, "zh-hans")
    settled(addressing.set_mail_address, actor=lin, address="new@example.org", language="en")
    assert mail_settings(lin).state is MailState.WAITING
    settled(tell, lin)
    assert [mail["Subject"] for mail in office.mails] == ["Qiantang: Confirm your address"]


@pytest.mark.parametrize(
    "given", ["lin", "lin@", "@example.org", "林@example.org", "a b@example.org", "x" * 300 + "@a.b"]
)
def test_what_is_no_address_is_refused(lin, given):
    with pytest.raises(Invalid, match=r"notices\.address_malformed"):
        addressing.set_mail_address(actor=lin, address=given, language="en")
    assert not Dispatch.objects.exists()


def test_nobody_can_have_a_stranger_written_to_again_and_again(lin, shen, office, settled):
    for number in range(3):
        settled(addressing.set_mail_address, actor=lin, address=f"stranger{number % 2}@example.org", language="en")
    with pytest.raises(Limited, match=r"notices\.too_many_confirmations"):
        addressing.set_mail_address(actor=lin, address="third@example.org", language="en")
    settled(addressing.set_mail_address, actor=shen, address="stranger0@example.org", language="en")
    with pytest.raises(Limited):
        addressing.set_mail_address(actor=shen, address="stranger0@example.org", language="en")


@pytest.mark.feature("X-31")
def test_a_consent_withdrawn_stops_even_what_is_queued(lin, office, settled):
    confirmed(lin, office, settled)
    tell(lin)
    audit.withdraw_consent(actor=lin, purpose=BY_MAIL.code, person_id=lin.person_id)
    assert mail_settings(lin).state is MailState.LAPSED
    posting.post_due_mails(actor=SYSTEM)
    assert office.letters == []
    assert Dispatch.objects.get(notice__isnull=False).state == "dropped"
    assert addressing.set_mail_address(actor=lin, address="lin@example.org", language="en") is MailState.IN_FORCE
    settled(tell, lin, "k2")
    assert len(office.letters) == 1


def test_a_person_is_asked_for_this_consent_where_the_address_is(client, lin, office, settled):
    client.login(username="lin", password=PASSWORD)
    assert BY_MAIL.code not in client.get("/my-data").content.decode()
    confirmed(lin, office, settled)
    told = client.get("/my-data").content.decode()
    assert BY_MAIL.code in told
    assert 'href="/inbox/settings"' in told


def test_taking_the_address_away_leaves_none_behind(lin, office, settled):
    confirmed(lin, office, settled)
    assert addressing.set_mail_address(actor=lin, address="", language="en") is MailState.NONE
    assert not MailAddress.objects.exists()
    assert lin.person_id not in audit.agreeing_to(BY_MAIL.code)
    entries = audit.entries(SYSTEM)
    assert {"notices.address.enter", "notices.address.remove", "notices.mail.close"} <= {one.verb for one in entries}
    assert "example.org" not in "".join(str(one.facts) for one in entries)


def test_each_kind_can_be_had_without_mail(lin, office, settled):
    confirmed(lin, office, settled)
    addressing.set_mail_wishes(actor=lin, wanted={KIND.code: False})
    settled(tell, lin)
    settled(tell, lin, "k2", kind=OTHER.code)
    assert [mail["Subject"] for mail in office.mails] == ["Qiantang: Other"]
    assert Notice.objects.count() == 2
    with pytest.raises(Invalid, match=r"notices\.kind_unknown"):
        addressing.set_mail_wishes(actor=lin, wanted={"test.nobody": True})


# --- the mail --------------------------------------------------------------------------------------------------------


def test_a_mail_says_what_the_inbox_says_and_where_to_change_it(lin, office, settled, settings):
    settings.PUBLIC_URL = "https://ip.city.example"
    confirmed(lin, office, settled)
    settled(tell, lin, facts={"number": "CN1\r\nBcc: x@y.z", "amount": 1})
    (mail,) = office.mails
    assert mail["Subject"] == "Qiantang: Fee for CN1 Bcc: x@y.z"
    assert mail["Bcc"] is None
    text = mail.get_content()
    for told in ("Pay it.", "After that the right ends.", "https://ip.city.example/patents/7", "/inbox/settings"):
        assert told in text
    assert Dispatch.objects.get(notice__isnull=False).mark.hex in mail["Message-ID"]


def test_it_is_written_in_the_language_of_its_reader(lin, office, settled):
    confirmed(lin, office, settled, language="zh-hans")
    settled(tell, lin)
    (mail,) = office.mails
    assert mail["Subject"].startswith("钱塘")
    assert "收件箱" in mail.get_content()
    assert mail["Content-Language"] == "zh-hans"


def test_the_same_event_twice_is_one_mail(lin, office, settled):
    confirmed(lin, office, settled)
    settled(tell, lin)
    settled(tell, lin)
    posting.post_due_mails(actor=SYSTEM)
    assert len(office.letters) == 1


def test_a_server_that_is_away_is_tried_again_and_in_the_end_given_up(lin, office, settled):
    confirmed(lin, office, settled)
    office.answers = {"MAIL": "451 later"}
    settled(tell, lin)
    mail = Dispatch.objects.get(notice__isnull=False)
    assert mail.state == "waiting"
    assert timezone.now() < mail.next_at <= timezone.now() + PAUSES[0]
    assert posting.post_due_mails(actor=SYSTEM) == 0  # not before its time
    for _ in PAUSES:
        due_now()
        posting.post_due_mails(actor=SYSTEM)
    mail.refresh_from_db()
    assert mail.state == "given_up"
    assert list(mail.attempts.values_list("outcome", flat=True)) == ["deferred"] * (len(PAUSES) + 1)
    assert office.letters == []


def test_a_refusal_is_final_and_kept_with_its_words(lin, office, settled):
    confirmed(lin, office, settled)
    office.answers = {"RCPT": "550 no such person"}
    settled(tell, lin)
    mail = Dispatch.objects.get(notice__isnull=False)
    assert (mail.state, mail.attempts.get().said) == ("refused", "550 no such person")


def test_what_may_have_arrived_is_repeated_once_with_the_same_mark(lin, office, settled):
    confirmed(lin, office, settled)
    office.answers = {"END": None}
    settled(tell, lin)
    mail = Dispatch.objects.get(notice__isnull=False)
    for _ in range(3):
        due_now()
        posting.post_due_mails(actor=SYSTEM)
    mail.refresh_from_db()
    assert mail.state == "in_doubt"
    assert list(mail.attempts.values_list("outcome", flat=True)) == [Outcome.IN_DOUBT] * 2
    first, second = office.mails
    assert first["Message-ID"] == second["Message-ID"]


def test_of_two_workers_one_sends(lin, office, settled):
    confirmed(lin, office, settled)
    tell(lin)
    mail = Dispatch.objects.get(notice__isnull=False)
    Dispatch.objects.filter(pk=mail.pk).update(leased_until=timezone.now() + timedelta(minutes=1))
    assert posting.post_mail(actor=SYSTEM, dispatch=mail.pk) is None
    assert posting.post_due_mails(actor=SYSTEM) == 0
    assert office.letters == []


@pytest.mark.parametrize("who", ["lin", "public"])
def test_only_the_platform_sends(lin, who):
    actor = lin if who == "lin" else Actor.public()
    with pytest.raises(NotPermitted):
        posting.post_mail(actor=actor, dispatch=1)


# --- a worker that dies ----------------------------------------------------------------------------------------------

# with no more of the house than a mail needs: the whole of it takes seconds to import
WORKER = """
import sys, django
from django.conf import settings
from django.urls import include, path
from qiantang.config.settings import test as house
needed = ("events", "audit", "accounts", "notices")
settings.configure(**{
    **{name: getattr(house, name) for name in dir(house) if name.isupper()},
    "INSTALLED_APPS": ["django.contrib.auth", "django.contrib.contenttypes", *("qiantang.commons." + one for one in needed)],
    "ROOT_URLCONF": "__main__",
    "DELIVERY_ADAPTER": "qiantang.engines.delivery.smtp.SmtpDelivery",
    "DELIVERY_OPTIONS": {"url": sys.argv[1]},
})
django.setup()
urlpatterns = [path("", include("qiantang.commons.notices.urls"))]
from qiantang.commons.notices.services import posting
from qiantang.kernel.actor import Actor
posting.post_mail(actor=Actor.system("a worker"), dispatch=int(sys.argv[2]))
"""


def database_url():
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgresql://{told['USER']}:{told['PASSWORD']}@/{told['NAME']}?host={told['HOST']}&port={told['PORT']}"


def die_at(office, step, dispatch):
    """Run a worker and kill it where the mail server would answer that step."""
    children = []

    class Fatal(dict):
        def __contains__(self, word):
            if word == step:
                os.kill(children[0].pid, signal.SIGKILL)
            return word == step

        def get(self, word, usual):
            return None if word in self else usual

        def __getitem__(self, word):
            return None

    office.answers = Fatal()
    command = [sys.executable, "-c", WORKER, f"smtp://127.0.0.1:{office.port}", str(dispatch)]
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    surroundings = {**os.environ, **paths, "QIANTANG_DATABASE_URL": database_url()}
    with subprocess.Popen(command, env=surroundings) as child:
        children.append(child)
        assert child.wait(30) == -signal.SIGKILL
    office.answers = {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("step", "outcome", "arrived"), [("DATA", "deferred", 1), ("END", "in_doubt", 2)])
def test_a_killed_worker_loses_nothing_and_repeats_only_what_may_have_arrived(
    office, lin, step, outcome, arrived, settings
):
    settings.EVENTS_ON_COMMIT = "builtins.int"  # the job is the child's, not ours
    addressing.set_mail_address(actor=lin, address="lin@example.org", language="en")
    mail = Dispatch.objects.get()
    die_at(office, step, mail.pk)
    left = Attempt.objects.get()
    assert (left.ended_at, bool(left.handed_over_at)) == (None, step == "END")
    assert posting.post_due_mails(actor=SYSTEM) == 0  # its lease still runs
    due_now()
    posting.post_due_mails(actor=SYSTEM)
    assert list(Attempt.objects.order_by("id").values_list("outcome", flat=True)) == [outcome, "taken"]
    mail.refresh_from_db()
    assert mail.state == "taken"
    assert len({one["Message-ID"] for one in office.mails}) == 1
    assert len(office.mails) == arrived


# --- pages -----------------------------------------------------------------------------------------------------------


def test_the_address_by_page(client, lin, office, settled):
    client.login(username="lin", password=PASSWORD)
    english = {"accept-language": "en"}
    given = {"address": "lin@example.org", "language": "en", "kinds": [OTHER.code]}
    settled(client.post, "/inbox/settings", given)
    told = client.get("/inbox/settings", headers=english).content.decode()
    assert "This address is not confirmed yet" in told
    token = token_in(office.mails[0])
    asked = client.get(f"/inbox/settings/confirm?token={token}", headers=english)
    assert "lin@example.org" in asked.content.decode()
    assert mail_settings(lin).state is MailState.WAITING  # looking changes nothing
    assert client.post("/inbox/settings/confirm", {"token": token}).status_code == 302
    told = mail_settings(lin)
    assert (told.state, told.kinds[KIND.code], told.kinds[OTHER.code]) == (MailState.IN_FORCE, False, True)


def test_a_wrong_address_is_told_at_its_field(client, lin):
    client.login(username="lin", password=PASSWORD)
    response = client.post("/inbox/settings", {"address": "lin", "language": "en"}, headers={"accept-language": "en"})
    assert response.status_code == 422
    assert "is not an e-mail address" in response.content.decode()
    assert 'value="lin"' in response.content.decode()
