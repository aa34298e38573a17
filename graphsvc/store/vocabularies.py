"""The vocabulary as a centre has changed it: labels, codes added or retired; kept in the database with its history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graphsvc.errors import Place, RecordError
from graphsvc.i18n import msg
from graphsvc.model.fieldtypes import RuleError, clean_line
from graphsvc.model.vocabulary import Vocabulary, default
from graphsvc.store.driver import Store

NAME = "vocabulary"
LABELS = ("pl", "en")


@dataclass(frozen=True, slots=True)
class Edit:
    """One state of the changes: all of them, who made the last one, when."""

    overrides: Mapping[str, Mapping[str, Mapping[str, Any]]]
    at: datetime
    by: str


class Vocabularies:
    """Every method raises DatabaseError when the database does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self) -> Vocabulary:
        """The shipped vocabulary with the centre's changes."""
        return default().with_overrides(self._overrides())

    def _overrides(self) -> dict[str, dict[str, dict[str, Any]]]:
        rows = self._store.read("settings/read", name=NAME)
        kept: dict[str, dict[str, dict[str, Any]]] = json.loads(rows[0]["value"]) if rows else {}
        return kept

    def history(self) -> list[Edit]:
        """All states, newest first."""
        rows = self._store.read("settings/history", name=NAME)
        return [Edit(json.loads(r["value"]), r["at"].to_native(), r["by"]) for r in rows]

    def change(
        self, scheme: str, code: str, labels: Mapping[str, str], by: str, *, retired: bool = False
    ) -> Vocabulary:
        """Give a code new labels (``pl``, ``en``), add a code, or retire one; the vocabulary as it is then.

        Raises NotFoundError for an unknown scheme and RecordError for a code or label that can't be used.
        """
        default().scheme(scheme)
        own: dict[str, Any] = {language: _label(language, labels[language]) for language in LABELS}
        overrides = self._overrides()
        overrides.setdefault(scheme, {})[_code(code)] = own | {"retired": retired}
        value = json.dumps(overrides, ensure_ascii=False, sort_keys=True)
        self._store.write("settings/write", name=NAME, value=value, at=datetime.now(UTC), by=by)
        return default().with_overrides(overrides)


def _code(code: str) -> str:
    if not code or len(code) > 20 or not all(c.isascii() and (c.isalnum() or c in "-_") for c in code):
        raise RecordError(
            msg("“%(code)s” can't be a code.", code=code[:40]),
            place=Place(field="code"),
            hint=msg("Use up to 20 letters, digits, - and _."),
        )
    return code


def _label(language: str, text: str) -> str:
    try:
        return clean_line(text)
    except RuleError as wrong:
        raise RecordError(wrong.message, place=Place(field=language), hint=wrong.hint) from None
