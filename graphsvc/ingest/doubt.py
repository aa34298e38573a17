"""Pairs of names that may be one organisation, for a person to decide."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

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
UNLIKE = 60
"""Below this likeness the words that two names don't share speak of two organisations."""
SHORTEST_INITIALS, LONGEST_INITIALS = 3, 8
_BRACKETS = re.compile(r"\((\w+)\)")


def likely_same(mentions: Mentions, matched: Matched, names: Names) -> Iterator[DoubtfulMatch]:
    """Pairs of organisations whose names are alike, the likest first; those already doubted are left out."""
    shown = [best_name([mentions[i] for i in group]) for group in matched.groups]
    words = [names.words(name) for name in shown]
    keys = [names.key(name).base for name in shown]
    found = []

    def add(a: int, b: int, score: float, why: Message) -> None:
        if keys[a] != keys[b] and not _decided(shown[a], shown[b], names):
            rows = tuple(sorted({r for i in matched.groups[b] for r in mentions[i].rows})[:ROWS_KEPT])
            found.append(DoubtfulMatch(shown[b], shown[a], round(score, 1), why, rows))

    for a, b in _pairs(words):
        score = likeness(words[a], words[b], names)
        if score >= names.rules.doubtful_from:
            add(a, b, score, msg("the names are alike"))
    for a, b in _initials(shown, words, names):
        add(a, b, 90, msg("one may be the initials of the other"))
    return iter(sorted(found, key=lambda d: (-d.score, d.name, d.other)))


def likeness(a: Sequence[str], b: Sequence[str], names: Names) -> float:
    """0–100: how alike two names are in the words that tell organisations apart.

    0 where their numbers differ, or where the words that they don't share are unlike or name two places.
    """
    if _digits(a) != _digits(b):
        return 0.0
    strong_a, strong_b = _strong(a, names), _strong(b, names)
    rest_a, rest_b = [w for w in strong_a if w not in strong_b], [w for w in strong_b if w not in strong_a]
    if rest_a and rest_b:
        two_places = names.tells(rest_a) and names.tells(rest_b)
        if two_places or fuzz.ratio("".join(rest_a), "".join(rest_b)) < UNLIKE:
            return 0.0
    joined = fuzz.ratio("".join(strong_a), "".join(strong_b))
    return float(max(joined, fuzz.token_sort_ratio(" ".join(strong_a), " ".join(strong_b))))


def _strong(words: Sequence[str], names: Names) -> list[str]:
    return [w for w in words if w not in names.rules.weak_words] or list(words)


def _initials(shown: Sequence[str], words: Sequence[Sequence[str]], names: Names) -> Iterator[tuple[int, int]]:
    """Pairs in which one name is a single word made of the initials of the other, or stands in it in brackets."""
    single = {w[0]: i for i, w in enumerate(words) if len(w) == 1 and len(w[0]) <= LONGEST_INITIALS}
    for i, found in enumerate(words):
        both = (found, _strong(found, names))
        short = {"".join(w[0] for w in x) for x in both if len(x) >= SHORTEST_INITIALS}
        short |= {b.casefold() for b in _BRACKETS.findall(shown[i])}
        for text in sorted(short):
            other = single.get(text, i)
            if other != i:
                yield min(i, other), max(i, other)


def _digits(words: Sequence[str]) -> list[str]:
    return sorted("".join(c for c in w if c.isdigit()) for w in words if any(c.isdigit() for c in w))


def _decided(a: str, b: str, names: Names) -> bool:
    return (a, b) in names.rules.different or (b, a) in names.rules.different


def _pairs(words: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    pairs: set[tuple[int, int]] = set()
    spread = Counter(w for found in words for w in set(found))
    sharing: dict[str, list[int]] = defaultdict(list)
    for i, found in enumerate(words):
        for word in set(found):
            if spread[word] <= COMMON:
                sharing[word].append(i)
    for group in sharing.values():
        pairs.update((a, b) for k, a in enumerate(group) for b in group[k + 1 :])
    joined = ["".join(w) for w in words]
    for texts in (joined, [t[::-1] for t in joined]):
        order = sorted(range(len(texts)), key=lambda i: texts[i])
        for step in range(1, WINDOW + 1):
            pairs.update((min(a, b), max(a, b)) for a, b in zip(order, order[step:], strict=False))
    return pairs
