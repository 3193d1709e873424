"""French and German read by rules and word lists; other languages recognised and left."""
