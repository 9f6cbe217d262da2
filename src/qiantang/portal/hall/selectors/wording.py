"""Words of the hall: papers, ways, facts that the guide asks for, rules of the linter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

FORMS = {
    "original": _("original"),
    "copy": _("copy"),
    "electronic": _("electronic"),
    "form": _("our form"),
}
CHANNELS = {"online": _("online"), "window": _("at the window"), "post": _("by post")}
QUESTIONS = {
    "group": _("What is it about?"),
    "service": _("Which sentence is yours?"),
    "who": _("For whom do you ask?"),
    "small": _("Is it a small or micro enterprise?"),
    "agent": _("Does somebody act for you, an agency or a lawyer?"),
    "joint": _("Are there several owners or applicants?"),
    "abroad": _("Is a person or firm from abroad on the other side?"),
}
REASONS = {
    "group": _("The services stand in four groups."),
    "service": _("Choose what you want to reach; the name of the service follows from it."),
    "who": _("Each brings another proof of who they are; most of them we can read ourselves."),
    "small": _("Small enterprises declare it themselves; it saves them fees."),
    "agent": _("Only then a power of attorney is needed."),
    "joint": _("Only then all of them have to agree in writing."),
    "abroad": _("Only then the export of technology has to be allowed or registered."),
}
ANSWERS = {
    "firm": _("An enterprise"),
    "institution": _("A university, institute or public institution"),
    "person": _("Myself"),
    "yes": _("Yes"),
    "no": _("No"),
}
LINT_RULES = {
    "CL-01": _("a field is missing or empty"),
    "CL-02": _("a text is missing in one of the two languages"),
    "CL-03": _("a vague word: nobody can tell from it what to bring or what holds"),
    "CL-04": _("it names something that the file does not define"),
    "CL-05": _("no time is promised, and nothing says why"),
    "CL-06": _("what is promised is longer than the law allows"),
    "CL-07": _("the code is not one of its group, or stands twice"),
    "CL-08": _("a paper may come later that is not asked for at all"),
    "CL-09": _("a law without its name or number"),
    "CL-10": _("no everyday words by which it can be found"),
}
