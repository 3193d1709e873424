"""The API of claims, documents, stances, suggestions, positions and timelines."""
