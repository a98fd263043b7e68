"""Measures, verdicts, frozen results and letters: what shows that a recommendation is done."""
