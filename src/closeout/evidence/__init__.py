"""Measures, verdicts, frozen results and the letters made of them: what shows that a recommendation is done."""
