"""Stems of English words: one key for "legalise", "legalisation" and "legal"."""

from functools import cache

from extraction.lists import word_set

SUFFIXES = (
    ("isation", 4),
    ("ising", 4),
    ("ised", 4),
    ("ise", 4),
    ("ification", 4),
    ("ation", 4),
    ("ator", 4),
    ("ate", 4),
    ("ment", 4),
    ("ance", 4),
    ("ence", 5),
    ("ing", 4),
    ("ion", 5),
    ("ive", 5),
    ("al", 5),
    ("or", 5),
    ("er", 4),
    ("ed", 4),
    ("ly", 4),
    ("y", 5),
    ("e", 4),
)
KEPT = word_set(
    "police policy minister ministry president parliament department apartment office "
    "officer official party member number order border paper matter letter winter summer "
    "water power general university council private climate village capital hospital "
    "corporation station nation generation formation former later other under over never"
)
SOFT = frozenset("bdgmnprt")


@cache
def stem(word: str) -> str:
    """Return ``word`` without the endings that make nouns, verbs and adjectives."""
    if word in KEPT or not word.isalpha():
        return word
    for suffix, shortest in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= shortest:
            return _single(word.removesuffix(suffix))
    return word


def _single(root: str) -> str:
    """ "capp" of "capped" is "cap"; "drill" stays."""
    double = len(root) > 3 and root[-1] == root[-2] and root[-1] in SOFT
    return root[:-1] if double else root
