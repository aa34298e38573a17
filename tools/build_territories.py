"""Make graphsvc/data/poland.topo.json and territories.csv from public sources; see docs/data.md for those.

Usage: python tools/build_territories.py FOLDER, with poland.municipalities.geojson, gminy_2025.csv and
sasiedztwo_gmin.csv in FOLDER. Needs Node.js; mapshaper is fetched by npx.
"""

from __future__ import annotations

import csv
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

DATA = Path(__file__).parent.parent / "graphsvc" / "data"
MAPSHAPER = "mapshaper@0.6.113"
GRID = "50000"  # about 15 m


def topology(source: Path) -> None:
    """One set of lines for all layers: powiats and voivodeships are made of the gminas' own. All points stay: areas are
    drawn and measured in gminas, and the source is simplified already."""
    commands = f"""
        {source / "poland.municipalities.geojson"} name=source
        -each code=terc.slice(0,6) -filter-fields code
        -clean
        -dissolve code + name=gminas -drop target=source
        -each target=gminas powiat=code.slice(0,4),voivodeship=code.slice(0,2)
        -dissolve target=gminas powiat + name=powiats
        -dissolve target=gminas voivodeship + name=voivodeships
        -each target=powiats code=powiat
        -each target=voivodeships code=voivodeship
        -o {DATA / "poland.topo.json"} format=topojson target=* id-field=code drop-table quantization={GRID} force
    """
    subprocess.run(["npx", "--yes", MAPSHAPER, *commands.split()], check=True)  # noqa: S603, S607 a build tool


def table(source: Path) -> None:
    """One row per gmina, with its powiat, its kind and the codes of those beyond it in the alphabet of borders."""
    borders: dict[str, list[str]] = defaultdict(list)
    with (source / "sasiedztwo_gmin.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            a, b = sorted((row["terc_a"][:6], row["terc_b"][:6]))
            borders[a].append(b)
    with (
        (source / "gminy_2025.csv").open(encoding="utf-8") as file,
        (DATA / "territories.csv").open("w", encoding="utf-8", newline="") as out,
    ):
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(
            ["code", "name", "kind", "powiat", "voivodeship", "lat", "lon", "population", "area_ha", "borders"]
        )
        for row in csv.DictReader(file):
            code = row["terc"][:6]
            if row["ludnosc_2024"]:  # two gminas made in 2025 have neither border nor population yet
                place = [row["powiat"], row["wojewodztwo"], row["lat"], row["lon"]]
                size = [row["ludnosc_2024"], row["powierzchnia_ha"]]
                writer.writerow([code, row["nazwa"], row["rodzaj"], *place, *size, " ".join(sorted(borders[code]))])


if __name__ == "__main__":
    topology(Path(sys.argv[1]))
    table(Path(sys.argv[1]))
