from __future__ import annotations

import pytest

from graphsvc.store import importing
from graphsvc.store.driver import Store
from graphsvc.store.records import Records
from tests.integration.store import sample

NAMES = (
    "Spółdzielnia Socjalna „Żółw”",
    "Ośrodek Pomocy Społecznej w Legnicy",
    "Ośrodek Zdrowia",
    "Fundacja Zielony Dom",
)


@pytest.fixture
def filled(store: Store) -> Store:
    found = [sample.organisation(n, name=name) for n, name in enumerate(NAMES)]
    found[3] = found[3].model_copy(update={"krs": "0000123456", "short_name": "FZD"})
    importing.write(store, sample.plan([sample.partnership(0, [0, 1, 3], name="Żółty szlak")], found))
    with store.session() as session:
        session.run("CALL db.index.fulltext.awaitEventuallyConsistentIndexRefresh()").consume()
    return store


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zolw", NAMES[0]),
        ("ŻÓŁW spół", NAMES[0]),
        ("legnic", NAMES[1]),
        ("osrodek pomocy", NAMES[1]),
        ("Fundacja Zielny Dom", NAMES[3]),
        ("fzd", NAMES[3]),
        ("0000123456", NAMES[3]),
        ("123456", NAMES[3]),
    ],
)
def test_found_by_parts_without_polish_letters_misspelt_or_by_number(filled: Store, text: str, name: str) -> None:
    assert Records(filled).search(text, "Organisation")[0].name == name


@pytest.mark.parametrize("text", ["", "  ", '"', "a:b AND (", "~*?\\", "x" * 100_000])
def test_odd_texts_find_nothing_and_do_not_fail(filled: Store, text: str) -> None:
    assert Records(filled).search(text) == []


def test_partnerships_and_territories_too(filled: Store) -> None:
    assert [(h.label, h.name) for h in Records(filled).search("szlak")] == [("Partnership", "Żółty szlak")]
    assert [(h.label, h.name) for h in Records(filled).search("legnica", "Territory")] == [("Territory", "Legnica")]
