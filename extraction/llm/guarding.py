"""Words in a text that speak to a machine and not to readers: they are no evidence."""

import re

ADDRESSES_MACHINE = (
    re.compile(
        r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,60}"
        r"\b(?:instructions?|prompts?|directions|system message|guidelines)\b",
        re.IGNORECASE,
    ),
    re.compile(r"\bsystem (?:prompt|message|override)\b", re.IGNORECASE),
    re.compile(r"^\W*(?:system|assistant|user|developer)\s*:", re.IGNORECASE),
    re.compile(r"\bconditional_(?:support|oppose)\b|<\|?(?:im_start|im_end|/?system)"),
    re.compile(r"[\"']?(?:stances|quote|clarity|speaker)[\"']\s*:\s*[\[{\"']"),
    re.compile(
        r"\b(?:dear|note to|attention|you are)\b[^.\n]{0,40}"
        r"\b(?:language models?|LLMs?|AI (?:assistant|model|system)s?|chatbots?)\b",
        re.IGNORECASE,
    ),
)


def addresses_machine(words: str) -> bool:
    """Whether ``words`` try to command the program that reads them."""
    return any(pattern.search(words) for pattern in ADDRESSES_MACHINE)
