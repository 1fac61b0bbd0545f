"""Every setting of the service, once: its name, type, default and what it is for."""

from collections.abc import Mapping
import os
from pathlib import Path
import sys
from typing import Annotated, Any, Final, Self

import msgspec
from msgspec import Meta

HOST: Final = "127.0.0.1"
"""The service listens on this machine only. Not a setting: what a room may see has a listener of its own."""

PREFIX: Final = "SOURCEMARK_"


class SettingsError(ValueError):
    """A setting has a value that cannot be used. The message says which, and what would fit."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the service runs. Each field is also the environment variable `SOURCEMARK_<FIELD>`."""

    port: Annotated[
        int,
        Meta(ge=0, le=65535, description="Port on 127.0.0.1. 0 lets the system choose a free one."),
    ] = 8377
    model: Annotated[
        str | None,
        Meta(
            description="Model to load: careful, fast, or a path. Left out, it is careful, or fast where "
            "onnxruntime is not installed."
        ),
    ] = None
    lan: Annotated[
        bool,
        Meta(description="Let the room's devices reach a workshop as soon as one is opened: true or false."),
    ] = False
    lan_address: Annotated[
        str | None,
        Meta(
            description="This computer's address in the room's network, where it has several. Left out, it "
            "is looked for."
        ),
    ] = None
    state_folder: Annotated[
        str | None,
        Meta(
            description="Folder for the file of a running workshop, which is deleted with it. Left out, it "
            "is the user's own folder for such files."
        ),
    ] = None
    corrections: Annotated[
        str | None,
        Meta(
            description="Where corrections are kept that readers give: sqlite for a file in the user's own "
            "folder for data, the path of a file that ends in .sqlite, postgresql:// and what follows, or "
            "off. Left out, it is sqlite on this computer, and off for others."
        ),
    ] = None
    log: Annotated[
        bool,
        Meta(
            description="Write a line about each request to the terminal, with counts, durations and ids and "
            "never a word of what was sent: true or false."
        ),
    ] = False
    share: Annotated[
        bool,
        Meta(description="Let the devices of this network use the API, with a token: true or false."),
    ] = False
    share_port: Annotated[
        int, Meta(ge=0, le=65535, description="Port for the devices of this network, with share.")
    ] = 8378
    public: Annotated[
        bool,
        Meta(description="Run for everybody, behind a reverse proxy and without any page: true or false."),
    ] = False
    origin: Annotated[
        str | None,
        Meta(
            description="Public only: the address that people reach the service by, https://labels.example.org."
        ),
    ] = None
    proxies: Annotated[
        Annotated[int, Meta(ge=1, le=9)] | None,
        Meta(description="Public only: how many proxies each request passes."),
    ] = None
    anonymous_limit: Annotated[
        Annotated[int, Meta(ge=1)] | None,
        Meta(
            description="Public only: most characters a minute for an address without a token. Left out, "
            "everybody needs a token.",
        ),
    ] = None
    redis: Annotated[
        str | None,
        Meta(
            description="Public only: address of the Redis in which several workers count requests together, "
            "redis://127.0.0.1:6379."
        ),
    ] = None
    requests_per_minute: Annotated[
        int, Meta(ge=1, description="Most articles a minute for a token or an address, with share or public.")
    ] = 60
    characters_per_minute: Annotated[
        int, Meta(ge=1, description="Most characters a minute for a token, with share or public.")
    ] = 500_000
    max_blocks: Annotated[int, Meta(ge=1, description="Most blocks (paragraphs) in one request.")] = 1_000
    max_characters: Annotated[
        int, Meta(ge=1, description="Most characters in one request, the title included.")
    ] = 200_000
    max_body_bytes: Annotated[int, Meta(ge=1, description="Largest request body, in bytes.")] = 1_048_576
    max_seconds: Annotated[
        float,
        Meta(
            gt=0,
            description="Seconds that labelling one request may take. Blocks that are not read by then come "
            "back as skipped, and the others labelled.",
        ),
    ] = 15.0

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings from environment variables; one that is unset or empty keeps its default.

        Raises SettingsError with a sentence that names the variable and what would fit.
        """
        given = {
            field.name: _parsed(field, environ[variable])
            for field in msgspec.structs.fields(cls)
            if environ.get(variable := variable_of(field.name))
        }
        return cls(**given)


def chosen_settings(**given: Any) -> Settings:
    """Return the settings of the environment, with those in their place that are `given` and not None."""
    settings = Settings.from_environment(os.environ)
    # msgspec.structs.replace would skip the checks
    chosen = msgspec.structs.asdict(settings) | {k: v for k, v in given.items() if v is not None}
    return msgspec.convert(chosen, Settings)


def variable_of(name: str) -> str:
    """Return the environment variable that holds the setting `name`."""
    return PREFIX + name.upper()


def help_of(name: str) -> str:
    """Return the sentence that says what the setting `name` is for."""
    properties = msgspec.json.schema_components([Settings])[1]["Settings"]["properties"]
    return str(properties[name]["description"])


def state_folder(settings: Settings, environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return the folder for what must outlive a restart; it need not exist yet.

    https://specifications.freedesktop.org/basedir-spec/, and what the other systems ask for.
    """
    if settings.state_folder:
        return Path(settings.state_folder)
    unix = Path(environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return _own_folder(environ, platform, unix)


def data_folder(environ: Mapping[str, str], platform: str = sys.platform) -> Path:
    """Return the folder for what is kept until somebody deletes it; it need not exist yet."""
    unix = Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return _own_folder(environ, platform, unix)


def _own_folder(environ: Mapping[str, str], platform: str, unix: Path) -> Path:
    """Return Sourcemark's folder among the user's own; only Unix has several kinds, and `unix` is one."""
    if platform == "win32":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "Sourcemark"
    if platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "Sourcemark"
    return unix / "sourcemark"


def _parsed(field: msgspec.structs.FieldInfo, value: str) -> Any:
    try:
        return msgspec.convert(value, field.type, strict=False)
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"{variable_of(field.name)} is “{value}”, which cannot be used: {error}. "
            f"It stands for: {help_of(field.name)} Its default is {field.default}."
        ) from None
