"""Codes of themes and service areas as words, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from graphsvc.i18n import DEFAULT_LANGUAGE, Message
from graphsvc.model import vocabulary

SCHEME = "need_area"
"""Services, trades, resources and CSR forms: what needs, offers and themes are about."""


@dataclass(frozen=True, slots=True)
class Concept(Message):
    """The label of the code ``text``; an unknown code is its own label."""

    def render(self, language: str = DEFAULT_LANGUAGE) -> str:
        """The label in ``pl`` or ``en``."""
        return vocabulary.label(SCHEME, self.text, language)
