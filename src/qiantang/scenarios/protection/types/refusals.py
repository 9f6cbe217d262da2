"""Sentence and next step of each refusal of this room."""

from __future__ import annotations

from qiantang.scenarios.protection.types.marks import REFUSALS as OF_MARKS

REFUSALS = {
    "protection.upload_too_large": (
        "Files of more than %(limit)s MB are not looked at here.",
        "Let the browser compute the digest, or check the package with verify.py.",
    ),
    "protection.digests_malformed": ("The digests that the browser sent cannot be read.", "Choose the files again."),
    "protection.collected_when": (
        "It was made between %(earliest)s and now.",
        "Check the time and its zone, or leave it out.",
    ),
    "protection.language": ("There is no certificate in the language %(given)s.", "Choose zh or en."),
    "protection.sign_in_first": ("A dispute belongs to an account.", "Sign in."),
    "protection.not_yours": (
        "Only who brought the dispute may do this.",
        "Sign in as that person, or act for that organisation.",
    ),
    "protection.office_only": ("Only the office may do this.", "Sign in with an account of the office."),
    "protection.facts_missing": (
        "The intake is not complete: %(missing)s.",
        "Fill in what is missing; what you do not know may stay open where the form says so.",
    ),
    "protection.not_editable": (
        "The intake was filed and is not changed any more.",
        "Add evidence, or write to the office in the case.",
    ),
    "protection.on_its_page": (
        "This step is taken on the page of the matter, where it is looked at whether all is there.",
        "Open the matter and take the step there.",
    ),
    "protection.route_unknown": ("There is no route %(given)s.", "Choose one of those offered."),
    "protection.route_excluded": (
        "This route is closed for the dispute by rule %(rule)s.",
        "Choose one of those offered, or correct what the intake says.",
    ),
    "protection.route_running": (
        "This route is under way already: %(number)s.",
        "Go on there; another one may run beside it.",
    ),
    "protection.not_filed": ("A route is chosen after the intake is filed.", "File the intake first."),
    "protection.exhibit_known": ("The deposit %(number)s is in the dispute already.", "Choose another one."),
    "protection.step_unknown": ("There is no step %(given)s here.", "Load the page again."),
    "protection.step_of_another": (
        "This step belongs to another side of the matter.",
        "Wait for that side, or write to the office.",
    ),
    "protection.register_columns": (
        "The table has no columns body and name.",
        "Use the columns: %(known)s.",
    ),
    "protection.register_row": (
        "Row %(place)s cannot be taken in: name, body, number or user name is wrong.",
        "Correct the row; nothing was taken in.",
    ),
    "protection.mediator_unknown": ("There is no such mediator.", "Choose one of the list."),
    "protection.mediator_unfit": ("%(name)s cannot be asked: %(why)s.", "Choose another one."),
    "protection.not_the_mediator": ("Only the mediator may do this.", "Sign in as the mediator of this matter."),
    "protection.no_mediator": ("No mediator is asked at the moment.", "Choose one."),
    "protection.objected_already": (
        "Each side may want another mediator once, and yours has.",
        "Tell the mediator or the office what troubles you.",
    ),
    "protection.room_closed": ("The room of this mediation is not open now.", "Look at the state of the matter."),
    "protection.channel_closed": ("You are not in this channel.", "Use the joint channel or your own."),
    "protection.proposal_unknown": ("There is no such proposal.", "Load the page again."),
    "protection.proposal_old": (
        "There is a newer proposal, version %(version)s.",
        "Answer that one, or put your own.",
    ),
    "protection.session_unknown": ("There is no such meeting.", "Load the page again."),
    "protection.minutes_confirmed": (
        "Both sides have confirmed these minutes.",
        "Note what is new at the next meeting.",
    ),
    "protection.minutes_missing": ("The minutes are not written yet.", "Wait for the mediator."),
    "protection.bid_already": ("You have bid in this round.", "Wait for the other side."),
    "protection.bids_used": (
        "All %(rounds)s rounds of blind bids are used.",
        "Put a proposal, or ask the mediator for one.",
    ),
    "protection.not_agreed": (
        "Both sides have not agreed to the newest proposal yet.",
        "Agree to it first, or put another one.",
    ),
    "protection.perform_by_missing": (
        "The proposal does not say by when it is performed.",
        "Put it again with a day: the law asks for it.",
    ),
    "protection.nothing_to_sign": ("There is no agreement to be signed now.", "Load the page again."),
    "protection.other_text": ("The text is another one than you saw.", "Load the page, read it, and sign again."),
    "protection.signed_already": ("You have signed.", "Wait for the others."),
    "protection.sham_warning": (
        "Sign only after saying that you know sham mediation is punished.",
        "Read the warning and tick the box.",
    ),
    "protection.not_in_force": ("There is no agreement in force.", "Look at the state of the matter."),
    "protection.confirmation_late": (
        "Confirmation could be asked for until %(day)s.",
        "The agreement binds as before; a breach is for the court.",
    ),
    "protection.performance_unknown": (
        "This was noted already, or is not part of the agreement.",
        "Load the page again.",
    ),
    "protection.code_wrong": (
        "Number and one-time code do not belong together, or the code is used up.",
        "Compare both with the letter, or ask the office for a new code.",
    ),
    "protection.side_taken": ("Somebody has joined on this side already.", "Ask the office."),
    "protection.delegated_already": ("The court's case %(reference)s is here already.", "Go on with that one."),
    "protection.file_closed": ("Papers are not taken at this stage.", "Look at the state of the file."),
    "protection.not_served": (
        "The paper is not served yet on everybody it has to be.",
        "Serve it, and note the proof of its arrival.",
    ),
    "protection.paper_unknown": ("There is no such paper to serve.", "Load the page again."),
    "protection.service_unknown": ("This service is settled already, or is not here.", "Load the page again."),
    "protection.nobody_to_serve": (
        "Nobody on that side has joined with an account.",
        "Serve it in another way, or send a one-time code.",
    ),
    "protection.try_first": (
        "This way stands in only for one that has failed.",
        "Try another way first, and note its failure.",
    ),
    "protection.connector_unknown": ("There is no such body to exchange with.", "Check the address."),
    "protection.envelope": (
        "The message is not taken: %(reason)s.",
        "Check its form, its signature and for whom it is.",
    ),
    "protection.visit_over": ("This look is over.", "Ask the office for a new one-time code."),
    "protection.claim_empty": ("A chart needs the text of a claim and a product.", "Paste the independent claim."),
    "protection.element_unknown": ("There is no such element.", "Load the page again."),
    "protection.exhibit_unknown": (
        "The deposit %(number)s is no evidence in this dispute.",
        "Attach it to the dispute first.",
    ),
    "protection.outcome_columns": (
        "The table has no columns route, reference and source.",
        "Use the columns: %(known)s.",
    ),
    "protection.outcome_row": (
        "Row %(place)s cannot be taken in: route, reference, source, yes or no, or a number is wrong.",
        "Correct the row; nothing was taken in.",
    ),
    "protection.unreadable": ("Something in the form cannot be read: %(fields)s.", "Correct it and send it again."),
    "protection.clue_only": ("This is done with a clue alone.", "Open the clue on the page of clues."),
    "protection.clue_facts": (
        "A clue says against whom, where, and what was found: %(missing)s is missing.",
        "Fill it in.",
    ),
    "protection.clue_running": ("A clue of this dispute is under way: %(number)s.", "Go on there."),
    "protection.clue_papers": (
        "The transfer needs more papers: %(missing)s.",
        "Add them; the letter of transfer is made of them.",
    ),
    "protection.aid_unclear": ("Say who asks and for what help.", "Choose from the lists."),
    "protection.aid_missing": ("The applicant has not said who asks and for what.", "Ask for it first."),
    "protection.aid_reason": (
        "Rules of eligibility are not met: %(rules)s.",
        "Write why help is given all the same, or do not accept.",
    ),
    "protection.opinion_unknown": ("There is no such opinion for you to write.", "Load the page again."),
    "protection.opinion_parts": ("The opinion is not complete: %(missing)s.", "Fill in every part."),
    "protection.library_open": ("Only a closed matter is told on.", "Wait until it is closed."),
    "protection.library_names": (
        "The text tells who it is about: %(found)s.",
        "Write it without names, numbers and addresses.",
    ),
    "protection.library_unknown": ("There is no such text to publish.", "Load the page again."),
    "protection.takedown_addresses": (
        "A letter names the platform and up to %(most)s full addresses of offers, one a line.",
        "Copy them from the browser, with https://.",
    ),
    "protection.takedown_unknown": ("There is no such letter.", "Load the page again."),
    "protection.takedown_order": (
        "A letter is sent first, then answered, and not in the future.",
        "Check the days.",
    ),
    "protection.watch_words": ("It is not said what to watch for.", "Write at least one word."),
    "protection.watches": ("An account watches at most %(most)s pages.", "Stop one that is not needed any more."),
    "protection.watch_unknown": ("There is no such watch, or it is not yours.", "Open it from the list."),
    "protection.suspect_drafted": ("There is a draft of this offer already.", "Go on with that draft."),
    "protection.register_need": (
        "It is not said for what the register is read.",
        "Write the number of the matter, or the reason in a few words; it is kept.",
    ),
    "protection.register_readers": (
        "The registers are read by the office, and by who audits it.",
        "Your own entry stands among your matters.",
    ),
    "protection.register_unknown": ("There is no register %(given)s.", "Choose one of the two."),
    "protection.register_name": ("It is not said who is to be entered.", "Write the full name."),
    "protection.ground_order": (
        "The decision %(reference)s was made, then became final, and neither lies ahead.",
        "Check the two days.",
    ),
    "protection.grounds_short": (
        "%(counted)s final decisions count; the rule asks for %(least)s within %(years)s years.",
        "Enter nobody before the decisions are final; add those that are.",
    ),
    "protection.ground_known": ("The decision %(reference)s is named already.", "Name another one."),
    "protection.notice_how": (
        "It is not said how the notice is served.",
        "Write it, such as the number of the registered letter.",
    ),
    "protection.notice_runs": (
        "The time to object runs until %(until)s.",
        "Enter nothing before it is over, or before the objection is considered.",
    ),
    "protection.appeal_late": ("The time to appeal ended on %(until)s.", "Ask the office to remove what is wrong."),
}
REFUSALS |= OF_MARKS  # sheets, inspections, codes of origin
