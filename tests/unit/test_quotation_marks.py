"""How quoted words are put in quotation marks."""

import pytest

from claims.templatetags.standpoint import in_marks


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("We support it.", "“We support it.”"),
        ('"We support it."', "“We support it.”"),
        ("“We support it.”", "“We support it.”"),
        ("„Wir helfen.“", "“Wir helfen.”"),
        ("« Nous aidons »", "“Nous aidons”"),
        ("“We support it, whatever …", "“We support it, whatever …”"),
        ("whatever it takes.”", "“whatever it takes.”"),
        ("He said “no” to it.", "“He said “no” to it.”"),
        ("“Yes,” he said, “we do.”", "“Yes,” he said, “we do.”"),
        ("“Yes,” he said.", "“Yes,” he said."),
        ("", "“”"),
    ],
)
def test_marks_are_never_doubled(words: str, shown: str) -> None:
    assert in_marks(words) == shown
