import csv
import io
from typing import get_args

import pytest

from graphsvc.exports.download import DownloadFormat, download
from graphsvc.metrics import measure


def test_the_table_has_measures_and_where_they_come_from(snapshot):
    file = download(snapshot, measure(snapshot), "csv", "pl")
    assert file.filename == "graphsvc-csv-2021-01-01.csv"
    rows = list(csv.DictReader(io.StringIO(file.content.decode())))
    assert [r["partners"] for r in rows] == ["1.0", "1.0"]
    assert rows[0]["sector_label"] != ""
    assert rows[0]["as_of"] == "2021-01-01"


@pytest.mark.parametrize("format", get_args(DownloadFormat))
def test_every_format_has_a_name_a_type_and_content(snapshot, format):
    file = download(snapshot, measure(snapshot), format, "en")
    assert file.filename.startswith(f"graphsvc-{format}-")
    assert "/" in file.media_type
    assert len(file.content) > 100
