"""Cut a text into words and marks, each with its place."""

import re

from msgspec import Struct
from msgspec.structs import replace

# with the white space before it, so that nothing is looked for there
_TOKEN = re.compile(
    r"""
    (\s*)(
    [a-z]+(?![\w'’-])                           # most words
    | (?:[A-Z]\.){2,}                             # U.S., J.F.K.
    | (?:Mrs?|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Cmdr|Adm|Maj|Pres|Prof|Rev|St|Jr|Sr)\.
    | \d+(?:-\w+)+                             # 34-year-old
    | \d+(?:[.,:]\d+)*
    | [^\W\d_]+(?:['’](?!s\b)[^\W\d_]+)*(?:-\w+)*   # words, o'clock, short-lived; possessive s apart
    | ['’]s\b
    | \w+
    | ''|``|\.\.\.
    | [^\w\s]
    )
    """,
    re.VERBOSE,
)

# however a page writes its quotation marks, words beside them are the same words
_PLAIN_MARKS = {"“": '"', "”": '"', "„": '"', "''": '"', "``": '"', "‘": "'"}

# words that are no acronyms, so that a line that opens with one in capitals is only set that way
_NO_ACRONYMS = frozenset(
    "about after all also although an and another as at because before but by during each even every few "
    "for from had has have he her his if in its many more most my no not of on one only or other others "
    "our she since some such than that the their there these they this those three through to two under "
    "until was we were what when where which while will with would you your".split()
)


class Token(Struct, frozen=True, gc=False):
    """A word or mark; `start` and `end` are code points of the text, half-open.

    `lower` is the form to compare by: small letters, and straight quotation marks.
    """

    text: str
    lower: str
    start: int
    end: int
    capitalised: bool
    """Whether the token is a word that starts with a capital letter."""
    is_word: bool
    """Whether the token is a word or a number, not a mark."""

    @property
    def is_acronym(self) -> bool:
        """Whether the token is written in capitals throughout: WHO is not "who"."""
        return len(self.text) > 1 and self.text.isupper()


def tokenize(text: str) -> list[Token]:
    """Return the tokens of `text` in order; white space belongs to none.

    A paragraph may open in capitals by way of ornament: "THE MINISTER said". Its tokens are those of "The
    Minister said", so that its words are taken neither for names nor for acronyms.
    """
    tokens = []
    end = 0
    # white space with nothing behind it would be looked through from each of its characters
    for space, word in _TOKEN.findall(text.rstrip()):
        lower = word.lower()
        if not lower.isalnum():
            lower = _PLAIN_MARKS.get(lower, lower.replace("’", "'"))
        start = end + len(space)
        end = start + len(word)
        first = word[0]
        tokens.append(Token(word, lower, start, end, first.isupper(), first.isalnum()))
    return _without_ornament(tokens)


def _without_ornament(tokens: list[Token]) -> list[Token]:
    first = next((index for index, token in enumerate(tokens) if token.is_word), len(tokens))
    end = first
    while end < len(tokens) and tokens[end].text.isupper():
        end += 1
    ornament = tokens[first:end]
    # "WHO officials" and "A BBC reporter" open with acronyms: one plain word in capitals tells the two apart
    if len(ornament) < 2 or not any(token.lower in _NO_ACRONYMS for token in ornament):
        return tokens
    opening, *others = ornament
    plain = (
        _written(token, token.lower if token.lower in _NO_ACRONYMS else token.text.capitalize())
        for token in others
    )
    return [*tokens[:first], _written(opening, opening.text.capitalize()), *plain, *tokens[end:]]


def _written(token: Token, text: str) -> Token:
    return replace(token, text=text, capitalised=text[0].isupper())


def one_line(text: str) -> str:
    """Return words of an article as they are shown elsewhere: single spaces for its line breaks."""
    return " ".join(text.split())
