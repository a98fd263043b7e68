"""What an agency owes: the clauses of its rules over its records, compiled to expressions."""
