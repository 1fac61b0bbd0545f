"""Settings come from one table, and a wrong one is said in a sentence."""

from pathlib import Path

import msgspec
import pytest

from sourcemark.settings import Settings, SettingsError, data_folder, help_of, state_folder

NAMES = [field.name for field in msgspec.structs.fields(Settings)]


def test_without_variables_every_setting_has_its_default() -> None:
    assert Settings.from_environment({}) == Settings()


def test_the_service_listens_on_8377_unless_told_otherwise() -> None:
    assert Settings().port == 8377
    assert Settings.from_environment({"SOURCEMARK_PORT": "9000"}).port == 9000


def test_an_empty_variable_counts_as_unset() -> None:
    assert Settings.from_environment({"SOURCEMARK_PORT": "", "SOURCEMARK_MODEL": ""}) == Settings()


def test_variables_of_other_programs_are_left_alone() -> None:
    assert Settings.from_environment({"PORT": "1", "PATH": "x"}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "what"),
    [
        ("port", "eighty", "Expected `int`, got `str`"),
        ("port", "65536", "Expected `int` <= 65535"),
        ("port", "-1", "Expected `int` >= 0"),
        ("max_blocks", "0", "Expected `int` >= 1"),
        ("max_body_bytes", "1 MB", "Expected `int`, got `str`"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_what_would_fit(name: str, value: str, what: str) -> None:
    variable = f"SOURCEMARK_{name.upper()}"

    with pytest.raises(SettingsError) as error:
        Settings.from_environment({variable: value})

    message = str(error.value)
    assert message.startswith(f"{variable} is “{value}”, which cannot be used: {what}.")
    assert help_of(name) in message
    assert f"Its default is {getattr(Settings(), name)}." in message


@pytest.mark.parametrize(
    ("platform", "environ", "data", "state"),
    [
        ("linux", {}, "home/.local/share/sourcemark", "home/.local/state/sourcemark"),
        ("linux", {"XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s"}, "/d/sourcemark", "/s/sourcemark"),
        ("darwin", {"XDG_DATA_HOME": "/d"}, *["home/Library/Application Support/Sourcemark"] * 2),
        ("win32", {"LOCALAPPDATA": "/a"}, *["/a/Sourcemark"] * 2),
        ("win32", {}, *["home/AppData/Local/Sourcemark"] * 2),
    ],
)
def test_each_system_has_its_folders(
    monkeypatch: pytest.MonkeyPatch, platform: str, environ: dict[str, str], data: str, state: str
) -> None:
    monkeypatch.setattr(Path, "home", lambda: Path("home"))
    assert data_folder(environ, platform) == Path(data)
    assert state_folder(Settings(), environ, platform) == Path(state)


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    assert help_of(name).endswith(".")
