"""The commands `sourcemark serve` and `sourcemark workshop`."""

from collections.abc import Callable
from typing import Any, Final

import click

from sourcemark import desktop
from sourcemark.resources import folder
from sourcemark.settings import Settings, SettingsError, chosen_settings, help_of, variable_of
from sourcemark.web.serve import Ready
from sourcemark.web.serve import serve as run_service
from sourcemark.web.workshop import Workshop

PORT: Final = click.IntRange(0, 65535)


def _option(name: str, **kind: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option for a setting; a flag where nothing else is said of it."""
    told = help_of(name).replace(": true or false.", ".")
    how = kind or {"is_flag": True, "default": None}
    return click.option(f"--{name.replace('_', '-')}", help=f"{told} [{variable_of(name)}]", **how)


_serving = (
    click.option("--port", type=PORT, help=f"{help_of('port')} [{variable_of('port')}, default 8377]"),
    _option("model", type=str),
    _option("lan"),
    _option("log"),
)
_for_others = (
    _option("share"),
    _option("public"),
    _option("origin", type=str),
    _option("proxies", type=click.IntRange(1, 9)),
    _option("anonymous_limit", type=click.IntRange(1)),
)


def _options(*options: Callable[..., Any]) -> Callable[..., Any]:
    def add(command: Callable[..., None]) -> Callable[..., None]:
        for option in reversed(options):
            command = option(command)
        return command

    return add


@click.command()
@_options(*_serving)
@click.option("--open", "open_browser", is_flag=True, help="Open the reading page in your browser.")
@_options(*_for_others)
def serve(open_browser: bool, **given: Any) -> None:
    """Start the service on this computer, for the browser extension and the reading page.

    With --share or --public others reach its API too, by tokens: `sourcemark token new`.
    """
    _run(chosen_settings(**given), _greet(open_browser))


@click.command()
@_options(*_serving)
@click.option(
    "--open/--no-open", "open_browser", default=True, help="Open the workshop's page in your browser."
)
def workshop(
    port: int | None, model: str | None, lan: bool | None, log: bool | None, open_browser: bool
) -> None:
    """Start the service and open a workshop: a room labels sentences first, then sees what the tool says.

    A workshop that was interrupted goes on. With --lan the devices in the room's network reach its pages, and
    nothing else, until it ends.
    """
    settings = chosen_settings(port=port, model=model, lan=lan, log=log)
    if settings.public:
        raise SettingsError("A public service has no workshop: leave SOURCEMARK_PUBLIC out.")
    _run(settings, _invite(open_browser))


def _run(settings: Settings, ready: Ready) -> None:
    def shared(address: str) -> None:
        if settings.public:
            click.echo(f"\nSourcemark waits for the proxy at {click.style(address, bold=True)}")
            click.echo(f"People reach it at {settings.origin}")
        else:
            click.echo(
                f"\nWhoever has a token reaches it in this network at {click.style(address, bold=True)}"
            )
            click.echo(
                "What they send is not encrypted: whoever listens in the network can read it, tokens too."
            )

    click.echo("Loading the model …")
    run_service(settings, ready, shared=shared)
    click.echo("Stopped.")


def _greet(open_browser: bool) -> Ready:
    def ready(address: str, workshop: Workshop) -> None:
        click.echo(f"\nSourcemark is ready at {click.style(address, bold=True)}\n")
        click.echo(f"  Try it now      open {address} and paste an article, or take an example")
        click.echo(f"  In the browser  load the folder {folder('extension')} once, then open")
        click.echo("                  a news page and press the Sourcemark button; how, the README says")
        click.echo(f"  With a room     open {address}/workshop")
        if workshop.lan:
            click.echo(f"                  the room {_room(address, workshop)}")
        click.echo("  Stop            Ctrl-C\n")
        click.echo("Nothing that you read leaves this computer, or is stored unless you give it.")
        if open_browser:
            desktop.open_page(address)

    return ready


def _invite(open_browser: bool) -> Ready:
    def ready(address: str, workshop: Workshop) -> None:
        state = workshop.store.state()
        page = f"{address}/workshop" + (f"/f/{state.keys.facilitator}" if state else "")
        click.echo("\nThe workshop that was open goes on." if state else "\nReady for a workshop.")
        click.echo(f"\n  Your page   {click.style(page, bold=True)}")
        click.echo(f"  The room    {_room(address, workshop)}")
        click.echo("  Stop        Ctrl-C; the workshop goes on when you start it again within two hours\n")
        if open_browser:
            desktop.open_page(page)

    return ready


def _room(address: str, workshop: Workshop) -> str:
    if workshop.door.address:
        return f"reaches it at {workshop.door.address}"
    if not workshop.lan:
        return "is let in with a button on your page"
    expected = workshop.door.expected(int(address.rpartition(":")[2]))
    return f"will reach it at {expected}" if expected else "cannot reach it: this computer is in no network"
