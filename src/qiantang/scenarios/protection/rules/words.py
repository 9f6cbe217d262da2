"""What the words of a dispute are called for people: message ids by key."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.scenarios.protection.methods.charting import Covered, Verdict
from qiantang.scenarios.protection.types import Answer, Matter, Method, Outcome, PaperKind, RightKind, Side

RIGHT_WORDS = {
    RightKind.INVENTION: _("Invention patent"),
    RightKind.UTILITY_MODEL: _("Utility model patent"),
    RightKind.DESIGN: _("Design patent"),
    RightKind.TRADE_MARK: _("Trade mark"),
    RightKind.GEOGRAPHICAL: _("Geographical indication"),
    RightKind.TRADE_SECRET: _("Trade secret"),
    RightKind.COPYRIGHT: _("Copyright"),
    RightKind.OTHER: _("Another right"),
}
MATTER_WORDS = {
    Matter.INFRINGEMENT: _("Infringement"),
    Matter.PASSING_OFF: _("Passing off as patented"),
    Matter.COUNTERFEIT: _("Counterfeiting of a trade mark"),
    Matter.GI_MISUSE: _("Misuse of a geographical indication"),
    Matter.OWNERSHIP: _("Who owns the right"),
    Matter.INVENTORSHIP: _("Who is the inventor"),
    Matter.REMUNERATION: _("Reward and remuneration of the inventor"),
    Matter.UNFAIR: _("Unfair competition or trade secret"),
}
SIDE_WORDS = {
    Side.APPLICANT: _("Applicant"),
    Side.RESPONDENT: _("Respondent"),
    Side.MEDIATOR: _("Mediator"),
    Side.OFFICE: _("The office"),
}
OUTCOME_WORDS = {
    Outcome.SUCCESS: _("Successful"),
    Outcome.SETTLED: _("Withdrawn after a settlement"),
    Outcome.FAILED: _("Failed"),
    Outcome.WITHDRAWN: _("Withdrawn"),
    Outcome.REFUSED: _("Refused by the other side"),
    Outcome.UNREACHABLE: _("Other side not reached"),
    Outcome.CHANGED: _("Went another way"),
}

FACT_WORDS = {
    "right_kind": _("Kind of right"),
    "right_number": _("Number of the right"),
    "right_title": _("Name of the right"),
    "right_in_force": _("In force on the day of the act"),
    "matter": _("What it is about"),
    "respondent": _("Against whom"),
    "place": _("Where it happened"),
    "happened_on": _("When it happened"),
    "known_on": _("Since when you know of the act and of who does it"),
    "goods": _("Goods or service"),
    "description": _("What happened, in your words"),
    "wanted": _("What you want"),
    "stop_wanted": _("It is to stop"),
    "damages_yuan": _("Damages you want, in yuan (0: none)"),
    "clear": _("The infringement is clear from the evidence"),
    "online": _("The goods are offered online"),
    "both_agree": _("The other side agrees to mediate"),
    "arbitration_agreement": _("There is a written arbitration agreement"),
    "urgent": _("Urgent: the harm could not be made good"),
    "validity_doubt": _("The validity of the right is in doubt"),
    "foreign": _("A side or a fact is foreign"),
    "nationwide": _("Of great weight in the whole country"),
    "organised": _("Done by an organised group"),
    "counterfeit_yuan": _("Amount of the counterfeits, in yuan, as far as known"),
    "evidence": _("First evidence, by the number of its deposit"),
}
# of jurisdiction.toml: what is decided, by whom, and by which source
SEAT_WORDS = {
    "confirmation": _("Confirmation of a mediation agreement"),
    "first_instance": _("Court of first instance"),
    "online": _("Disputes that arose online"),
    "adjudication": _("Administrative adjudication"),
}
SEAT_BODIES = (
    _("Hangzhou Intermediate People's Court"),
    _("The basic people's court of the domicile, the subject matter or the seat of the committee"),
    _("Hangzhou Internet Court"),
    _("The patent office of the place of the respondent or of the infringement; who accepts first keeps it"),
)
SEAT_SOURCES = (
    _("CPL art. 205: the intermediate court where the dispute belongs there"),
    _("CPL art. 205"),
    _("SPC provisions on jurisdiction in intellectual property cases (2022); the six places to be verified"),
    _("SPC provisions on Internet Courts (2018) art. 2: the disputes listed there"),
    _("IR art. 97"),
)
UNFIT_WORDS = {
    "tie": _("has a relation to a side"),
    "spent": _("was asked in this mediation already"),
    "unreachable": _("has no account here"),
    "load": _("has as many mediations as may be"),
}
CHANNEL_WORDS = {
    "joint": _("Joint channel"),
    "applicant": _("Applicant and mediator alone"),
    "respondent": _("Respondent and mediator alone"),
}
PAPER_WORDS = {
    PaperKind.REQUEST: _("Request for adjudication"),
    PaperKind.ANSWER: _("Answer to the request"),
    PaperKind.STATEMENT: _("Statement and evidence"),
    PaperKind.HEARING_NOTICE: _("Notice of the hearing"),
    PaperKind.HEARING_RECORD: _("Record of the hearing"),
    PaperKind.PROPOSAL: _("Proposed decision"),
    PaperKind.DECISION: _("Decision on the adjudication"),
    PaperKind.INVESTIGATION: _("Report of the investigation"),
    PaperKind.GOODS_LIST: _("List of the goods concerned"),
    PaperKind.APPRAISAL: _("Report of an inspection or appraisal"),
    PaperKind.MATERIAL: _("Other material"),
    PaperKind.TRANSFER: _("Letter of transfer"),
    PaperKind.OPINION: _("Opinion of the centre"),
}
METHOD_WORDS = {
    Method.ELECTRONIC: _("Electronically, into the account"),
    Method.PERSON: _("In person"),
    Method.POST: _("By post"),
    Method.LEFT: _("Left at the place, with witnesses"),
    Method.PUBLIC_NOTICE: _("By public notice"),
}
ANSWER_WORDS = {
    Answer.SENT: _("The letter was sent"),
    Answer.REMOVED: _("The platform took the offers down"),
    Answer.REFUSED: _("The platform refused"),
    Answer.COUNTERED: _("The shop made a counter-statement"),
    Answer.SILENT: _("The platform did not answer"),
}
VERDICT_WORDS = {
    Verdict.UNDECIDED: _("undecided"),
    Verdict.SAME: _("the same"),
    Verdict.EQUIVALENT: _("equivalent"),
    Verdict.ABSENT: _("absent"),
}
COVERED_WORDS = {
    Covered.UNDECIDED: _("Undecided: not every element is judged yet"),
    Covered.LITERALLY: _("Every element is there: literally covered"),
    Covered.BY_EQUIVALENTS: _("Every element is there, some by equivalents"),
    Covered.NOT: _("An element is absent: not covered"),
}
