"""Verdicts: standards of a contract, deficiencies of inspections, training, traces and agreements."""
