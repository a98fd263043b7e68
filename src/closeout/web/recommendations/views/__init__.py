"""Pages of the recommendations: sign-in, permission, read, render."""
