"""The API of sources, feeds, documents and ingestions."""
