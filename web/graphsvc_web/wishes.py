"""What a page of suggestions is asked for, as it stands in its address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from werkzeug.datastructures import MultiDict

from graphsvc.errors import InputError, Place
from graphsvc.i18n import msg, short
from graphsvc.service.proposals import Wish
from graphsvc.suggest.value import PARTS, PRESETS
from graphsvc.suggest.whom import Whom

USUAL = "balanced"
HEAVIEST = 3.0
"""The largest weight of a part; a slider goes there in steps of a half."""
PER_PAGE = 10
LONGEST = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """``preset``: a name of PRESETS, "" for weights of one's own; ``likelihood`` in per cent."""

    preset: str
    likelihood: int
    weights: Mapping[str, float]
    organisation: str = ""
    sector: tuple[str, ...] = ()
    territory: str = ""
    theme: str = ""
    page: int = 1

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> Self:
        """From a query string. Raises InputError for an unknown preset or a weight that is none."""
        name = args.get("preset", "" if any(_given(args, p) for p in PARTS) or "likelihood" in args else USUAL)
        if name and name not in PRESETS:
            raise InputError(msg("There is no such preset."), place=Place(field="preset"))
        chosen = PRESETS.get(name)
        likelihood = round(100 * chosen.likelihood) if chosen else round(_number(args, "likelihood", 100.0))
        own = {p: _number(args, p, HEAVIEST) for p in PARTS if _given(args, p)}
        weights = dict(chosen.parts) if chosen else {p: w for p, w in own.items() if w}
        return cls(
            name or _preset(likelihood, weights),
            likelihood,
            weights,
            args.get("organisation", "")[:LONGEST],
            sectors_in(args),
            args.get("territory", "")[:LONGEST],
            args.get("theme", "")[:LONGEST],
            max(args.get("page", 1, int) or 1, 1),
        )

    @property
    def wish(self) -> Wish:
        """For the core."""
        whom = Whom(self.sector, self.territory, self.theme)
        return Wish(self.likelihood / 100, self.weights, self.organisation, whom)

    @property
    def filtered(self) -> bool:
        """Whether anything is left out."""
        return bool(self.sector or self.territory or self.theme)

    def args(self, **changes: Any) -> dict[str, Any]:
        """Arguments for ``url_for``; another preset or filter leads back to the first page."""
        own: dict[str, Any] = {"preset": self.preset} if self.preset else {"likelihood": self.likelihood}
        own |= {} if self.preset else {p: f"{w:g}" for p, w in self.weights.items()}
        kept = {n: getattr(self, n) for n in ("organisation", "sector", "territory", "theme")}
        values = own | kept | changes
        if values.get("preset") == USUAL:
            del values["preset"]
        return {name: value for name, value in values.items() if value or (name == "likelihood" and value == 0)}


def sectors_in(args: MultiDict[str, str]) -> tuple[str, ...]:
    """The sectors that a query string asks for, each once."""
    return tuple(dict.fromkeys(v[:LONGEST] for v in args.getlist("sector")[:20] if v))


def _preset(likelihood: int, weights: Mapping[str, float]) -> str:
    """The preset of which these are the weights; "" where they are of one's own."""
    same = (n for n, p in PRESETS.items() if (round(100 * p.likelihood), dict(p.parts)) == (likelihood, weights))
    return next(same, "")


def _given(args: MultiDict[str, str], name: str) -> bool:
    return bool(args.get(name, "").strip())


def _number(args: MultiDict[str, str], name: str, most: float) -> float:
    text = args.get(name, "").strip() or "0"
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= most:
        raise InputError(
            msg("“%(value)s” is not a number from 0 to %(most)s.", value=short(text, 40), most=format(most, "g")),
            place=Place(field=name),
        )
    return value
