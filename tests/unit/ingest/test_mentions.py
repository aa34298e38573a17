"""How organisations are mentioned."""

from __future__ import annotations

from graphsvc.ingest.mentions import Mentions


def test_a_spelling_with_its_numbers_is_one_mention() -> None:
    mentions = Mentions()
    given = (("Dom", (), 2), ("Dom", (), 3), ("DOM", (), 3), ("Dom", (("KRS", "1"),), 4), ("Dom", (), 3))
    assert [mentions.add(name, numbers, row, {}) for name, numbers, row in given] == [0, 0, 1, 2, 0]
    assert [(m.label, m.count, m.rows) for m in mentions] == [
        ("Dom", 3, [2, 3]),
        ("DOM", 1, [3]),
        ("Dom (KRS:1)", 1, [4]),
    ]


def test_the_first_value_of_a_fact_counts_and_what_was_given_stays_as_it_was() -> None:
    mentions, first = Mentions(), {"town": "Lubin"}
    mentions.add("Dom", (), 2, first)
    mentions.add("Dom", (), 3, {"town": "Legnica", "postcode": "59-220"})
    assert mentions[0].facts == {"town": "Lubin", "postcode": "59-220"}
    assert first == {"town": "Lubin"}


def test_few_rows_are_kept() -> None:
    mentions = Mentions()
    for row in range(2, 20):
        mentions.add("Dom", (), row, {})
    assert (mentions[0].count, mentions[0].rows) == (18, [2, 3, 4, 5, 6])
