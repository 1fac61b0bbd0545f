"""Pages that need nothing beside them and no network, made of a package's templates."""

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined


def templates_of(package: str) -> Environment:
    """Return the templates of a package, which extend `standalone.html`.

    A name that is missing is an error, and numbers have commas.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("sourcemark")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["number"] = "{:,}".format
    return environment
