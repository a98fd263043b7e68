"""The site's table of duties: derived from the records by the pack's clauses, and kept up.

`refresh_case` after each action on a case, in the same transaction; `refresh_all` in the background.
"""

from closeout.web.casework.duties.refresh import refresh_case
from closeout.web.casework.duties.whole import Refreshed, RefreshError, refresh_all

__all__ = ["RefreshError", "Refreshed", "refresh_all", "refresh_case"]
