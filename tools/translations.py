"""Messages of the two catalogues: found in the sources, compared with the translations, compiled.

``python tools/translations.py`` compiles every .po file; it ends with 1 and names each message that lacks a
translation or is no longer used. Domain ``graphsvc`` holds ``msg``/``nmsg`` of all code; ``messages`` holds what
templates and views say through Flask-Babel.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
MsgId = str | tuple[str, ...]
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Domain:
    """One catalogue and where its messages are said."""

    name: str
    catalogue: Path
    sources: tuple[Path, ...]
    keywords: tuple[tuple[str, tuple[int, ...] | None], ...]
    methods: tuple[tuple[str, str], ...]
    options: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()

    def said(self) -> set[MsgId]:
        """Every message in the sources."""
        return {message for folder in self.sources for message in self._in(folder)}

    def _in(self, folder: Path) -> Iterator[MsgId]:
        for _file, _line, message, *_rest in extract_from_dir(
            str(folder),
            method_map=list(self.methods),
            options_map={pattern: dict(options) for pattern, options in self.options},
            keywords=dict(self.keywords),
        ):
            yield message if isinstance(message, str) else tuple(message)

    def file(self, language: str) -> Path:
        """The .po file."""
        return self.catalogue / language / "LC_MESSAGES" / f"{self.name}.po"

    def problems(self, language: str) -> list[str]:
        """What is said but not translated, and what is translated but no longer said."""
        with self.file(language).open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        known = {_key(m.id): m for m in catalogue if m.id}
        said = self.said()
        missing = [f"{self.file(language)}: not translated: {key!r}" for key in said if not _done(known.get(key))]
        unused = [f"{self.file(language)}: no longer used: {key!r}" for key in known if key not in said]
        return sorted(missing) + sorted(unused)

    def compiled(self, language: str) -> bytes:
        """Content of the .mo file."""
        with self.file(language).open("rb") as stream:
            catalogue = read_po(stream, locale=language)
        catalogue.creation_date = catalogue.revision_date = LONG_AGO  # else each compilation differs
        out = BytesIO()
        write_mo(out, catalogue)
        return out.getvalue()

    def compile(self, language: str) -> None:
        """Write the .mo file beside the .po file."""
        self.file(language).with_suffix(".mo").write_bytes(self.compiled(language))


DOMAINS = (
    Domain(
        "graphsvc",
        ROOT / "graphsvc" / "translations",
        (ROOT / "graphsvc", ROOT / "web" / "graphsvc_web"),
        (("msg", None), ("tr", None), ("nmsg", (1, 2))),
        (("**.py", "python"),),
    ),
    Domain(
        "messages",
        ROOT / "web" / "graphsvc_web" / "translations",
        (ROOT / "web" / "graphsvc_web",),
        (("_", None), ("gettext", None), ("ngettext", (1, 2))),
        (("**.py", "python"), ("templates/**.html", "jinja2")),
        (("templates/**.html", (("trim_blocks", "true"), ("silent", "false"))),),
    ),
)


def _key(message: MsgId) -> MsgId:
    return message if isinstance(message, str) else tuple(message)


def _done(message: object) -> bool:
    text = getattr(message, "string", "")
    return bool(text) and (isinstance(text, str) or all(text)) and not getattr(message, "fuzzy", False)


def problems() -> list[str]:
    """What is wrong with the Polish of both domains."""
    return [problem for domain in DOMAINS for problem in domain.problems("pl")]


def _report(found: Iterable[str]) -> int:
    lines = list(found)
    print("\n".join(lines) or "Every message is translated and used.")
    return 1 if lines else 0


if __name__ == "__main__":
    for each in DOMAINS:
        each.compile("pl")
    sys.exit(_report(problems()))
