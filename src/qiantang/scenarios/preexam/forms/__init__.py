"""What people send in, parsed."""

from qiantang.scenarios.preexam.forms.checking import OFFICES, TYPES, CheckForm, WrongForm
from qiantang.scenarios.preexam.forms.subjects import FoundForm, SubjectForm

__all__ = ["OFFICES", "TYPES", "CheckForm", "FoundForm", "SubjectForm", "WrongForm"]
