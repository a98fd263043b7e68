"""The assessment as a self-contained HTML file."""

from closeout.evidence.report.page import report_html

__all__ = ["report_html"]
