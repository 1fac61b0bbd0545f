"""What can go wrong in a workshop. Every message is said to the person as it stands."""


class WorkshopError(Exception):
    """The workshop cannot do what was asked. The message says why, and what to do next."""


class NoWorkshopError(WorkshopError):
    """No workshop is open: there was none, it was ended, or its time was up."""

    def __init__(self) -> None:
        super().__init__(
            "No workshop is open here. If there was one, it has ended and its answers are deleted."
        )


class OpenAlreadyError(WorkshopError):
    """A second workshop was opened beside a first one."""

    def __init__(self) -> None:
        super().__init__("A workshop is open already. Go on with it, or end it before you open another.")


class KeyRefusedError(WorkshopError):
    """The secret is not the facilitator's."""

    def __init__(self) -> None:
        super().__init__("This link does not belong to the workshop that is open now. Nothing was changed.")


class WrongCodeError(WorkshopError):
    """The code is not that of the workshop."""

    def __init__(self) -> None:
        super().__init__("This is not the code of the workshop. Compare it with the one on the screen.")


class TooManyCodesError(WorkshopError):
    """Too many wrong codes were entered in this workshop, by whomever."""

    def __init__(self, seconds: int) -> None:
        wait = "a second" if seconds == 1 else f"{seconds} seconds"
        super().__init__(f"Too many wrong codes were entered. Wait {wait} and try again.")
        self.seconds = seconds


class UnknownParticipantError(WorkshopError):
    """The secret is no participant's: never was, or was dropped."""

    def __init__(self) -> None:
        super().__init__(
            "Your place in the workshop is not there any more. Enter the code again to take part; "
            "answers that you gave before are not counted."
        )


class StageError(WorkshopError):
    """The stage does not allow what was asked."""


class ChoiceError(WorkshopError):
    """The answer cannot be read."""


class PlanError(WorkshopError):
    """No workshop can be made of these articles or sentences."""
