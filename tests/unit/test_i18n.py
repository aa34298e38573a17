"""Messages: rendered late, nested, and with one full stop at their end."""

import os

import pytest

from graphsvc.i18n import msg, nmsg, readable, short


def test_a_parameter_may_be_a_message() -> None:
    inner = msg("Work")
    assert msg("%(a)s and %(b)s.", a=inner, b="Ola").render("en") == "Work and Ola."


def test_counts_are_written_as_the_language_writes_them() -> None:
    counted = nmsg("%(n)s organisation", "%(n)s organisations", 11_915)
    assert (counted.render("pl"), counted.render("en")) == ("11\xa0915 organizacji", "11,915 organisations")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kruk sp. z o.o.", "Both have worked with Kruk sp. z o.o."),
        ("Kruk", "Both have worked with Kruk."),
        ("Kruk…", "Both have worked with Kruk…."),
        ("Kruk..", "Both have worked with Kruk..."),
    ],
)
def test_a_name_that_ends_in_a_full_stop_ends_the_sentence(name: str, said: str) -> None:
    assert msg("Both have worked with %(x)s.", x=name).render("en") == said


def test_paths_keep_their_two_full_stops() -> None:
    assert msg("See %(path)s now.", path="../data/..").render("en") == "See ../data/.. now."


def test_names_of_files_can_be_shown_whatever_bytes_they_have() -> None:
    assert readable("załącznik.csv") == "załącznik.csv"
    assert readable(os.fsdecode("załącznik.csv".encode("cp1250"))) == "załącznik.csv"
    assert readable("a\ud83d.csv") == "a?.csv"


@pytest.mark.parametrize(("text", "said"), [("abcde", "abcde"), ("abcdef", "abcd…"), ("abc def", "abc…"), ("", "")])
def test_a_long_text_is_quoted_with_what_says_that_it_is_cut(text: str, said: str) -> None:
    assert short(text, 5) == said
