"""What was suggested and what became of it, and what-if scenarios, in the database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date

from graphsvc.errors import NotFoundError
from graphsvc.i18n import msg
from graphsvc.model.suggested import Past, SavedScenario, Shown
from graphsvc.store.driver import Store
from graphsvc.store.merged import merged
from graphsvc.store.record_reading import plain


class Suggestions:
    """Pairs are of organisation ids in either order. Raises DatabaseError when the database does not answer."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def note(self, pairs: Iterable[tuple[str, str]], by: str, day: date, *, ignored: bool = False) -> int:
        """Count pairs as shown to somebody, once a day, or as ignored; how many were counted. Unknown ids are not."""
        ordered = sorted({tuple(sorted(pair)) for pair in pairs})
        found = self._store.write("suggestions/note", pairs=[list(p) for p in ordered], by=by, day=day, ignored=ignored)
        return int(found[0]["counted"])

    def take_back(self, a: str, b: str) -> None:
        """It was not ignored after all."""
        first, second = sorted((a, b))
        self._store.write("suggestions/take_back", a=first, b=second)

    def shown(self) -> Sequence[Shown]:
        """Every pair that was shown."""
        stays = {one.id: one.kept for one in merged(self._store)}
        rows = (plain(r.data()) for r in self._store.read("suggestions/shown", stays=stays))
        return [Shown(**{**row, "to": tuple(row["to"])}) for row in rows]

    def past(self) -> Sequence[Past]:
        """Every suggestion that somebody did something about, the newest first."""
        return [Past(**plain(r.data())) for r in self._store.read("suggestions/past")]

    def scenarios(self) -> Sequence[SavedScenario]:
        """All scenarios that are kept, the newest first."""
        return [SavedScenario(**plain(r.data())) for r in self._store.read("scenarios/all")]

    def keep_scenario(self, scenario: SavedScenario) -> None:
        """Create or replace."""
        self._store.write("scenarios/save", **asdict(scenario))

    def delete_scenario(self, id: str, *, back: bool = False) -> str:
        """Put a scenario away (or bring it ``back``); its name. Raises NotFoundError."""
        rows = self._store.write("scenarios/delete", id=id, deleted=not back)
        if not rows:
            raise NotFoundError(msg("There is no such scenario."))
        return str(rows[0]["name"])
