"""Where the page of a record is."""

from __future__ import annotations

from flask import url_for

OWN_PAGE = {"Organisation": "organisation.organisation", "Partnership": "organisation.partnership"}
"""Types whose records have a page of their own."""


def address(label: str, id: str) -> str:
    """The page of a record."""
    if label in OWN_PAGE:
        return url_for(OWN_PAGE[label], id=id)
    return url_for("records.show", label=label, id=id)
