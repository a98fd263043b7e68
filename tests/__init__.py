"""The tests. A package of this name keeps another's `tests`, which some libraries install, out of the way."""
