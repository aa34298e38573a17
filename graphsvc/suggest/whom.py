"""Of whom suggestions are asked for, and the best of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from graphsvc.errors import NothingToSuggestError
from graphsvc.i18n import msg
from graphsvc.model.network import Network
from graphsvc.model.suggested import Shown
from graphsvc.suggest.engine import Engine
from graphsvc.suggest.model import Model
from graphsvc.suggest.purpose import Mask, concerned, of_sectors
from graphsvc.suggest.ranking import QUICK_WINS, Links
from graphsvc.suggest.seen import Seen
from graphsvc.suggest.suggestion import Suggestion
from graphsvc.suggest.value import Preset


@dataclass(frozen=True, slots=True)
class Whom:
    """What is asked of the other one, in one organisation's suggestions; in all suggestions, of either of the two.

    sectors : codes; none: any
    territory : code in which it is, or below it; "" for anywhere
    theme : code that it has worked on, offers or needs, see ``purpose.concerned``; "" for any
    """

    sectors: tuple[str, ...] = ()
    territory: str = ""
    theme: str = ""

    def fits(self, engine: Engine, links: Links, *, alone: bool) -> Mask:
        """Which links are of them, bool [links]; ``alone``: of one organisation, which is ``a``."""
        fits = np.ones(len(links.a), dtype=bool)
        for mask in self._masks(engine):
            fits &= mask[links.b] if alone else mask[links.a] | mask[links.b]
        return fits

    def _masks(self, engine: Engine) -> list[Mask]:
        masks = [of_sectors(engine, self.sectors)] if self.sectors else []
        masks += [engine.within(self.territory)] if self.territory else []
        masks += [concerned(engine, self.theme)] if self.theme else []
        return masks


ANYBODY = Whom()


def nothing_fits() -> NothingToSuggestError:
    """To be raised where filters leave nothing."""
    return NothingToSuggestError(msg("Nothing fits these filters."), hint=msg("Take one of them away."))


def suggest(
    network: Network,
    as_of: date | None = None,
    for_organisation: int | str | None = None,
    limit: int = 10,
    *,
    whom: Whom = ANYBODY,
    preset: Preset | str = QUICK_WINS,
    shown: Sequence[Shown] = (),
    model: Model | None = None,
    seed: int = 0,
) -> list[Suggestion]:
    """The best suggestions as of a day (None: with all that is on record), best first.

    ``preset``: one of ``value.PRESETS`` or weights of one's own. ``for_organisation``: a row, an id or a name; None:
    the whole network. ``shown``: what was suggested before, which sinks when nobody took it up. Deterministic for a
    ``seed``.
    Raises NothingToSuggestError (too small, no ties, complete, nobody fits) and NotFoundError (with near names).
    """
    engine = Engine(network, as_of, model=model, seed=seed)
    alone = for_organisation is not None
    links = engine.open(engine.links) if for_organisation is None else engine.links_of(engine.row_of(for_organisation))
    links = links.keep(whom.fits(engine, links, alone=alone))
    if not len(links.a):
        raise nothing_fits()
    return engine.best(links, limit, preset, Seen(engine.ids, shown))
