"""The API of background work."""
