"""Names of organisations: taken apart where a cell holds many, and reduced to what tells them apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from graphsvc.ingest.clean import clean, one_line
from graphsvc.ingest.profile import NameRules

_NEAR = 80
"""So many characters before a separator are looked at: an abbreviation is short, and a cell may be long."""
_LONGEST = 1000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Key:
    """What is left of a name to compare: letters and digits only, and the legal form apart."""

    base: str
    form: str


class Names:
    """The rules of a profile, ready to use."""

    def __init__(self, rules: NameRules) -> None:
        self.rules = rules
        self._separator = re.compile(rules.separator)
        self._not_before = _compiled(rules.not_before)
        self._end = _compiled(rules.end)
        self._not_end = _compiled(rules.not_end)
        self._joins = _compiled(rules.joins)
        self._not_names = _compiled(rules.not_names)
        self._remove = _compiled(rules.remove)
        self._telling = _compiled(rules.telling)
        spelt = [(f, s) for f, all_ in rules.legal_forms.items() for s in sorted(all_, key=len, reverse=True)]
        self._forms = [(form, re.compile(_at_an_end(s))) for form, s in spelt]
        self._any_form = re.compile("|".join(_at_an_end(s) for _, s in spelt) or "(?!)")

    def split(self, cell: str) -> list[str]:
        """The names in a cell, in their order, as they stand there but tidied; repeated ones stay repeated."""
        pieces: list[str] = []
        for piece in self._pieces(clean(cell)):
            name = self.tidy(piece)
            if pieces and any(p.fullmatch(name) for p in self._joins):
                pieces[-1] = f"{pieces[-1]}. {name}"
            elif name:
                pieces.append(name)
        return pieces

    def _pieces(self, text: str) -> Iterable[str]:
        start = 0
        for match in self._separator.finditer(text):
            if match.end() > match.start() and self._ends(text[start : match.start()], text, match.end()):
                yield text[start : match.start()]
                start = match.end()
        yield text[start:]

    def _ends(self, before: str, text: str, after: int) -> bool:
        if before.count("(") > before.count(")") and _closes(text, after):
            return False
        if any(p.match(text, after) for p in self._not_before):
            return False
        near = max(0, len(before) - _NEAR)
        return any(p.search(before, near) for p in self._end) or not any(p.search(before, near) for p in self._not_end)

    def tidy(self, name: str) -> str:
        """One name on one line, without what the profile's ``remove`` takes out."""
        name = one_line(name)
        if len(name) > _LONGEST:  # no name whatever is taken out, and patterns may take the square of its length
            return name
        for pattern in self._remove:
            name = pattern.sub("", name)
        return name.strip()

    def is_name(self, name: str) -> bool:
        """Has the piece a letter, and is it none of the profile's ``not_names``?"""
        return any(c.isalpha() for c in name) and not any(p.fullmatch(name) for p in self._not_names)

    def key(self, name: str) -> Key:
        """What two spellings of one organisation share: case, punctuation, spaces and legal form don't count."""
        text, form = self._without_form(unicodedata.normalize("NFKC", name).casefold())
        base = "".join(_WORD.findall(self._folded(text))).replace("_", "")
        return Key(base, form) if base else Key("".join(name.casefold().split()), "")

    def words(self, name: str) -> list[str]:
        """The words that two names are compared by: folded, without legal form, abbreviations written out."""
        text, _ = self._without_form(unicodedata.normalize("NFKC", name).casefold())
        found = _WORD.findall(self._folded(text))
        return " ".join(self.rules.abbreviations.get(w, w) for w in found).split()

    def tells(self, words: Iterable[str]) -> bool:
        """Is there a word among them that tells organisations apart?"""
        return any(p.search(w) for w in words for p in self._telling)

    def _folded(self, text: str) -> str:
        for spelling, meaning in self.rules.fold.items():
            text = text.replace(spelling, meaning)
        return text

    def _without_form(self, text: str) -> tuple[str, str]:
        text = text.strip(" .,;")
        for form, pattern in self._forms if self._any_form.search(text) else ():
            if match := pattern.search(text):
                rest = (text[: match.start()] + text[match.end() :]).strip(" .,;-–\"'()")
                if rest:
                    return rest, form
        return text, ""


def _compiled(patterns: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(p) for p in patterns]


def _at_an_end(form: str) -> str:
    return rf"^{_loose(form)}\b|(?<!\w){_loose(form)}$"


def _loose(form: str) -> str:
    """``A.M.B.A.`` also as ``amba``, ``A M B A``: any punctuation between its letters; words stay words."""
    if not any(c in "./" for c in form):
        return re.escape(form.casefold())
    return r"[./\s]*".join(re.escape(c) for c in form.casefold() if c.isalnum())


def _closes(text: str, start: int) -> bool:
    """Does a bracket that is open at ``start`` close later?"""
    closing = text.find(")", start)
    return closing >= 0 and text.find("(", start, closing) < 0
