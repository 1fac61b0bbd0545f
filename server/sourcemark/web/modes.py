"""Who may reach the service: this computer, with --share its network, or with --public everybody.

A mode without its protection is refused before it starts, in one sentence that says what to add.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from sourcemark.settings import Settings, SettingsError, variable_of
from sourcemark.web.tokens import Tokens

_ORIGIN: Final = re.compile(r"https://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[1-9][0-9]{0,4})?")
_REDIS: Final = ("redis://", "rediss://", "redis+unix://")

_ONLY_PUBLIC: Final = ("origin", "proxies", "anonymous_limit", "redis")


def check(settings: Settings, tokens: Tokens, one_process: bool) -> None:
    """Raise SettingsError, or TokenError, where the mode that was chosen lacks what protects it.

    `one_process` says that nothing else answers for this service, so that limits can be counted in memory.
    """
    if settings.public:
        _check_public(settings, tokens, one_process)
        return
    for name in _ONLY_PUBLIC:
        if getattr(settings, name) is not None:
            raise SettingsError(
                f"{_named(name)} is for a public service: add {_named('public')}, or leave it out."
            )
    if settings.share:
        _check_tokens(tokens, "A service for this network")


def host_of(origin: str) -> str:
    """Return the name that a public service is called by."""
    return urlsplit(origin).hostname or ""


def _check_public(settings: Settings, tokens: Tokens, one_process: bool) -> None:
    for name in ("share", "lan"):
        if getattr(settings, name):
            raise SettingsError(f"A public service has no other doors: leave {_named(name)} out.")
    if settings.origin is None:
        raise SettingsError(
            f"A public service needs {_named('origin')}: the address that people reach it by, such as "
            "https://labels.example.org."
        )
    if not _ORIGIN.fullmatch(settings.origin):
        raise SettingsError(
            f"{_named('origin')} is https:// and a name in small letters, without a path, such as "
            "https://labels.example.org: over http anybody on the way could read the articles and the tokens."
        )
    if settings.proxies is None:
        raise SettingsError(
            f"A public service needs {_named('proxies')}: how many proxies a request passes, 1 behind one "
            "Caddy or nginx. With a wrong number, whoever asks could choose the address that is counted."
        )
    if settings.anonymous_limit is None:
        _check_tokens(
            tokens, "A public service", f", or let everybody in a little with {_named('anonymous_limit')}"
        )
    tokens.check_file()
    if settings.redis is not None and not settings.redis.startswith(_REDIS):
        # not repeated: it may hold a password
        raise SettingsError(f"{_named('redis')} begins with redis://, such as redis://127.0.0.1:6379.")
    if settings.redis is None and not one_process:
        raise SettingsError(
            f"A WSGI server can run several workers, which count limits together in Redis: add "
            f"{_named('redis')}, such as redis://127.0.0.1:6379."
        )


def _check_tokens(tokens: Tokens, what: str, otherwise: str = "") -> None:
    tokens.check_file()
    if not any(tokens.holds(each) for each in tokens.all()):
        raise SettingsError(
            f"{what} asks for tokens, and there is none that holds: make one with "
            f"`sourcemark token new --note NAME`{otherwise}."
        )


def _named(name: str) -> str:
    """Return how a setting is given: as an option where there is one, and as a variable."""
    # the address of a Redis can hold a password, and a command line is seen by the whole computer
    return variable_of(name) if name == "redis" else f"--{name.replace('_', '-')} ({variable_of(name)})"
