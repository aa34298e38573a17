"""What is to be reached, and whether it was."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.cells import OURS, Row
from benchmarks.kernels import BY_NAME
from benchmarks.report import EXACT, By, by_cell, fastest, per_path, slopes, slower
from benchmarks.results import Json

REPORT_SECONDS = {"2k": 0.3, "20k": 3.0, "200k": 60.0}
REPORT_BYTES = 2e9
MILLION = "1000000"
LOOP, MEMBERSHIPS, CALLS = "session.run loop", "graphsvc, memberships", "graphsvc, 95 % of the calls"
READING = {"": 20, ", driver without neo4j-rust-ext": 10}
ASKED_IN = 0.005
STEEPEST = 1.1
"""Slope over m·log n up to which growth counts as no faster: caches that a larger graph outgrows tilt it a little."""
Target = tuple[str, bool | None, str]
"""What is asked, whether it is met (None: not measured), and what was found."""


def targets(rows: list[Row], unequal: list[str], compared: int) -> list[Target]:
    """Every target with its outcome."""
    by = by_cell(rows)
    behind = slower(rows)
    return [
        ("every kernel at least as fast as the fastest peer, on every size", not behind, "; ".join(behind) or "all"),
        *_multiples(by),
        _per_path(by),
        *_reports(by),
        _growth(rows),
        _quality(by),
        ("values equal to networkx's to 1e-9, ranks equal", not unequal, "; ".join(unequal) or f"{compared} compared"),
    ]


def reading(rows: list[Json]) -> Iterator[Target]:
    """What ``benchmarks.store`` measured on a million memberships."""
    seconds = {(r["function"], r["engine"]): r["seconds"] for r in rows if r["size"] == MILLION}
    for driver, times in READING.items():
        loop, ours = (seconds.get(("read", f"{way}{driver}")) for way in (LOOP, MEMBERSHIPS))
        asked = f"1M memberships into arrays ≥ {times} × a session.run loop{driver or ', with neo4j-rust-ext'}"
        yield (asked, loop / ours >= times, f"{loop / ours:.1f} ×") if loop and ours else (asked, None, "")
    took = seconds.get(("version", CALLS))
    found = (None, "") if took is None else (took < ASKED_IN, f"{1000 * took:.2f} ms")
    yield "whether the store has changed in under 5 ms (95 % of the calls)", *found


def table(found: list[Target]) -> str:
    """The targets as a table."""
    word = {True: "met", False: "MISSED", None: "not measured"}
    lines = ["| target | | found |", "|---|---|---|"]
    return "\n".join(lines + [f"| {asked} | {word[met]} | {what} |" for asked, met, what in found])


def _multiples(by: By) -> Iterator[Target]:
    for case in BY_NAME.values():
        for size, times in case.at_least.items():
            ratio = fastest(by.get((case.name, size), {}))
            what = "" if ratio is None else f"{ratio:,.1f} ×"
            yield f"{case.name} at {size} ≥ {times:,.0f} × the fastest peer", ratio and ratio >= times, what  # type: ignore[misc]


def _per_path(by: By) -> Target:
    row = by.get(("candidates_top50", "200k"), {}).get(OURS)
    asked = "top-50 candidates at 200k under 1 µs per two-hop path"
    return (asked, None, "") if row is None else (asked, per_path(row) < 1e-6, f"{per_path(row) * 1e9:.1f} ns")


def _reports(by: By) -> Iterator[Target]:
    for size, seconds in REPORT_SECONDS.items():
        row = by.get(("report", size), {}).get(OURS)
        asked = f"whole report at {size} in under {seconds:g} s and 2 GB"
        if row is None or row.memory is None:
            yield asked, None, ""
        else:
            met = row.seconds < seconds and row.memory < REPORT_BYTES
            yield asked, met, f"{row.seconds:.3f} s, {row.memory / 1e9:.2f} GB"


def _growth(rows: list[Row]) -> Target:
    asked = f"cost grows no faster than m·log n (slope ≤ {STEEPEST:g}) but for exact betweenness and closeness"
    found = [(name, slope) for name, (slope, _) in slopes(rows).items() if name not in EXACT]
    steep = [f"{name} {slope:.2f}" for name, slope in found if slope > STEEPEST]
    return asked, not steep, "; ".join(steep) or "all"


def _quality(by: By) -> Target:
    worse = []
    for (function, size), found in by.items():
        if function == "leiden_modularity" and "leidenalg" in found and OURS in found:
            ours, theirs = found[OURS].checksum, found["leidenalg"].checksum
            if ours is not None and theirs is not None and ours < theirs:
                worse.append(f"{size}: {ours:.4f} against {theirs:.4f}")
    return "modularity no worse than leidenalg's", not worse, "; ".join(worse) or "all"
