"""Codes to be read aloud, secrets for addresses, and a brake on guessing codes."""

from collections.abc import Callable
from dataclasses import dataclass, field
import hmac
import math
import secrets
from typing import Final

from sourcemark.workshop.errors import TooManyCodesError

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""30 symbols: no 0 O, 1 I L, and no U, which is heard as "you" and read as V."""
CODE_LENGTH: Final = 6


def new_code() -> str:
    """Return a code for a workshop: one of 30 to the power of 6, about 730 million."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


new_id = new_code
"""A participant's random id is as easy to read aloud."""


def new_secret() -> str:
    """Return a secret for an address: 128 bits in 22 characters."""
    return secrets.token_urlsafe(16)


def is_code(text: str, code: str) -> bool:
    """Whether somebody entered `code`: in small letters too, and with spaces or dashes in it."""
    meant = "".join(character for character in text.upper() if character.isalnum())
    return is_secret(meant, code)


def is_secret(text: str, secret: str) -> bool:
    """Whether `text` is the secret."""
    # a comparison that stops at the first difference would tell how much of a guess is right
    return hmac.compare_digest(text.encode(errors="replace"), secret.encode())


@dataclass(slots=True)
class Throttle:
    """Counts wrong codes for the whole workshop, not by address: a room may share one.

    A bucket of `burst` wrong codes that fills again at `per_second`. At most 43,230 guesses fit into the
    twelve hours that a workshop can last, which find one of 730 million codes with a chance of 1 in 17,000.
    """

    clock: Callable[[], float]
    burst: int = 30
    per_second: float = 1.0
    _left: float = field(init=False)
    _at: float = field(init=False)

    def __post_init__(self) -> None:
        self.refill()

    def refill(self) -> None:
        """Forget the wrong codes: there is a new code to guess."""
        self._left, self._at = float(self.burst), self.clock()

    def check(self) -> None:
        """Raise TooManyCodesError while the bucket is empty, whatever the next code is."""
        now = self.clock()
        # a clock that was set back fills nothing
        filled = self._left + max(0.0, now - self._at) * self.per_second
        self._left, self._at = min(float(self.burst), filled), now
        if self._left < 1:
            raise TooManyCodesError(math.ceil((1 - self._left) / self.per_second))

    def wrong(self) -> None:
        """Count a wrong code."""
        self._left -= 1
