"""Cases and the day's work on them: models, actions, pages."""
