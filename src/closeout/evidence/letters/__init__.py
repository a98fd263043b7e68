"""Dossiers, letters and reports that an audit liaison sends and an auditor reads: drafts to be signed."""
