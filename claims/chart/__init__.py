"""The geometry of charts: pure code that imports no framework."""
