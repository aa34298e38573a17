"""Of whom suggestions are asked for, as people write it: codes, labels and names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from graphsvc.cli.usage import near
from graphsvc.cli.words import language, tr
from graphsvc.errors import InputError, NotFoundError, Place
from graphsvc.i18n import msg, short
from graphsvc.model.vocabulary import default

if TYPE_CHECKING:
    from graphsvc.model.network import Network
    from graphsvc.suggest import Whom

SectorsOption = Annotated[
    list[str] | None, typer.Option("--sector", help=tr("Only with this sector: its code or name; may be given again."))
]
TerritoryOption = Annotated[
    str, typer.Option("--territory", help=tr("Only with who is in this territory: its TERC code or name."))
]
ThemeOption = Annotated[
    str, typer.Option("--theme", help=tr("Only with who has to do with this theme: its code or name."))
]


def whom(network: Network, sectors: Sequence[str], territory: str, theme: str) -> Whom:
    """What the three options ask for. Raises InputError that names the option."""
    from graphsvc.suggest import Whom

    own = network.organisations["sector"].to_pylist()
    used = {code for row in network.partnerships["themes"].to_pylist() for code in row or ()}
    for table in (network.needs, network.offers, network.deliveries):
        used.update(table["area"].to_pylist())
    return Whom(
        tuple(dict.fromkeys(_code("organisation_sector", text, own, "--sector") for text in sectors)),
        _territory(network, territory) if territory else "",
        _code("need_area", theme, used, "--theme") if theme else "",
    )


def _code(scheme: str, text: str, used: Iterable[str], option: str) -> str:
    """The code that a text means; one that only this network has is its own."""
    known = default()
    found = text if text in used else known.scheme(scheme).code_of(text)
    if found is None:
        if hint := near(text, (concept.label(language()) for concept in known.scheme(scheme))):
            raise NotFoundError(
                msg("“%(code)s” is not on this list.", code=short(text)), place=Place(field=option), hint=hint
            )
        known.check(scheme, text, option)
    return found or text


def _territory(network: Network, text: str) -> str:
    from graphsvc.ingest.places import named
    from graphsvc.model.fieldtypes import folded

    names = dict(zip(*(network.territories[column].to_pylist() for column in ("code", "name")), strict=True))
    if text in names:
        return text
    found = [t.code for t in named(text) if t.code in names]
    found = found or [code for code, name in names.items() if folded(name) == folded(text)]
    if len(found) > 1:
        raise InputError(
            msg("Several territories have this name: %(codes)s.", codes=", ".join(found[:10])),
            place=Place(field="--territory"),
            hint=msg("Give the code of one."),
        )
    if not found:
        raise NotFoundError(
            msg("The network has nobody in “%(name)s”.", name=short(text)),
            place=Place(field="--territory"),
            hint=near(text, names.values()) or msg("Give a TERC code, or a name as the register has it."),
        )
    return found[0]
