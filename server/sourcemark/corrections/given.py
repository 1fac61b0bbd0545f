"""What a reader gives, as it is handed from the service to the store."""

from dataclasses import dataclass
import hashlib


@dataclass(frozen=True, slots=True)
class Given:
    """The sentence with its neighbours, what was said of it, and what the reader says."""

    before: str | None
    sentence: str
    after: str | None
    given: str | None
    """Label that it was marked with; None where it was not."""
    given_state: str
    proposed: str | None
    """Label that the reader proposes; None says that no source stands behind the sentence."""
    model: str
    """Id of the model that labelled it."""


def digest_of(sentence: str) -> str:
    """Return the SHA-256 of a sentence, the same however its lines are broken."""
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()
