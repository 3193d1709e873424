"""Claims, stances and suggestions in the admin site; importing this registers them."""

from claims.admin import codebook, learned, model_use, stances, suggestions

__all__ = ["codebook", "learned", "model_use", "stances", "suggestions"]
