"""The few words that a page asks for again and again: what changed, and whether to load it anew."""

from typing import Any
import zlib

from flask import Response, jsonify

from sourcemark.web.workshop import words
from sourcemark.workshop.state import WorkshopState


def mark_of(state: WorkshopState) -> str:
    """Return what changes whenever the page must be loaded anew: with the stage, later with the totals."""
    step = f"{state.stage}-{state.article}"
    if not state.stage.shows_totals:
        return step
    shown = repr((state.tallies, state.notes, sorted(each.id for each in state.participants)))
    return f"{step}-{zlib.crc32(shown.encode()):08x}"


def words_of(state: WorkshopState) -> dict[str, str]:
    """Return the words that change while a stage lasts. None of them tells an answer."""
    return {
        "done": words.progress(state.done, state.joined),
        "joined": words.joined(state.joined, state.people),
    }


def news(state: WorkshopState, **more: Any) -> Response:
    """Answer a page that asks what is new."""
    return jsonify({"mark": mark_of(state), "words": words_of(state) | more})
