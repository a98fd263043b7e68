"""What a sentence about a recommendation says: one rule a file."""
