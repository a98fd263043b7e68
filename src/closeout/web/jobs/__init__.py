"""Work done in the background, with progress, a log, cancel and run again."""
