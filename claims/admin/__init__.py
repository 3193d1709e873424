"""Claims, stances and suggestions in the admin site; importing this registers them."""

from claims.admin import codebook, learned, stances, suggestions

__all__ = ["codebook", "learned", "stances", "suggestions"]
