"""The prompt for Cypher, against a real server."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from rich.console import Console

from graphsvc.store import shell
from graphsvc.store.driver import Store

Prompt = Callable[[str, str], str]


@pytest.fixture
def typed(store: Store, monkeypatch: pytest.MonkeyPatch) -> Prompt:
    """``typed(lines, language)``: what the prompt shows for them."""

    def answer(lines: str, language: str) -> str:
        monkeypatch.setattr("sys.stdin", StringIO(lines))
        shown, wrong = StringIO(), StringIO()
        code = shell.run(store, Console(file=shown, width=200), Console(file=wrong, width=200), language)
        assert code == (2 if wrong.getvalue() else 0)
        assert ">" not in shown.getvalue()  # prompts are for who types
        return shown.getvalue() + wrong.getvalue()

    return answer


def test_rows_of_a_query_over_two_lines_are_shown_and_counted(typed: Prompt) -> None:
    shown = typed("UNWIND [1, 2]\nAS n RETURN n, 'Łódź' AS name;\n:exit\nRETURN 'unread' AS x;\n", "en")
    assert "'Łódź'" in shown
    assert "2 rows." in shown
    assert "unread" not in shown


def test_a_mistake_is_told_as_the_typist_s_and_does_not_end_the_prompt(typed: Prompt) -> None:
    shown = typed("RETRUN 1;\nRETURN 7 AS n;\n", "pl")
    assert "Baza danych nie może" in shown
    assert "RETRUN" in shown
    assert "zgłosić" not in shown
    assert "1 wiersz." in shown


def test_only_the_first_rows_are_shown(typed: Prompt) -> None:
    shown = typed(f"UNWIND range(1, {shell.MOST_ROWS + 1}) AS n RETURN n;\n", "en")
    assert f"{shell.MOST_ROWS + 1} rows." in shown
    assert f"Only the first {shell.MOST_ROWS} are shown." in shown


def test_values_are_written_as_in_cypher(typed: Prompt) -> None:
    shown = typed(
        "CREATE p = (a:Tmp {n: 1})-[r:OF {x: null}]->(b:Tmp) RETURN a, r, p, [1, null] AS l, {k: 's'} AS m;\n", "en"
    )
    for part in ("(:Tmp {n: 1})", "[:OF {}]", "(:Tmp {n: 1})-[:OF {}]-(:Tmp {})", "[1, null]", "{k: 's'}"):
        assert part in shown
