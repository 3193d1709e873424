"""The gold set of stances: texts of our own, what they say, and the score."""
