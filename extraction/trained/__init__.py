"""The trained reader: a small network that reads what the rules do not reach."""
