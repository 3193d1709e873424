"""The API of actors."""
