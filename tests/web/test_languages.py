"""Polish by default, English by the switch, and nothing left untranslated."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from babel.messages.mofile import read_mo
from flask.testing import FlaskClient
from graphsvc_web.collate import fold, sort_key
from graphsvc_web.language import ngettext, number, signed

from tests.web.conftest import signed_in
from tools.translations import DOMAINS, Domain


def test_pages_are_polish_until_english_is_chosen(app: Any) -> None:
    client: FlaskClient = signed_in(app, "reader")
    polish = client.get("/network").text
    assert '<html lang="pl"' in polish
    assert "Społeczności" in polish
    assert client.post("/preferences", data={"language": "en", "next": "/network"}).location == "/network"
    english = client.get("/network").text
    assert '<html lang="en"' in english
    assert "Communities" in english
    assert "Społeczności" not in english


def test_an_unknown_language_changes_nothing(app: Any) -> None:
    client = app.test_client()
    client.post("/preferences", data={"language": "xx"})
    assert '<html lang="pl"' in client.get("/help").text


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda d: d.name)
def test_every_message_is_translated_and_used(domain: Domain) -> None:
    assert domain.problems("pl") == []


@pytest.mark.parametrize("domain", DOMAINS, ids=lambda d: d.name)
def test_compiled_catalogues_match_their_sources(domain: Domain) -> None:
    assert _messages(domain.compiled("pl")) == _messages(domain.file("pl").with_suffix(".mo").read_bytes())


def _messages(compiled: bytes) -> dict[str, object]:
    """Without the header, which names the Babel that wrote it."""
    return {str(m.id): m.string for m in read_mo(BytesIO(compiled)) if m.id}


def test_polish_order_puts_marked_letters_after_plain_ones() -> None:
    names = ["źdźbło", "żaba", "zebra", "ąbc", "azyl", "łan", "lód", "lodz", "ćma", "cma"]
    assert sorted(names, key=sort_key) == [
        "azyl", "ąbc", "cma", "ćma", "lodz", "lód", "łan", "zebra", "źdźbło", "żaba",
    ]  # fmt: skip


def test_search_folds_letters() -> None:
    assert fold("ŁÓDŹ Ærø Müller") == "lodz aero muller"


def test_counts_in_sentences_follow_the_language(app: Any) -> None:
    said = ("%(num)s found", "%(num)s found", 20_000)
    template = app.jinja_env.from_string("{{ ngettext(*said) }}")
    with app.test_request_context():
        assert ngettext(*said) == template.render(said=said) == "Znaleziono 20\xa0000 pozycji"
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert ngettext(*said) == template.render(said=said) == "20,000 found"


def test_numbers_follow_the_language(app: Any) -> None:
    with app.test_request_context():
        assert number(1234567.5) == "1\xa0234\xa0567,5"
        assert number(float("nan")) == "–"
        assert signed(-3) == "−3"
        assert number(-0.25) == "−0,25"
        assert [number(v) for v in (0.12345, 0.012345, 0.00012345, -0.00012345)] == [
            "0,123",
            "0,0123",
            "0,000123",
            "−0,000123",
        ]
        assert (number(1e-12), signed(-1e-12), signed(0.00012345)) == ("0", "±0", "+0,000123")
        assert (number(-0.001, 1), number(0.04, 1)) == ("0", "0")
    with app.test_request_context(headers={"Cookie": "language=en"}):
        assert number(1234567.5) == "1,234,567.5"
