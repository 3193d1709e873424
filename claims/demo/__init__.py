"""The demo: facts about Western troops in Ukraine, 2024-2026, with short texts as evidence.

Illustrative. Dates and wording were compiled from memory of the public record and the
texts are our own words: check against the sources before citing.
"""
