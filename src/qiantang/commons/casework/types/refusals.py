"""What cases refuse: code -> (sentence, next step)."""

from __future__ import annotations

REFUSALS = {
    "casework.unknown": (
        "There is no case %(number)s, or not for you to see.",
        "Check the number and its check digit.",
    ),
    "casework.code_wrong": ("Number and query code do not belong together.", "Compare both with the receipt."),
    "casework.code_throttled": (
        "The query code of this case was tried too often.",
        "Wait %(minutes)s minutes, or sign in as a party of the case.",
    ),
    "casework.step_not_from_here": (
        "This step is not possible now: the case is “%(state)s”.",
        "Load the page again; somebody may have been quicker.",
    ),
    "casework.step_not_yours": ("This step is not yours to take.", "Ask the person whose turn it is."),
    "casework.note_missing": ("This step needs a reason.", "Write what the other side has to know."),
    "casework.note_long": ("A reason has %(most)s characters at most.", "Write less, or attach a document."),
    "casework.person_needed": (
        "A decision is made by a person with a name, never by the platform.",
        "Have somebody of the office take this step; the platform may only propose.",
    ),
    "casework.records_refused": (
        "The records of cases are kept by those who lead their kind.",
        "Ask the supervisor.",
    ),
    "casework.disposed_already": (
        "This case was disposed of; it is only counted now.",
        "Ask the archive, where a package went before.",
    ),
    "casework.no_retention": (
        "No rule says how long cases of this kind are kept, or this one is still open.",
        "Enter the rule in the table of retention first.",
    ),
    "casework.kept_for_good": ("Cases of this kind are kept for good.", "Make a package for the archive."),
    "casework.not_due": ("The time for which this case is kept has not ended.", "Wait for its day."),
    "casework.on_hold": (
        "A legal hold lies on this case: nothing of it may be disposed of.",
        "Ask who placed it, and lift it when its reason is gone.",
    ),
    "casework.no_keeping": (
        "The room of this case has not said what is emptied when it goes.",
        "Nothing is disposed of before; tell the developers.",
    ),
    "casework.no_package": (
        "This kind of case goes to the archive before the house lets go of it, and no package was made yet.",
        "Make the package and hand it over first.",
    ),
    "casework.not_proposed": (
        "Nothing of this kind waits for this case.",
        "Load the page again; somebody may have been quicker.",
    ),
    "casework.still_open": ("This case is still open.", "A package is made of a case that has ended."),
    "casework.hold_why": ("A hold needs a reason of 2 to 500 characters.", "Write on what it rests."),
    "casework.hold_until": ("This day lies before tomorrow, or too far off.", "Choose a later day, or none."),
    "casework.hold_unknown": ("There is no such hold in force.", "Load the page again."),
    "casework.four_eyes": (
        "Who took the step before may not confirm it.",
        "Another person of the office has to do it.",
    ),
    "casework.interested": (
        "You have an interest in this case: %(why)s. You may not decide it.",
        "Hand the case over; the supervisor can assign it.",
    ),
    "casework.assignee_unfit": (
        "%(name)s cannot take this case: no role for it, or an interest in it.",
        "Choose another person.",
    ),
    "casework.handling_refused": ("Only the office that handles the case may do this.", "Ask the office."),
    "casework.party_known": ("This party stands in the case already.", "Load the page again."),
    "casework.reason_unknown": ("A clock is not stopped for the reason %(reason)s.", "Choose one of: %(known)s."),
    "casework.paused_already": ("The clocks stand still already.", "Let them run first."),
    "casework.not_paused": ("The clocks run already.", "Load the page again."),
    "casework.clock_unknown": ("There is no such clock in this case.", "Load the page again."),
    "casework.not_extendable": ("This limit cannot be extended, or was extended before.", "Settle the case within it."),
    "casework.task_unknown": ("There is no such task, or not for you.", "Load the page again."),
    "casework.task_done": ("This task is done already.", "Load the page again."),
    "casework.link_itself": ("A case is not linked with itself.", "Enter another number."),
    "casework.closed": ("The case is closed.", "Open a new case that refers to this one."),
    "casework.feed_unknown": (
        "This calendar address is no longer good.",
        "Take the new one from the page of the case.",
    ),
    "casework.sign_off_open": (
        "The case waits for the joint sign-off of %(waiting)s.",
        "Wait for them, or until their silence counts as consent.",
    ),
    "casework.sign_off_against": (
        "%(who)s did not agree; a decision all the same needs a reason.",
        "Write why it is decided against them.",
    ),
    "casework.sign_off_unknown": ("There is no open sign-off of yours in this case.", "Load the page again."),
    "casework.sign_off_asked": ("%(name)s was asked already and has not answered.", "Wait for the answer."),
    "casework.day_past": ("The day has to be after today.", "Choose a later day."),
    "casework.absence_dates": (
        "An absence ends on or after the day it begins, within a year, and is not over yet.",
        "Correct the days.",
    ),
    "casework.deputy_unfit": (
        "%(name)s cannot stand in: not of the office, or absent in these days.",
        "Choose another person.",
    ),
    "casework.absence_overlaps": ("There is an absence in these days already.", "End that one first."),
    "casework.absence_unknown": ("There is no such absence, or not for you to end.", "Load the page again."),
    "casework.desk_refused": ("The desk is for the office.", "Your own matters stand under Cases."),
    "casework.absent": (
        "%(name)s is absent until %(until)s, and nobody fit stands in.",
        "Choose another person.",
    ),
    "casework.link_unsafe": ("A video room is an address that begins with https://.", "Copy the whole address."),
    "casework.moment_missing": ("When the conversation is, is not told.", "Give day and time, after now."),
    "casework.merge_not_here": (
        "A case of this kind is not merged or split in the state “%(state)s”.",
        "Link the cases with each other instead.",
    ),
    "casework.merge_other_kind": (
        "Only cases of one kind are merged.",
        "Link them with each other; each goes on by its own rules.",
    ),
    "casework.merge_new_readers": (
        "By the merge %(names)s would read the file of case %(number)s.",
        "Tick that they may, or do not merge.",
    ),
    "casework.merge_sign_off": (
        "In the case that ends, a joint sign-off is still open.",
        "Wait for the answer, then merge.",
    ),
    "casework.split_nobody": ("A case needs a party.", "Choose at least one party that the new case is about."),
    "casework.split_no_room": (
        "Cases of this kind are not split: what they are about cannot be divided.",
        "Open a new case that refers to this one.",
    ),
    "casework.link_unknown": ("There is no such link, or it stays for good.", "Load the page again."),
    "casework.link_kind_unknown": ("Cases are not linked in this way.", "Choose one of the kinds offered."),
    "casework.object_unknown": (
        "There is nothing of that number, or not for you to see.",
        "Check the number; you can link what you may see yourself.",
    ),
    "casework.redaction_unknown": ("There is no such public version.", "Go back to the case."),
    "casework.redaction_untitled": ("The title of the public version is missing.", "Write one without personal data."),
    "casework.redaction_large": ("The file is empty, or has more than %(most)s MB.", "Choose another file."),
    "casework.redaction_unsafe": (
        "The file was not let in: it is locked, carries programs, or its name says another kind.",
        "Save it as a plain PDF without programs or a password.",
    ),
    "casework.redaction_reason": ("This reason does not hold on that day.", "Choose one of the reasons offered."),
    "casework.redaction_empty": ("No passage is marked.", "Mark what has to go, one passage a line."),
    "casework.redaction_done": ("The public version is confirmed and no longer changed.", "Begin another one."),
    "casework.redaction_own": (
        "Who marked passages does not confirm them.",
        "A second person looks at the preview and confirms.",
    ),
    "casework.redaction_changed": (
        "The marks were changed since you looked.",
        "Look at the preview again, then confirm.",
    ),
    "casework.redaction_leak": (
        "Nothing was made: passage %(line)s would still be found in the new file (%(where)s).",
        "Mark it as it stands there too, or change the title.",
    ),
    "casework.redaction_unprintable": (
        "Nothing was made: the new file would not say all that is to stay; it holds signs which the fonts do not have.",
        "Replace such signs in the original, or bring its text as plain text.",
    ),
    "casework.old_number_ambiguous": (
        "Several old registers gave this number: it names the cases %(numbers)s.",
        "Open the one you mean by its number here.",
    ),
    "casework.old_number_missing": (
        "The old number is missing, or too short to find anything.",
        "Write it as it stands on the file.",
    ),
    "casework.old_number_taken": (
        "%(written)s of %(origin)s is case %(number)s already, and what is told of it differs.",
        "Compare both; an old number finds one case in its register.",
    ),
    "casework.old_number_ours": (
        "%(written)s is the number of a case of the platform.",
        "Name it as the case the file belongs to, and give its old number.",
    ),
    "casework.old_title_missing": ("What the old file is about is missing.", "Write a title."),
    "casework.old_origin_missing": (
        "Which register gave the old numbers is missing.",
        "Name the register or office; another one may have used the same numbers.",
    ),
    "casework.old_date_unreadable": ("%(given)s is no day.", "Write it as 2009-03-01."),
    "casework.old_too_long": ("A value has more than %(most)s characters.", "Shorten it."),
    "casework.old_list_unreadable": (
        "The list could not be read.",
        "Save it as CSV or XLSX without a password, and try again.",
    ),
    "casework.old_list_heads": (
        "No column holds the old number; the heads are %(heads)s.",
        "Call it “Old number” in the first row.",
    ),
    "casework.old_list_long": ("A list may have %(most)s at most, of rows or bytes.", "Divide it into several."),
    "casework.old_list_unknown": ("There is no such list.", "Go back to the old files."),
    "casework.choice_unwanted": (
        "This step chooses nothing.",
        "Leave the choice out; what a step needs stands with it in the case.",
    ),
    "casework.linked_refused": (
        "Who is linked with the parties is read by whoever has the case in hand, by leads and by auditors.",
        "Ask the person who handles the case.",
    ),
    "casework.linked_need": (
        "It is not said for what you need it.",
        "Write the reason in a few words, at most 300 characters; it is kept in the journal.",
    ),
    "casework.linked_party": ("There is no such party in this case.", "Load the page again."),
    "casework.linked_by_name": (
        "This party stands in the case by its name alone; nothing can be noted of it.",
        "Say first which account or organisation it is.",
    ),
    "casework.key_kind": ("This is no key by which parties are compared.", "Choose one of the list."),
    "casework.key_value": ("The value cannot be read as a key of this kind.", "Write it as it stands on the paper."),
    "casework.key_evidence": (
        "How the key was verified is missing.",
        "Choose how, and name the paper or the register; only verified keys link anybody.",
    ),
    "casework.key_day": ("The day of the verification is missing, or has not come yet.", "Write a day up to today."),
    "casework.key_unknown": ("There is no such key of a party of this case.", "Load the page again."),
    "casework.flag_reason": (
        "A flag needs a reason.",
        "Write what colleagues should look at, in 4 to 1000 characters.",
    ),
    "casework.flag_until": ("A flag ends on a day after today, at most on %(most)s.", "Choose a day."),
    "casework.flag_there": (
        "You have flagged this party already.",
        "Wait until the flag ends, or ask a colleague to lift it.",
    ),
    "casework.flag_unknown": ("There is no such flag, or it has ended.", "Load the page again."),
    "casework.flag_own": ("You raised this flag yourself.", "Somebody else reviews or lifts it."),
    "casework.flag_reviewed": ("The flag was reviewed already.", "It may be lifted before its day."),
}
