"""The vocabulary as a centre has changed it: labels, codes added or retired; kept in the database with its history."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from graphsvc.errors import Place, RecordError
from graphsvc.i18n import msg, short
from graphsvc.model.fieldtypes import RuleError, clean_line
from graphsvc.model.vocabulary import Overrides, Vocabulary, default
from graphsvc.store.driver import Store
from graphsvc.store.record_reading import local

NAME = "vocabulary"
LABELS = ("pl", "en")
MOST = 10_000
"""Of a limit: days, months or percent."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One state of the changes: all of them, who made the last one, when."""

    overrides: Overrides
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
        return [Edit(json.loads(r["value"]), local(r["at"]), r["by"]) for r in rows]

    def change(self, scheme: str, codes: Mapping[str, Mapping[str, Any]], by: str) -> Vocabulary:
        """Give codes new labels (``pl``, ``en``) or a ``value``, add some, retire some; the vocabulary as it is then.

        Raises NotFoundError for an unknown scheme and RecordError for a code, label or value that can't be used.
        """
        known = default().scheme(scheme)
        overrides = self._overrides()
        of_scheme = overrides.setdefault(scheme, {})
        for code, said in codes.items():
            own: dict[str, Any] = {language: _label(language, str(said.get(language, ""))) for language in LABELS}
            if code in known and "value" in known.by_code[code].extra:
                own["value"] = _value(said.get("value"))
            of_scheme[_code(code)] = own | {"retired": bool(said.get("retired"))}
        return self._keep(overrides, by)

    def back(self, by: str) -> Vocabulary:
        """As it was before the last change."""
        before = self.history()[1:2]
        return self._keep(before[0].overrides if before else {}, by)

    def _keep(self, overrides: Overrides, by: str) -> Vocabulary:
        value = json.dumps(overrides, ensure_ascii=False, sort_keys=True)
        self._store.write("settings/write", name=NAME, value=value, at=datetime.now(UTC), by=by)
        return default().with_overrides(overrides)


def _code(code: str) -> str:
    if not code or len(code) > 20 or not all(c.isascii() and (c.isalnum() or c in "-_") for c in code):
        raise RecordError(
            msg("“%(code)s” can't be a code.", code=short(code, 40)),
            place=Place(field="code"),
            hint=msg("Use up to 20 letters, digits, - and _."),
        )
    return code


def _label(language: str, text: str) -> str:
    try:
        return clean_line(text)
    except RuleError as wrong:
        raise RecordError(wrong.message, place=Place(field=language), hint=wrong.hint) from None


def _value(text: object) -> float:
    try:
        number = float(str(text).replace(",", "."))
    except ValueError:
        number = -1.0
    if not 0 < number <= MOST:
        raise RecordError(
            msg("“%(value)s” can't be used here.", value=short(str(text), 40)),
            place=Place(field="value"),
            hint=msg("Write a number above 0, up to %(most)s.", most=MOST),
        )
    return number
