"""A report as files: DOCX, PDF, and the data annex as CSV."""

from qiantang.scenarios.navigation.services.reporting.annex import annex_csv
from qiantang.scenarios.navigation.services.reporting.docx import report_docx
from qiantang.scenarios.navigation.services.reporting.pdf import report_pdf

__all__ = ["annex_csv", "report_docx", "report_pdf"]
