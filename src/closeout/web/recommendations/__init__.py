"""Reports, recommendations, and everything ever said, promised, and done about them."""
