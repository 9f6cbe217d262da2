"""Sentence and next step of each refusal of evidence."""

from __future__ import annotations

# code -> (sentence, next step)
REFUSALS = {
    "evidence.sign_in_first": ("Deposits belong to an account.", "Sign in."),
    "evidence.unknown": ("There is no such deposit, or it is not yours.", "Check the number."),
    "evidence.not_sealed": (
        "Deposit %(number)s is received; its timestamp is pending.",
        "Wait a minute and try again.",
    ),
    "evidence.name_missing": ("The object has no name.", "Write what it is called, in a few words."),
    "evidence.file_empty": ("The file is empty.", "Choose a file with content."),
    "evidence.file_too_large": (
        "The file is larger than %(limit)s bytes.",
        "Deposit it by its digests: the file stays with you.",
    ),
    "evidence.too_many": ("A batch holds at most %(most)s files.", "Divide it."),
    "evidence.nothing": ("There is no file to deposit.", "Name one that is there."),
    "evidence.object_missing": (
        "The platform keeps no copy of this object.",
        "Use your own copy; its digests are in the deposit.",
    ),
    "evidence.object_changed": (
        "The stored copy of %(number)s is no longer what was deposited.",
        "Tell the operator; the chain of custody notes it. Your own copy is not affected.",
    ),
    "evidence.witness_unknown": ("The witness %(given)s is not known.", "Use a name that the operator has entered."),
    "evidence.witness_signature": (
        "This is not the witness's signature of the checkpoint.",
        "Sign the bytes of the checkpoint as they are.",
    ),
    "evidence.witness_taken": ("There is a witness of that name already.", "Choose another name."),
    "evidence.operator_only": ("Only operators do this.", "Sign in as an operator."),
    "evidence.size_unknown": ("The log has no checkpoint of %(given)s entries.", "Use the size of a checkpoint."),
    "evidence.key_missing": (
        "The log's signing key is not in the home.",
        "Restore the folder evidence of the home from the backup.",
    ),
    "evidence.capture_unknown": ("There is no such capture, or it is not yours.", "Check the number."),
    "evidence.captures_today": (
        "An account has %(most)s captures a day; those that failed do not count.",
        "Go on tomorrow, or deposit recordings of your own.",
    ),
    "evidence.purpose_missing": ("It is not said what the capture is for.", "Write it in a few words."),
    "evidence.pages": ("A capture follows 1 to %(most)s pages.", "Choose fewer."),
    "evidence.days": ("A schedule is every 1 to %(most)s days.", "Choose a number of days."),
    "evidence.schedules": ("An account has at most %(most)s schedules.", "Stop one that is not needed any more."),
    "evidence.schedule_unknown": ("There is no such schedule, or it is not yours.", "Check the number."),
    "evidence.collection_unknown": ("There is no such collection, or it is not yours.", "Check the number."),
    "evidence.collection_kind": ("There is no way of collecting called %(given)s.", "Choose photo, video or purchase."),
    "evidence.collection_closed": ("The collection %(number)s is closed.", "Begin another one."),
    "evidence.collection_open": (
        "The collection lacks: %(missing)s.",
        "Add what is missing, or say in a note to the step why it cannot be had.",
    ),
    "evidence.step_unknown": ("The collection has no step %(given)s.", "Choose a step of the list."),
    "evidence.no_container": ("The deposit %(number)s is no sealed container.", "Choose a trade secret."),
    "evidence.not_sealed_container": (
        "The file is no sealed container, and was thrown away.",
        "Seal it first, in the browser or with the command; a secret is never sent in the clear.",
    ),
    "evidence.grant_days": ("Leave to open is for 1 to %(most)s days.", "Choose a number of days."),
    "evidence.password": (
        "A password has at least %(least)s characters.",
        "Take several words; nobody can open the container without it, neither can we.",
    ),
    "evidence.not_opened": ("The container does not open: %(said)s.", "Check the file and the password."),
    "evidence.reason_missing": ("It is not said why.", "Write the reason in a few words; it goes into the log."),
    "evidence.not_granted": (
        "The container %(number)s is not open to you.",
        "Ask its owner for leave; what the owner gives has an end.",
    ),
    "capture.no_browser": (
        "There is no browser to capture with on this machine (looked for %(wanted)s).",
        "Install Chromium, or set CHROMIUM to its path; until then deposit recordings of your own.",
    ),
    "capture.address": (
        "“%(given)s” is not an address of the web.",
        "Write it with http:// or https://, without name and password.",
    ),
    "capture.inside": (
        "%(given)s is no public address.",
        "Only pages that the public can reach are captured; others you deposit as files.",
    ),
    "notary.silent": ("The timestamp authority does not answer.", "Nothing is lost: it is asked again by itself."),
    "notary.token_refused": (
        "The answer of the timestamp authority does not hold (%(reason)s).",
        "Nothing is lost: it is asked again. Check the setting QIANTANG_TSA_URL where it stays so.",
    ),
    "notary.weak_digest": ("%(given)s alone proves nothing any more.", "Give SHA-256, and SM3 where you have it."),
    "notary.digest_malformed": (
        "“%(given)s” is not a digest of the kind %(algorithm)s.",
        "Copy all of its hexadecimal digits.",
    ),
    "notary.digest_missing": (
        "The SHA-256 of the object is missing.",
        "Give it, 64 hexadecimal digits, with SM3 beside it.",
    ),
    "notary.no_sm3": ("This machine's cryptographic library lacks SM3.", "Install OpenSSL 1.1.1 or later."),
}
