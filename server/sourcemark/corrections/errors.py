"""What can go wrong with corrections. Every message is a sentence; none holds a word of a correction."""


class CorrectionsError(Exception):
    """Corrections cannot be kept, read or deleted. The message says why, and what to do next.

    It may name a file or a database: for whoever runs the service, not for readers.
    """


class NewerStoreError(CorrectionsError):
    """A newer version of Sourcemark wrote what is there."""

    def __init__(self, told: str) -> None:
        super().__init__(
            f"The corrections in {told} were written by a newer version of Sourcemark, and were left as they "
            "are. Use that version, or name another place in SOURCEMARK_CORRECTIONS."
        )


class NotAStoreError(CorrectionsError):
    """Something else is there than corrections."""

    def __init__(self, told: str) -> None:
        super().__init__(
            f"{told} holds something else than corrections, and was left as it is. Name another place in "
            "SOURCEMARK_CORRECTIONS."
        )


class NotCreatedError(CorrectionsError):
    """There is no room, or no right, to keep anything there."""

    def __init__(self, told: str, error: OSError) -> None:
        super().__init__(
            f"{told} cannot be created or read ({error.strerror or error}). Make room on that disk, give "
            "this user account the right to write there, or name another place in SOURCEMARK_CORRECTIONS."
        )


class DayFullError(Exception):
    """A contributor has given as many corrections as count for one day."""

    def __init__(self, limit: int, seconds: int) -> None:
        super().__init__(f"No more than {limit} corrections a day count for each contributor.")
        self.limit = limit
        self.seconds = seconds
        """Until the next day begins."""
