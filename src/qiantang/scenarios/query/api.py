"""The front door of the search desk: a whole result as a file."""

from qiantang.scenarios.query.methods.exporting.asked import ExportAsked, Stage
from qiantang.scenarios.query.methods.exporting.columns import PROPOSED
from qiantang.scenarios.query.services.exporting.to_file import export_to_file, format_of, spelling_of

__all__ = ["PROPOSED", "ExportAsked", "Stage", "export_to_file", "format_of", "spelling_of"]
