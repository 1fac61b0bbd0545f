"""Cut a text into words and marks, each with its place."""

from dataclasses import dataclass
import re

_TOKEN = re.compile(
    r"""
    (?:[A-Z]\.){2,}                             # U.S., J.F.K.
    | (?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Pres|Prof|Rev|St|Jr|Sr)\.
    | \d+(?:-\w+)+                             # 34-year-old
    | \d+(?:[.,:]\d+)*
    | [^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*(?:-\w+)*   # words, o'clock, short-lived; possessive s apart
    | ['’]s\b
    | \w+
    | ''|``|\.\.\.
    | [^\w\s]
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark; `start` and `end` are code points of the text, half-open."""

    text: str
    lower: str
    start: int
    end: int

    @property
    def capitalised(self) -> bool:
        """Whether the token is a word that starts with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_acronym(self) -> bool:
        """Whether the token is written in capitals throughout: WHO is not "who"."""
        return len(self.text) > 1 and self.text.isupper()

    @property
    def is_word(self) -> bool:
        """Whether the token is a word or a number, not a mark."""
        return self.text[0].isalnum()


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text` in order; white space belongs to none."""
    return [
        Token(m.group(), m.group().lower().replace("’", "'"), m.start(), m.end())
        for m in _TOKEN.finditer(text)
    ]
