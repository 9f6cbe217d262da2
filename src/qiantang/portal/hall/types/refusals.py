"""What the hall refuses, with the next step."""

from __future__ import annotations

REFUSALS = {
    "hall.service_unknown": ("There is no service %(service)s.", "Look for it in words, or in the list of services."),
    "hall.catalogue_incomplete": (
        "The catalogue cannot be published: %(count)s entries are incomplete or vague, the first: %(first)s",
        "Correct every entry that is listed.",
    ),
    "hall.keepers_only": ("Only operators and supervisors keep the catalogue and the forms.", "Ask one of them."),
    "hall.catalogue_unreadable": ("The catalogue cannot be read: %(said)s", "Correct the file; nothing was changed."),
    "hall.form_unsound": ("The form cannot be used: %(defects)s", "Correct the definition; nothing was changed."),
    "hall.form_unknown": ("There is no form %(form)s.", "Choose one of the list."),
    "hall.form_version": (
        "The form %(form)s is there in version %(version)s already.",
        "Raise the version: answers that were given belong to the form as it was.",
    ),
    "hall.step_unknown": ("The form has no page %(step)s.", "Go through the form from its first page."),
    "hall.question_unknown": (
        "%(question)s is not asked on this page, or takes another kind of answer.",
        "Look at the form of the matter; files are handed in by themselves.",
    ),
    "hall.sign_in_first": ("To begin a matter one has to be known.", "Sign in, or come to the window."),
    "hall.on_its_page": ("This step is taken on the page of the matter.", "Open the matter and take it there."),
    "hall.not_editable": ("The matter is with the office and cannot be changed now.", "Wait for what the office says."),
    "hall.answers_open": (
        "It cannot be handed in yet, %(count)s answers or papers are open: %(open)s",
        "All of them are listed; each leads to its place.",
    ),
    "hall.gaps_missing": ("A notice has to say what is missing.", "List every gap, a line each, at once."),
    "hall.supplement_twice": (
        "What is missing was told once already; a second notice needs a supervisor and a reason.",
        "Decide on what is there, or hand the matter to the supervisor.",
    ),
    "hall.not_tolerated": (
        "These papers may not follow later: %(papers)s",
        "Only what the published list of the service allows may be missing; tell all gaps at once instead.",
    ),
    "hall.date_missing": ("By when the papers have to follow is not told.", "Give a day after today."),
    "hall.window_only": ("Only officers at the window do this.", "Ask at the window."),
    "hall.not_at_window": (
        "This matter was begun online: only its applicant writes in it.",
        "Ask the applicant to go on with it, or begin one at the window.",
    ),
    "hall.filer_asks": ("Who began the matter asks others to sign.", "Ask them."),
    "hall.signer_unfit": ("This person cannot sign here.", "Give another person, and what they are in the matter."),
    "hall.signer_known": ("This person was asked to sign already.", "Wait for the signature."),
    "hall.signature_unknown": ("You are not asked to sign here.", "Load the page again."),
    "hall.signers_sign": ("You sign in this matter; who began it fills it in.", "Tell them what should change."),
    "hall.authority_days": (
        "An authority ends on a day, today at the earliest, in a year at the latest.",
        "Give that day.",
    ),
    "hall.authority_ended": (
        "The authority to act for the other has ended.",
        "Ask whom you represent to sign anew, or to go on themselves.",
    ),
    "hall.value_unknown": (
        "There is no value from elsewhere to contest here.",
        "What is your own you simply type anew.",
    ),
    "hall.value_not_yours": ("Who began the matter contests what was filled in for them.", "Ask them."),
    "hall.contest_incomplete": (
        "What it should be, or the reason, is missing, or it is what stands there.",
        "Write both.",
    ),
    "hall.contested_already": ("This value is contested already.", "Wait for the answer of who keeps it."),
    "hall.valid_day_past": ("A result is valid until a day after today, or without end.", "Choose a later day."),
    "business_register.silent": ("The business register does not answer.", "Fill it in by hand, or try later."),
    "hall.walk_in_missing": ("The name of the person at the window is missing.", "Enter it as on their identity card."),
    "hall.file_refused": ("The file %(name)s was not taken: %(why)s.", "Hand in another file."),
    "hall.file_missing": ("There is no such file in this matter.", "Load the page again."),
    "hall.paper_unknown": ("The service asks for no such paper.", "Load the page again."),
    "hall.bundle_unknown": ("There is no such bundle of services.", "Choose one of the list."),
    "hall.rate_after": ("A matter is rated when it has ended, within %(days)s working days.", "Wait for the result."),
    "hall.rate_parties": ("Only the parties rate, and nobody of the office.", "Leave it to the applicant."),
    "hall.rated_already": (
        "This matter was rated already.",
        'A further remark goes to the desk "Could not get it done".',
    ),
    "hall.grade": ("The grade is none of the five.", "Choose one."),
    "hall.supervisors_only": ("Only supervisors follow up bad grades.", "Ask a supervisor."),
    "hall.rating_unknown": ("There is no open bad grade of that number.", "Load the page again."),
    "hall.tisc_only": ("Only officers note services of the TISC.", "Ask an officer."),
    "hall.tisc_record": (
        "Kind, user, outcome, people, minutes or day are missing or out of bounds.",
        "Fill all of them in; the day is not after today.",
    ),
    "hall.complaint_empty": ("What could not be done is not told.", "Write it in a few sentences."),
    "hall.contact_first": ("Who gave a bad grade is contacted before it is settled.", "Contact them and note it."),
    "hall.reply_missing": ("A bad grade is settled with a reply that is published.", "Write what was done."),
}
