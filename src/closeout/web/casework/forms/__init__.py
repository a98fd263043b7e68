"""The forms of casework: what narrows lists, and what each act asks for."""
