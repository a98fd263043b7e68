"""What the records show for each recommendation: the assessment, measures, verdicts, dossiers."""
