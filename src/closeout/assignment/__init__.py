"""Who gets a new case, and which cases should move: even loads, fewest moves, a reason for each."""
