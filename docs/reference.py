"""Write the parts of the documentation that are read from the code: `settings.md` and `api-reference.md`.

    python docs/reference.py

A test fails while one of them is not what the code says.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from sourcemark.cli import main as command_line
from sourcemark.labeler import Labeler
from sourcemark.settings import Settings, help_of, variable_of
from sourcemark.web.app import create_app
from sourcemark.web.openapi import document

HERE: Final = Path(__file__).parent
_MADE: Final = "<!-- Written by docs/reference.py: change the code, then run it again. -->\n"

Schema = Mapping[str, Any]


def settings() -> str:
    """Return the page of the settings: one row for each field of `Settings`, as it stands there."""
    rows = "".join(
        f"| `{variable_of(field.name)}` | {_options(field.name)} | {_default(field.default)} | "
        f"{help_of(field.name)} |\n"
        for field in msgspec.structs.fields(Settings)
    )
    return (
        f"# Settings\n\n{_MADE}\n"
        "Every setting is an environment variable; some are options too, and an option comes before its "
        "variable. An empty\nvariable counts as unset. A value that does not fit ends the start with a "
        "sentence that says what would.\n\n"
        "What belongs to which mode: [`self-host.md`](self-host.md). What is past a limit: "
        "[`api.md`](api.md#limits).\n\n"
        f"| variable | option | default | what it is for |\n|---|---|---|---|\n{rows}"
    )


def api() -> str:
    """Return the reference of the API: every route of the OpenAPI document, and every object in it."""
    described = document(create_app(Settings(), Labeler.load("fast")))
    return (
        f"# The API, route by route\n\n{_MADE}\n"
        "The same as `GET /v1/openapi.json` says to programs. What it means, with examples: "
        "[`api.md`](api.md).\n\n"
        "## Routes\n\n"
        + "\n".join(
            _route(method, path, operation)
            for path, methods in sorted(described["paths"].items())
            for method, operation in methods.items()
        )
        + "\n## Objects\n\n"
        + "\n".join(_object(name, schema) for name, schema in described["components"]["schemas"].items())
    )


def _options(name: str) -> str:
    """Return the options that give a setting, whatever command has them."""
    option = f"--{name.replace('_', '-')}"
    commands = (each for each in command_line.commands.values() if isinstance(each, click.Command))
    given = any(option in parameter.opts for each in commands for parameter in each.params)
    return f"`{option}`" if given else ""


def _default(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    # as it is written into the variable
    return f"{value:g}" if isinstance(value, float) else str(value)


def _route(method: str, path: str, operation: Schema) -> str:
    answers = operation["responses"]
    lines = [f"### `{method.upper()} {path}`", "", operation["summary"], ""]
    for parameter in operation.get("parameters", ()):
        lines.append(f"- `{parameter['name']}`, in the path: {_type(parameter['schema'])}")
    if "requestBody" in operation:
        lines.append(f"- Takes {_body(operation['requestBody'])}")
    lines += [
        f"- Answers {status}: {_body(answer)}" for status, answer in answers.items() if _succeeds(status)
    ]
    refused = [
        f"{status} {answer['description']}"
        for status, answer in answers.items()
        if not _succeeds(status) and status != "default"
    ]
    if refused:
        lines.append(f"- Refuses with {'; '.join(refused)}, and with what any route can")
    return "\n".join(lines) + "\n"


def _succeeds(status: str) -> bool:
    return status.startswith("2")


def _body(body: Schema) -> str:
    if not body.get("content"):
        return "nothing"
    ((media_type, content),) = body["content"].items()
    return f"{_type(content['schema'])}, `{media_type}`"


def _object(name: str, schema: Schema) -> str:
    lines = [f"### {name}", "", schema.get("description", ""), ""]
    lines += ["| field | type | |", "|---|---|---|", *_fields(schema)]
    return "\n".join(lines) + "\n"


def _fields(schema: Schema) -> Iterator[str]:
    required = schema.get("required", ())
    for name, field in schema["properties"].items():
        told = (
            []
            if name in required
            else [f"default {_literal(field['default'])}" if "default" in field else "may be left out"]
        )
        told += [field["description"]] if "description" in field else []
        yield f"| `{name}` | {_type(field)} | {'. '.join(told)} |"


def _type(schema: Schema) -> str:
    """Return a schema in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in schema:
        return " or ".join(_type(each) for each in schema["anyOf"])
    if "enum" in schema:
        return " or ".join(f"`{each}`" for each in schema["enum"])
    kind = schema.get("type", "anything")
    if kind == "array":
        return f"list of {_type(schema['items'])}"
    if kind == "object" and "additionalProperties" in schema:
        names = schema.get("propertyNames", {}).get("enum")
        of = f", by {' or '.join(f'`{name}`' for name in names)}" if names else ""
        return f"object of {_type(schema['additionalProperties'])}{of}"
    bounds = [
        f"{word} {schema[key]}"
        for key, word in (
            ("minimum", "at least"),
            ("maximum", "at most"),
            ("minLength", "length at least"),
            ("maxLength", "length at most"),
            ("minItems", "items at least"),
        )
        if key in schema
    ]
    return ", ".join([kind, *bounds])


def _literal(value: object) -> str:
    return f"`{msgspec.json.encode(value).decode()}`"


PAGES: Final = {"settings.md": settings, "api-reference.md": api}


def main() -> None:
    """Write every page."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
