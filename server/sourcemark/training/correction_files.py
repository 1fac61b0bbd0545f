"""Read corrections as `sourcemark corrections export` writes them: JSON lines in the corpus format.

Of each, the corrected sentence alone carries a label. Its neighbours are there to be read, not to be learnt:
nobody said anything of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
import hashlib
from pathlib import Path
from typing import TypeAlias
import unicodedata

import msgspec

from sourcemark.article import Article, Span
from sourcemark.labels import LABEL_IDS, LABELLED, SCORE_IDS, STATES
from sourcemark.model.corpus import AnnotatedArticle, AnnotatedSentence, CorpusError

Contributor: TypeAlias = tuple[int, int]
"""Number of the file, and of the contributor in that file; numbers of two files say nothing of each other."""


class _Sentence(msgspec.Struct):
    paragraph: int
    start: int
    end: int
    label: str | None = None


class _Given(msgspec.Struct):
    state: str
    label: str | None = None


class _Line(msgspec.Struct):
    id: str
    paragraphs: list[str]
    sentences: list[_Sentence]
    correction: bool = False
    given: list[_Given] = []
    contributor_numbers: list[int] = []
    contested: bool = False


@dataclass(frozen=True, slots=True)
class Correction:
    """What one person or more proposed for one sentence."""

    annotated: AnnotatedArticle
    """The sentence between its neighbours; it alone is annotated, with the label that is proposed."""
    given: tuple[str, ...]
    """What was shown of it: label ids, `none` or `unsure`, each once."""
    contributors: frozenset[Contributor]
    contested: bool = False
    """Whether the export knows of another proposal for the sentence, be it in these files or not."""

    @property
    def proposed(self) -> str:
        """The label id that is proposed, or `none`."""
        return self.annotated.sentences[0].label

    @property
    def sentence(self) -> str:
        """The digest of the corrected sentence."""
        return digest(self.annotated.article.text(self.annotated.sentences[0].span))


def digest(text: str) -> str:
    """Return what two copies of a sentence have in common, whatever their quotation marks and spaces are."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = "".join(letter if letter.isalnum() else " " for letter in plain).split()
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def read_corrections(paths: Sequence[Path]) -> list[Correction]:
    """Read the corrections of one file or more, in order.

    Raises CorpusError when a file is missing, a line is no correction, or there is none at all.
    """
    decoder = msgspec.json.Decoder(_Line)
    corrections = []
    for file_number, path in enumerate(paths):
        if not path.is_file():
            raise CorpusError(
                f"There are no corrections at {path}. `sourcemark corrections export` writes such a file."
            )
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                try:
                    corrections.append(_correction(decoder.decode(line), file_number))
                except (msgspec.DecodeError, ValueError) as error:
                    raise CorpusError(f"Line {number} of {path} is not a correction: {error}.") from error
    if not corrections:
        names = ", ".join(map(str, paths))
        raise CorpusError(f"There is no correction in {names}: none has been given yet, or none exported.")
    return corrections


def _correction(line: _Line, file_number: int) -> Correction:
    if not line.correction:
        raise ValueError("it is not marked as one; annotated articles are given with --corpus")
    labelled = [sentence for sentence in line.sentences if sentence.label is not None]
    if len(labelled) != 1:
        raise ValueError(f"one sentence of it must have a label, and {len(labelled)} have")
    [sentence] = labelled
    label = sentence.label
    if label not in SCORE_IDS:
        raise ValueError(f"unknown label “{label}”")
    if not 0 <= sentence.paragraph < len(line.paragraphs):
        raise ValueError(f"its sentence lies in paragraph {sentence.paragraph} of {len(line.paragraphs)}")
    if not 0 <= sentence.start < sentence.end <= len(line.paragraphs[sentence.paragraph]):
        raise ValueError(f"its sentence lies outside paragraph {sentence.paragraph}")
    span = Span(sentence.paragraph, sentence.start, sentence.end)
    return Correction(
        AnnotatedArticle(
            line.id,
            "corrections",
            "",
            Article(tuple(line.paragraphs)),
            (AnnotatedSentence(span, label, None, False),),
        ),
        tuple(sorted({_shown(each) for each in line.given})),
        # a file that numbers nobody is one person's
        frozenset((file_number, number) for number in line.contributor_numbers or [0]),
        line.contested,
    )


def _shown(given: _Given) -> str:
    if given.state not in STATES or (given.label in LABEL_IDS) != (given.state == LABELLED):
        raise ValueError(f"what was given, label “{given.label}” and state “{given.state}”, cannot be shown")
    return given.label or given.state
