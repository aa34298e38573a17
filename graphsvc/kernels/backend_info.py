"""What networkx reads at its own import; nothing heavy is imported here."""

from __future__ import annotations

from typing import Any

FUNCTIONS: frozenset[str] = frozenset()


def get_info() -> dict[str, Any]:
    """Name and functions of the backend ``graphsvc``."""
    return {
        "backend_name": "graphsvc",
        "project": "graphsvc",
        "package": "graphsvc",
        "short_summary": "Compiled kernels over compressed sparse rows.",
        "functions": {name: {} for name in sorted(FUNCTIONS)},
    }
