"""What the API takes and gives, as OpenAPI describes it."""

from __future__ import annotations

from typing import Any

from apiflask import Schema
from apiflask.fields import Date, Dict, Float, Integer, List, Nested, String
from apiflask.validators import Length, Range
from flask_babel import lazy_gettext as _

from graphsvc_web import listing
from graphsvc_web.address import LEVELS, YEARS

MOST = 200
LARGEST = 999_999_999
TWO = _("Choose two organisations to find the path between them.")


def about(description: str) -> dict[str, Any]:
    """Where a field is described."""
    return {"metadata": {"description": description}}


class Whole(Integer):
    """A whole number, or a sentence in the reader's language."""

    default_error_messages = {"invalid": _("Give a whole number.")}  # noqa: RUF012 marshmallow's way

    def __init__(self, least: int = 0, most: int = LARGEST, **more: Any) -> None:
        super().__init__(validate=Range(least, most, error=_("Give a number from {min} to {max}.")), **more)


class Day(Date):
    """A calendar day, likewise."""

    default_error_messages = {"invalid": _("Give a day as in 2026-01-31.")}  # noqa: RUF012

    def __init__(self, description: str) -> None:
        years = f"From {YEARS[0]} to {YEARS[-1]}."
        super().__init__(
            metadata={"description": f"{description} {years}", "pattern": "^(19[0-9]{2}|20[0-9]{2}|2100)-"}
        )


class Strict(Schema):
    """Of which a misspelt name is told, not passed over."""

    error_messages = {"unknown": _("There is no such parameter.")}  # noqa: RUF012 marshmallow's way


class Filters(Strict):
    """Filters of a view; lists are given by repeating the name."""

    sector = List(String(), **about("Codes of organisation_sector."))
    organisation_kind = List(String(), **about("Codes of organisation_kind."))
    territory = List(String(), **about("Territory codes; each means all below it too."))
    service = List(String(), **about("Areas that organisations need or offer: codes of need_area."))
    theme = List(String(), **about("Themes of partnerships: codes of need_area, or words."))
    kind = List(String(), **about("Codes of partnership_type."))
    phase = List(String(), **about("Codes of partnership_phase."))
    year = Whole(YEARS[0], YEARS[-1], **about("The network as of 31 December of that year."))
    day = Day("The network as of that day; goes before year.")
    active = Whole(**about("1: only partnerships that last on that day."))
    ids = List(String(), data_key="only", **about("Ids of organisations: only these."))
    q = String(**about("Words of the name."))
    group = Whole(**about("Number of a community."))


class PictureFilters(Filters):
    """Filters, and how far one looks."""

    against = Day("The other day that it is compared with; a year before where it is left out.")
    level = String(
        metadata={"description": "By how many there are, where it is left out.", "enum": ["", *LEVELS]},
    )
    size = String(**about("Measure that sizes the nodes: " + ", ".join(listing.SIZES)))


class ListFilters(Filters):
    """Filters, and which page in which order."""

    sort = String(**about("Column to sort by, with - before it for descending."))
    page = Whole()


class SuggestionFilters(Filters):
    """Filters, and whom to suggest for; the best come in one answer, in their own order."""

    for_organisation = String(**about("Id of the organisation; left out: the whole view."))
    limit = Whole(1, MOST, load_default=20)


class Ends(Strict):
    """Between whom."""

    ids = List(
        String(),
        data_key="only",
        required=True,
        validate=Length(equal=2, error=TWO),
        error_messages={"required": TWO},
        **about("Ids of the two organisations, one each."),
    )


class SearchFor(Strict):
    """What to look for."""

    q = String(
        load_default="",
        validate=Length(max=MOST, error=_("Give at most {max} characters.")),
        **about("Part of a name, or a number."),
    )


class Picture(Schema):
    """Nodes, edges and options as vis-network takes them."""

    nodes = List(Dict(), required=True)
    edges = List(Dict(), required=True)
    options = Dict(required=True)
    nodes_of = Integer(required=True, **about("How many organisations there are, drawn or not."))
    ties = Integer(required=True, **about("How many ties are drawn."))
    ties_of = Integer(required=True, **about("How many ties there are, drawn or not."))
    level = String(required=True, metadata={"enum": list(LEVELS)})


class ViewPicture(Picture):
    """The picture of a view."""

    day = String(required=True, allow_none=True, **about("The chosen day in words."))


def _measured() -> dict[str, Float]:
    return {name: Float(required=True, allow_none=True) for name in (*listing.SIZES, "community")}


class _Row(Schema):
    row = Integer(required=True, **about("Where it stands in the network that the filters choose."))
    id = String(required=True)
    name = String(required=True)
    sector = String(required=True, **about("Code of organisation_sector."))
    territory = String(required=True, **about("Name of its territory, or the code where it has none."))


Row = _Row.from_dict(_measured(), name="Row")  # type: ignore[arg-type]


class Organisations(Schema):
    """A page of organisations with their measures."""

    rows = List(Nested(Row), required=True)
    page = Integer(required=True)
    pages = Integer(required=True)
    total = Integer(required=True, **about("How many organisations there are on all pages."))


class Suggestion(Schema):
    """Two organisations that could work together."""

    a = String(required=True, **about("Id of the one."))
    b = String(required=True, **about("Id of the other."))
    a_name = String(required=True)
    b_name = String(required=True)
    score = Float(required=True, **about("0 to 1; relative to the best that there is to choose from."))
    likelihood = Float(required=True, **about("0 to 1: that they begin within “days” without help."))
    days = Integer(required=True)
    reasons = List(String(), required=True, **about("Sentences in the reader's language."))


class Suggestions(Schema):
    """The best first."""

    suggestions = List(Nested(Suggestion), required=True)


class Found(Schema):
    """A record that a search found."""

    id = String(required=True)
    label = String(required=True, **about("Type of the record, as in /records/…"))
    name = String(required=True)
    hint = String(required=True, **about("What it is, and what tells it from its namesakes."))
    url = String(required=True, **about("Address of its page on this server."))


class Hits(Schema):
    """The nearest first."""

    hits = List(Nested(Found), required=True)
