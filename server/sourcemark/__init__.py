"""Sourcemark: marks every sentence of a news page with who stands behind it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sourcemark.labeler import Labeler

__all__ = ["Labeler"]


def __getattr__(name: str) -> object:
    # `from sourcemark import Labeler` works, and `sourcemark --help` need not import scikit-learn
    if name == "Labeler":
        from sourcemark.labeler import Labeler

        return Labeler
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
