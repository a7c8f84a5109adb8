"""docs/reading.md shows what the tests show."""

from __future__ import annotations

from traits import PAGE, page


def test_the_page_of_traits_is_what_the_reader_does_today() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/traits.py"
