"""The licence of every dependency is known, was read, and goes together with ours."""

from pathlib import Path
import zipfile

from licences import declaration, is_compatible, read_table, spdx, table
from locks import Package, uses
import pytest

TABLE = read_table()


def test_every_locked_package_is_in_the_table_and_nothing_else() -> None:
    locked = {(each.ecosystem, each.name, each.version): use for each, use in uses()}
    listed = {(row["ecosystem"], row["name"], row["version"]): row["used"] for row in TABLE}
    assert listed == locked, "run: python docs/release/licences.py"


def test_every_licence_is_compatible() -> None:
    assert [row for row in TABLE if not is_compatible(row["licence"])] == []


def test_the_table_says_what_the_packages_themselves_say() -> None:
    rows = {(row["ecosystem"], row["name"], row["version"]): row for row in TABLE}
    compared = 0
    for package, _ in uses():
        declared, origin = declaration(package, None)
        if origin:
            row = rows[package.ecosystem, package.name, package.version]
            assert row["declared"] == declared
            # an expression needs no reading, and cannot be read as something else
            assert row["licence"] == (spdx(declared) or row["licence"])
            compared += 1
    # all but those for other systems and Python versions
    assert compared > 0.9 * len(TABLE)


def test_every_row_says_where_it_was_read() -> None:
    assert {row["read_from"] for row in TABLE} <= {"installed package", "package-lock.json", "wheel"}


def test_a_package_without_a_row_is_left_to_be_read() -> None:
    rows = list(table([]))
    assert {row["licence"] for row in rows if row["name"] == "jinja2"} == {""}
    (flask,) = (row for row in rows if row["name"] == "flask")
    assert flask["licence"] == "BSD-3-Clause"


def test_what_a_person_read_stays_only_while_the_package_declares_the_same() -> None:
    jinja2 = next(row for row in TABLE if row["name"] == "jinja2")
    assert licence_of_jinja2([jinja2]) == jinja2["licence"] == "BSD-3-Clause"
    assert licence_of_jinja2([jinja2 | {"version": "3.0"}]) == "BSD-3-Clause"
    assert licence_of_jinja2([jinja2 | {"declared": "something else"}]) == ""


def licence_of_jinja2(earlier: list[dict[str, str]]) -> str:
    return next(row["licence"] for row in table(earlier) if row["name"] == "jinja2")


def test_a_package_that_is_not_installed_is_asked_in_its_wheel(tmp_path: Path) -> None:
    package = Package("PyPI", "not-here", "1.0", ())
    assert declaration(package, tmp_path) == ("", "")
    with zipfile.ZipFile(tmp_path / "not_here-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr(
            "not_here-1.0.dist-info/METADATA",
            "Metadata-Version: 2.4\nName: not-here\nVersion: 1.0\nLicense-Expression: MIT\n",
        )
    assert declaration(package, tmp_path) == ("MIT", "wheel")


@pytest.mark.parametrize(
    ("expression", "compatible"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND Zlib", True),
        ("GPL-2.0-only OR MPL-1.1", True),
        ("(MIT OR GPL-3.0-only) AND ISC", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND AGPL-3.0-only", False),
        ("(GPL-3.0-only OR AGPL-3.0-only) AND MIT", False),
        ("", False),
    ],
)
def test_an_expression_is_compatible_where_one_choice_of_it_is(expression: str, compatible: bool) -> None:
    assert is_compatible(expression) == compatible
