"""Codes of origin as data: what a code says, what it does not prove, and what others have published."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

NOT_PROVED = (
    _("That the package in your hands is the one for which the code was issued: a code can be copied."),
    _("That what is in the package was not exchanged."),
    _("Quality, grade or price."),
    _("That the plot really yielded as much: the ceiling is a limit, not a weighing."),
)


@dataclass(frozen=True, slots=True)
class Published:
    """A figure that another body has published; nothing of it is counted by this platform."""

    text: str
    value: str


# name of the indication -> (source, figures)
CAMPAIGNS: dict[str, tuple[str, tuple[Published, ...]]] = {
    "西湖龙井": (
        _("White paper on intellectual property protection in Hangzhou, 2020: special campaign West Lake Longjing"),
        (
            Published(_("Cases filed"), "49"),
            Published(_("Illegal packages, more than"), "440,000"),
            Published(_("Cases transferred to the police"), "1"),
            Published(_("Officers sent out, person-times"), "6,951"),
        ),
    ),
}
