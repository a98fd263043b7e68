"""What people do to the evidence: ask for an assessment, keep it, freeze a figure, submit a dossier."""
