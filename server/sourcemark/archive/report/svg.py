"""Turn figures into SVG that stands in a page and can be read without being seen. Needs matplotlib."""

from contextlib import AbstractContextManager
from html import escape
import io
import re
from typing import Final
import warnings

from matplotlib.figure import Figure
from matplotlib.style import context

from sourcemark.figure_style import STYLE

_NOTHING: Final = {"Date": None, "Creator": None, "Format": None, "Type": None}
"""What matplotlib would say of a file: the same figure is to be the same bytes."""


def drawing() -> AbstractContextManager[None]:
    """Return the settings to draw under, whatever this machine's own are."""
    # names are text, not formulas, whatever signs they have
    return context({**STYLE, "text.parse_math": False, "hatch.linewidth": 1.2}, after_reset=True)


def svg(figure: Figure, name: str) -> str:
    """Return a figure as an `svg` element whose ids no figure of another name has."""
    file = io.StringIO()
    with warnings.catch_warnings():
        # the reader's browser has letters that the font at hand here has not
        warnings.filterwarnings("ignore", "Glyph .* missing from font", UserWarning)
        warnings.filterwarnings("ignore", "Matplotlib currently does not support", UserWarning)
        figure.savefig(file, format="svg", metadata=_NOTHING)
    markup = file.getvalue()
    markup = markup[markup.index("<svg") :]
    # a style sheet in it would hold for the whole page
    markup = re.sub(r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>", "", markup, flags=re.DOTALL)
    markup = re.sub(r'(<[^>]* id=")', rf"\g<1>{name}-", markup)
    return re.sub(r'(xlink:href="#|url\(#)', rf"\g<1>{name}-", markup)


def in_words(markup: str, name: str, title: str, description: str) -> str:
    """Return a figure with a title and a description, as one picture to a screen reader."""
    opening, rest = markup.split(">", 1)
    # its size is the page's business
    opening = re.sub(r' (?:width|height|version)="[^"]*"', "", opening)
    title, description = escape(title), escape(description)
    return (
        f'{opening} role="img" aria-labelledby="{name}-title" aria-describedby="{name}-words">'
        f'<title id="{name}-title">{title}</title><desc id="{name}-words">{description}</desc>{rest}'
    )
