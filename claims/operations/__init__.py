"""Every write to claims, stances and suggestions, by subject."""
