"""Template tags of staffing."""
