"""The OpenAPI 3.1 document, built from the routes and the wire contract so that it cannot drift.

https://spec.openapis.org/oas/v3.1.0
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
import inspect
import re
from typing import Any, ParamSpec, TypeVar

from flask import Flask
import msgspec

from sourcemark.web import access, problems, schemas
from sourcemark.web.kinds import KINDS

P = ParamSpec("P")
R = TypeVar("R")
Schema = dict[str, Any]

_ATTRIBUTE = "sourcemark_operation"
_METHODS = frozenset({"GET", "POST", "DELETE"})

# what a service for others adds
_SCHEMES = {"token": {"type": "http", "scheme": "bearer"}}
_FOR_OTHERS = (*access.REFUSALS, "too-many-requests", "limits-unavailable")


@dataclass(frozen=True, slots=True)
class Operation:
    """What a route takes and gives; `problems` are those beyond the ones any route can give."""

    answer: type[Any] | None
    request: type[Any] | None
    problems: tuple[str, ...]
    status: int
    media_type: str


def operation(
    *,
    answer: type[Any] | None,
    request: type[Any] | None = None,
    problems: Sequence[str] = (),
    status: int = 200,
    media_type: str = "application/json",
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Put a view into the document; its docstring becomes the description."""

    def describe(view: Callable[P, R]) -> Callable[P, R]:
        setattr(view, _ATTRIBUTE, Operation(answer, request, tuple(problems), status, media_type))
        return view

    return describe


def document(app: Flask) -> Schema:
    """Return the OpenAPI document of the routes of `app` that have an operation."""
    described = [
        (rule, view, getattr(view, _ATTRIBUTE))
        for rule in app.url_map.iter_rules()
        if hasattr(view := app.view_functions[rule.endpoint], _ATTRIBUTE)
    ]
    used = [kind for _, _, about in described for kind in (about.answer, about.request) if kind]
    structs = list(dict.fromkeys([*used, schemas.Problem]))
    references, components = msgspec.json.schema_components(
        structs, ref_template="#/components/schemas/{name}"
    )
    reference = dict(zip(structs, references, strict=True))

    known = access.access_of(app)
    paths: Schema = {}
    for rule, view, about in described:
        (method,) = (rule.methods or set()) & _METHODS
        path = re.sub(r"<(\w+)>", r"{\1}", rule.rule)
        security = _security(view, known) if known and access.wants_token(view) else None
        paths[path] = {method.lower(): _operation(view, about, sorted(rule.arguments), reference, security)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sourcemark",
            "version": version("sourcemark"),
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths,
        "components": {"schemas": components} | ({"securitySchemes": _SCHEMES} if known else {}),
    }


def _security(view: Callable[..., Any], known: access.Access) -> list[Schema]:
    """Return what to send: a token, or where none is needed nothing."""
    return [{"token": []}] if access.needs_token(view, known) else [{"token": []}, {}]


def _operation(
    view: Callable[..., Any],
    about: Operation,
    arguments: list[str],
    reference: dict[type[Any], Schema],
    security: list[Schema] | None,
) -> Schema:
    done: Schema = {"description": "Done."}
    answers = {
        str(about.status): _body("The answer.", about.media_type, reference[about.answer])
        if about.answer
        else done
    }
    kinds = about.problems if security is None else (*about.problems, *_FOR_OTHERS)
    for kind in kinds:
        status = str(KINDS[kind].status)
        told = answers[status]["description"] + ", " if status in answers else ""
        answers[status] = _body(told + kind, problems.MEDIA_TYPE, reference[schemas.Problem])
    answers["default"] = _body("Any other problem.", problems.MEDIA_TYPE, reference[schemas.Problem])
    described: Schema = {
        "operationId": view.__name__,
        "summary": (inspect.getdoc(view) or "").partition("\n")[0],
        "responses": answers,
    }
    if security is not None:
        described["security"] = security
    if arguments:
        described["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in arguments
        ]
    if about.request:
        content = {"application/json": {"schema": reference[about.request]}}
        described["requestBody"] = {"required": True, "content": content}
    return described


def _body(description: str, media_type: str, schema: Schema) -> Schema:
    return {"description": description, "content": {media_type: {"schema": schema}}}
