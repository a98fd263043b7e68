"""The site's table of duties: derived from the records by the pack's clauses, and kept up.

`refresh_case` after each action on a case, in the same transaction; `refresh_all` in the background.
"""

from closeout.web.casework.duties.refresh import refresh_case

__all__ = ["refresh_case"]
