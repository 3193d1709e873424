"""Template parts of the workbench."""

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def as_text(text: str) -> SafeString:
    """Escape words so that the browser keeps each code point, carriage returns too."""
    return mark_safe(escape(text).replace("\r", "&#13;"))  # noqa: S308 - escaped here
