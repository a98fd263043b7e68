"""Load a checked snapshot into the site's database.

`plan`    what is to be loaded, and whether the database may take it
`begin`   the ledger: start a load, or go on with the one that was broken off
`copy`    the rows, one row group a transaction
`finish`  foreign keys, indexes and sequences, and the proof that all is there
"""

from closeout.web.casework.load.plan import LoadError, Plan, plan
from closeout.web.casework.load.run import Loaded, Step, load

__all__ = ["LoadError", "Loaded", "Plan", "Step", "load", "plan"]
