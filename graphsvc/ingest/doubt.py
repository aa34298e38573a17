"""Pairs of names that may be one organisation, for a person to decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process

from graphsvc.i18n import Message, msg
from graphsvc.ingest.matching import Matched
from graphsvc.ingest.mentions import ROWS_KEPT, Mentions
from graphsvc.ingest.names import Names
from graphsvc.ingest.organisations import best_name
from graphsvc.model.imports import DoubtfulMatch

COMMON = 30
"""A word in more names than this says nothing; names are compared only when they share a rarer one, or are
neighbours in the order of the alphabet (read from either end)."""
WINDOW = 4
UNLIKE, UNLIKE_SHORT, SHORT = 75, 60, 4
"""Below this likeness the words that two names don't share speak of two organisations; up to four letters, one slip
of the pen changes more."""
SHORTEST_INITIALS, LONGEST_INITIALS = 3, 8
Words = Sequence[Sequence[str]]
Index = npt.NDArray[np.int64]
Pair = tuple[int, int, float, Message]
_AT_ONCE = 100_000
_BRACKETS = re.compile(r"\((\w+)\)")


def likely_same(mentions: Mentions, matched: Matched, names: Names) -> list[DoubtfulMatch]:
    """Pairs of organisations whose names are alike, the likest first; those already doubted are left out.

    Organisations of the file are compared with each other, and new ones with those in the database.
    """
    shown = [best_name([mentions[i] for i in group]) for group in matched.groups]
    cited = len(shown)
    shown += matched.elsewhere
    words = [names.words(name) for name in shown]
    strong = [_strong(w, names) for w in words]
    found = []
    for a, b, score, why in (*_alike(words, strong, cited, names), *_initials(shown, words, strong)):
        name, other = (a, b) if b >= cited else (b, a)
        if a >= cited or (b >= cited and matched.ids[a] in matched.known):
            continue  # both are in the database: no matter of this file
        if names.key(shown[a]).base != names.key(shown[b]).base and not _decided(shown[a], shown[b], names):
            rows = tuple(sorted({r for i in matched.groups[name] for r in mentions[i].rows})[:ROWS_KEPT])
            found.append(DoubtfulMatch(shown[name], shown[other], round(score, 1), why, rows))
    return sorted(found, key=lambda d: (-d.score, d.name, d.other))


def _alike(words: Words, strong: Words, cited: int, names: Names) -> Iterator[Pair]:
    """Pairs alike in the words that tell organisations apart, whatever their order."""
    pairs = _pairs(words, cited)
    texts = (["".join(w) for w in strong], [" ".join(sorted(w)) for w in strong])
    for start in range(0, len(pairs), _AT_ONCE):
        a, b = divmod(pairs[start : start + _AT_ONCE], len(words))
        score = np.maximum(*(_ratios([t[i] for i in a], [t[i] for i in b]) for t in texts))
        for k in np.flatnonzero(score >= names.rules.doubtful_from):
            i, j = int(a[k]), int(b[k])
            if may_be_one(strong[i], strong[j], names):
                yield i, j, float(score[k]), msg("the names are alike")


def _ratios(a: Sequence[str], b: Sequence[str]) -> npt.NDArray[np.float32]:
    return process.cpdist(a, b, scorer=fuzz.ratio, dtype=np.float32)


def may_be_one(a: Sequence[str], b: Sequence[str], names: Names) -> bool:
    """False where two names have different numbers, or where the words that they don't share are unlike or are two
    places: Odder and Odense Kommune."""
    if _digits(a) != _digits(b):
        return False
    rest_a, rest_b = [w for w in a if w not in b], [w for w in b if w not in a]
    if not rest_a or not rest_b:
        return True
    if names.tells(rest_a) and names.tells(rest_b):
        return False
    one, other = "".join(rest_a), "".join(rest_b)
    return fuzz.ratio(one, other) >= (UNLIKE_SHORT if max(len(one), len(other)) <= SHORT else UNLIKE)


def _strong(words: Sequence[str], names: Names) -> list[str]:
    return [w for w in words if w not in names.rules.weak_words] or list(words)


def _initials(shown: Sequence[str], words: Words, strong: Words) -> Iterator[Pair]:
    """Pairs in which one name is a single word made of the initials of the other, or stands in it in brackets."""
    single = {w[0]: i for i, w in enumerate(words) if len(w) == 1 and len(w[0]) <= LONGEST_INITIALS}
    for i, both in enumerate(zip(words, strong, strict=True)):
        short = {"".join(w[0] for w in x) for x in both if len(x) >= SHORTEST_INITIALS}
        short |= {b.casefold() for b in _BRACKETS.findall(shown[i])}
        for text in sorted(short):
            other = single.get(text, i)
            if other != i:
                yield min(i, other), max(i, other), 90, msg("one may be the initials of the other")


def _digits(words: Sequence[str]) -> list[str]:
    return sorted("".join(c for c in w if c.isdigit()) for w in words if any(c.isdigit() for c in w))


def _decided(a: str, b: str, names: Names) -> bool:
    return (a, b) in names.rules.different or (b, a) in names.rules.different


def _pairs(words: Words, cited: int) -> Index:
    """Pairs of names worth comparing, each once, as first × number of names + second; the first is a cited one."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(words):
        for word in set(found):
            sharing[word].append(i)
    parts = [_every(np.array(g), len(words)) for g in sharing.values() if 1 < len(g) <= COMMON and g[0] < cited]
    joined = ["".join(w) for w in words]
    for texts in (joined, [t[::-1] for t in joined]):
        order = np.array(sorted(range(len(texts)), key=texts.__getitem__), np.int64)
        for step in range(1, WINDOW + 1):
            a, b = order[:-step], order[step:]
            parts.append(np.minimum(a, b) * len(words) + np.maximum(a, b))
    pairs: Index = np.sort(np.concatenate(parts))
    wanted: npt.NDArray[np.bool_] = (np.diff(pairs, prepend=-1) != 0) & (pairs < cited * len(words))
    return pairs[wanted]


def _every(group: Index, size: int) -> Index:
    first, second = np.triu_indices(len(group), 1)
    return group[first] * size + group[second]
