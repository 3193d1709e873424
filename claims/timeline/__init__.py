"""The rule from stances to a position: pure code that imports no framework."""
