"""Every kind of archive as one stream of items: JSON lines, CSV, Parquet, text and HTML files, web archives.

`source_of` opens what a person names. Its source streams items in the order of the input, in bounded memory;
the workers make articles of them. What no article can be made of comes out as `Rejected`.
"""

from sourcemark.archive.inputs.articles import MOST_BLOCKS
from sourcemark.archive.inputs.digests import Digests, InputDigest, digests_of
from sourcemark.archive.inputs.opening import source_of
from sourcemark.archive.inputs.options import KINDS, LARGEST_ITEM, InputError, ReaderOptions
from sourcemark.archive.inputs.source import Inputs, size_of

__all__ = [
    "KINDS",
    "LARGEST_ITEM",
    "MOST_BLOCKS",
    "Digests",
    "InputDigest",
    "InputError",
    "Inputs",
    "ReaderOptions",
    "digests_of",
    "size_of",
    "source_of",
]
