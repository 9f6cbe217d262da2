"""What people are told when something is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# code -> (sentence, next step)
REFUSALS: Final[Mapping[str, tuple[str, str]]] = {
    "preexam.act_for_first": (
        "A subject is filed by somebody who acts for it.",
        "Choose the organisation under My organisations, or ask to act for it there.",
    ),
    "preexam.office_only": ("Only the centre notes what it found.", "Sign in with an account of the centre."),
    "preexam.supervisor_only": ("This is for a supervisor of the centre.", "Ask a supervisor."),
    "preexam.subject_filed_already": (
        "A filing of this organisation is under way or active: %(number)s.",
        "Go on with that one.",
    ),
    "preexam.facts_missing": (
        "The filing is not complete: %(missing)s.",
        "Fill in everything at once; what does not apply is 0 or no.",
    ),
    "preexam.hand_in_on_page": (
        "A filing is handed in on its own page, where it is looked at whether all is there.",
        "Open the filing and hand it in there.",
    ),
    "preexam.not_editable": (
        "The filing cannot be changed while it is under review.",
        "Wait until it is returned, or withdraw it and begin anew.",
    ),
    "preexam.empty": ("The file %(name)s is empty.", "Check that it was saved, and choose it again."),
    "preexam.too_large": (
        "The file %(name)s is larger than %(limit_mb)s MB.",
        "Save drawings in black and white at 300 dpi, or leave them out: the texts are checked without them.",
    ),
    "preexam.member_too_large": (
        "%(member)s inside %(name)s is larger than %(limit_mb)s MB.",
        "Save this drawing in black and white at 300 dpi, then try again.",
    ),
    "preexam.type_unknown": (
        "It is not known what %(name)s is.",
        "Save the draft as .docx, as the XML of the e-filing client, as .pdf with text, or as plain text.",
    ),
    "preexam.old_word": (
        "%(name)s is a document of Word 97 to 2003.",
        "Open it in a word processor and save it as .docx.",
    ),
    "preexam.macros": (
        "%(name)s carries macros (%(parts)s).",
        "Save it as .docx, the kind without macros, then try again.",
    ),
    "preexam.encrypted": (
        "%(name)s is protected by a password (%(member)s).",
        "Take the password away in the program that set it, save, and try again.",
    ),
    "preexam.archive": (
        "%(name)s cannot be unpacked safely: %(reason)s (%(member)s).",
        "Pack the parts of the application again as one plain zip without folders inside archives.",
    ),
    "preexam.entity": (
        "%(member)s in %(name)s declares entities of its own (line %(line)s).",
        "Export the document again; a plain export declares none.",
    ),
    "preexam.xml_broken": (
        "%(member)s in %(name)s is no well-formed XML: line %(line)s, column %(column)s.",
        "Export the document again from the program that made it.",
    ),
    "preexam.xml_unknown": (
        "%(member)s in %(name)s is XML, but no part of an application to CNIPA.",
        "Take the XML that the e-filing client writes (cn-application-body).",
    ),
    "preexam.docx_broken": (
        "%(name)s is no whole Word document: %(member)s is missing.",
        "Open it in a word processor and save it again.",
    ),
    "preexam.pdf_broken": ("%(name)s cannot be read as PDF.", "Write the PDF again, or take the .docx."),
    "preexam.pdf_without_text": (
        "Page %(page)s of %(name)s has no text: it is a picture.",
        "Take the .docx, or a PDF that was written from the text and not scanned.",
    ),
    "preexam.no_application": (
        "Nothing of an application was found in %(name)s.",
        "Begin each part with its own line: 权利要求书, 说明书, 说明书摘要, 请求书 or 说明书附图.",
    ),
    "preexam.claims_are_pictures": (
        "The claims in %(name)s are pictures (%(pictures)s from paragraph %(paragraph)s), there is no text.",
        "Write the claims as text; a formula may stay a formula.",
    ),
    "preexam.too_long": (
        "The text is longer than %(limit)s characters.",
        "Check one application at a time.",
    ),
    "preexam.no_text": ("There is nothing to check.", "Choose a file or paste a text."),
    "preexam.symbol": (
        "“%(given)s” is no symbol of the IPC or of Locarno.",
        "Write it as in B25J 9/16, F16H 1/28 or 15-01.",
    ),
    "preexam.day": ("“%(given)s” is not a day.", "Write it as YYYY-MM-DD."),
    "preexam.base64": ("The file is not in base64.", "Encode its bytes as in RFC 4648, section 4."),
    "preexam.place": ("The place of the finding is damaged.", "Check the draft again and use the button beside it."),
    "preexam.publication": (
        "“%(given)s” is no number of a publication.",
        "Write it as in CN101234567A, or leave it empty.",
    ),
    "preexam.too_many_reports": (
        "%(most)s reports came in today; more are not taken.",
        "Come back tomorrow. Your draft was not stored.",
    ),
    "preexam.rule": ("There is no rule “%(given)s”.", "Take an id from the list of rules in force."),
    "preexam.kind_unknown": ("“%(given)s” is no type of application.", "Choose invention, utility model or design."),
    "preexam.subject_not_active": (
        "%(name)s has no active filing as an innovation subject (EL-1).",
        "File the organisation as a subject first; drafts can be handed in once CNIPA has accepted it.",
    ),
    "preexam.subject_unknown": (
        "No innovation subject with the code %(given)s has an active filing (EL-1).",
        "Check the code, or have the applicant filed as a subject first.",
    ),
    "preexam.agency_unlisted": (
        "The agency is not on the list in force of %(day)s; agencies that are not listed hand in no drafts (%(article)s).",
        "Have the applicant hand it in directly, or come back when the agency is listed.",
    ),
    "preexam.agency_suspended": (
        "The agency is suspended until %(until)s (EL-15).",
        "The applicant can go on directly, or with another agency.",
    ),
    "preexam.gaps": (
        "It cannot be handed in yet, %(count)s things are missing.",
        "They are listed on this page, all of them; fill them in and hand it in again.",
    ),
    "preexam.draft_on_page": (
        "This step is taken on the page of the draft, where what belongs to it is checked.",
        "Open the draft and take the step there.",
    ),
    "preexam.draft_closed_to_you": (
        "The content of this draft is open to its parties and to those of the centre who have it in hand.",
        "Ask the supervisor to assign the case to you.",
    ),
    "preexam.open_day": (
        "A draft is opened to the centre from today for %(days)s days at most.",
        "Choose an earlier day; it can be opened again later.",
    ),
    "preexam.draft_not_editable": (
        "The draft cannot be changed now: it is with the centre.",
        "Wait for the next question of the centre, or withdraw it.",
    ),
    "preexam.paper_kind": (
        "“%(name)s” cannot be taken as this document.",
        "Hand in a PDF, a .docx without macros, or a picture (JPG, PNG), 20 MB at most.",
    ),
    "preexam.paper_slot": ("There is no such document here.", "Load the page again."),
    "preexam.no_examiner": (
        "Nobody can take this case: no examiner for the class without an interest in it.",
        "Enter the classes of examiners, or assign somebody by hand.",
    ),
    "preexam.not_examining": ("Items are written while the case is in examination.", "Load the page again."),
    "preexam.no_look_alike": ("There is no such pair of drafts.", "Load the page again."),
    "preexam.items_missing": (
        "There is no item to answer.",
        "Write at least one item: what is wrong, and where.",
    ),
    "preexam.rounds_used": (
        "The %(most)s rounds of amendment are used (round %(round)s).",
        "Propose a conclusion.",
    ),
    "preexam.answers_missing": (
        "These items are not answered yet: %(items)s.",
        "Answer every item, or say why it does not hold.",
    ),
    "preexam.item_unknown": (
        "Item %(item)s waits for no answer, or was answered twice at once.",
        "Answer the items of the open round, each once; those of earlier rounds stay as they are.",
    ),
    "preexam.version_missing": (
        "No new version was handed in.",
        "Hand in the amended draft, or say that the text stays as it is.",
    ),
    "preexam.not_yet_late": ("The time to act has not run out.", "Wait until the limit has ended."),
    "preexam.reasons_missing": (
        "A conclusion that is not positive names its reasons.",
        "Choose at least one reason and write the place and why.",
    ),
    "preexam.outcome_unknown": ("There is no such outcome.", "Choose pass, fail or terminate."),
    "preexam.second_reading_open": (
        "This case was drawn for a second reading, which is not there yet.",
        "Wait for the second reader; who examined does not read again.",
    ),
    "preexam.second_reader_unfit": (
        "You cannot read this case as the second: you examined it, or have an interest in it.",
        "Another examiner takes it.",
    ),
    "preexam.second_reading_there": (
        "This case has its second reading already.",
        "Load the page again: it tells how it stands.",
    ),
    "preexam.claim_missing": ("There is no claim %(claim)s in this version.", "Give the number of a claim."),
    "preexam.search_unnamed": (
        "Where was it searched, and what was asked?",
        "Name the database and the question.",
    ),
    "preexam.mark_incomplete": (
        "A mark names the document, its category, the claims and the passage.",
        "Fill in what is missing; only for category A claims may be left out.",
    ),
    "preexam.mark_told": (
        "The applicant already knows what was said of %(reference)s.",
        "Say anything new in an item.",
    ),
    "preexam.mark_unknown": ("There is no such mark.", "Load the page again."),
    "preexam.x_on_first_claim": (
        "%(reference)s is marked X against claim 1 of this version.",
        "Ask for amendments, propose that it has not passed, or take the mark back.",
    ),
    "preexam.no_second_reading": ("No second reading waits here.", "Load the page again."),
    "preexam.conclusion_differs": (
        "What was proposed is something else.",
        "Load the page again and confirm what stands there.",
    ),
    "preexam.application_number": (
        "“%(given)s” is no application number of this type, or its check digit is wrong.",
        "Copy it from the filing receipt, with the digit after the dot.",
    ),
    "preexam.filed_text_differs": (
        "The filed text is not the text that passed: %(parts)s. The examiner was told.",
        "Hand in the text as it was filed; if it was filed otherwise, explain it to the centre.",
    ),
    "preexam.filed_day": (
        "The day of filing lies before the conclusion, or in the future.",
        "Copy it from the receipt.",
    ),
    "preexam.event_unknown": ("There is no such event.", "Choose one of the list."),
    "preexam.event_day": (
        "An event lies neither before the filing nor in the future.",
        "Copy the day from the notice.",
    ),
    "preexam.list_damaged": (
        "Line %(line)s of the list cannot be read: %(value)s.",
        "The list is a CSV with the columns uscc, name and licence; nothing of it was taken.",
    ),
    "preexam.list_known": (
        "A list that holds from %(day)s is there already.",
        "Import the next edition with the day from which it holds.",
    ),
    "preexam.list_empty": ("The list has no agencies.", "Choose the file again."),
    "preexam.agency_known": ("This agency is registered already.", "Nothing is left to do."),
    "preexam.quota_used": (
        "The quota of %(year)s is used: %(used)s of %(granted)s.",
        "Ask once for an increment, or hand the case in next year.",
    ),
    "preexam.increment_too_early": (
        "An increment can be asked for when the quota is used; %(left)s are left.",
        "Use them first.",
    ),
    "preexam.increment_once": ("An increment was asked for this year already.", "It is granted once a year."),
    "preexam.increment_settled": ("This request is settled, or none waits.", "Load the page again."),
    "preexam.ledger_unknown": (
        "There is no such ledger, or not for you to see.",
        "Choose the organisation you act for.",
    ),
    "preexam.list_form": (
        "File, day, source and article are needed, the file at most 5 MB.",
        "Fill in all four and choose the file again.",
    ),
    "preexam.register_form": ("The number of attorneys and a contact are needed.", "Fill in both."),
    "preexam.credit_unknown": ("There is no such entry.", "Load the page again."),
    "preexam.nothing_proposed": ("The rules propose something else now, or nothing.", "Load the page again."),
    "preexam.credit_rule": ("There is no such rule of credit.", "Choose one of the list."),
    "preexam.credit_evidence": ("An entry names its evidence.", "Name case, document and day."),
    "preexam.appeal_closed": (
        "An appeal is filed within %(days)s days of the entry, once, by whom it concerns.",
        "The time has passed, or an appeal was filed before.",
    ),
    "preexam.appeal_own": (
        "Who made the entry does not decide on the appeal.",
        "Another supervisor does.",
    ),
    "preexam.year": ("“%(given)s” is no year.", "Write four digits."),
}
