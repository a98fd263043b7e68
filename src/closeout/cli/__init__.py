"""`closeout VERB`, one file a verb."""
