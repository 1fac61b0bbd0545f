"""Write the card of the shipped models: what they are for, what they were trained on, how well they do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from sourcemark.labels import LABELS, SCORE_IDS
from sourcemark.model import card_text
from sourcemark.model.captions import ANNOTATED, SHOWN_AS, caption, kind_of
from sourcemark.model.tables import comparison, escaped, figures_table, table

Manifest: TypeAlias = Mapping[str, Any]

DRAWN_ON: Final = "held_out"
"""The evaluation that a card's figures are drawn from."""
_PLACES: Final = {
    "held_out": "training articles, each held out",
    "dev": "development articles",
    "names_swapped": "names swapped for unseen ones",
    "outlet_held_out": "training articles, their outlet held out",
}
_FAIR: Final = ("names_swapped", "outlet_held_out")
"""Evaluations that only matter beside another one; they may also lie within it."""


def render(*manifests: Manifest) -> str:
    """Return the card of one model or more as Markdown, from their manifests alone.

    Beside what sourcemark.model.artifact needs, a manifest may have `metrics` (evaluations by name, such as
    `held_out` and `dev`), `files` (`bytes` and `sha256` of further files by name), `figures` (names of the
    files drawn), `learning_curve`, `corrections` and `known_failures`. What is missing is left out of
    the card.
    """
    sections = [
        "# Model card: " + " and ".join(f"{m['name']} {m['version']}" for m in manifests),
        card_text.INTRODUCTION,
        _files(manifests),
        card_text.LABELS.format(
            labels="\n".join(f"- **{label.name}**: {label.definition} {label.caution}" for label in LABELS)
        ),
        "## How it works",
        *(_how(manifest) for manifest in manifests),
        "## What it was trained on",
        *_training(manifests),
        card_text.ANNOTATION,
        "## How well it does",
        *_figures(manifests),
        card_text.NOT_FOR,
        "## Known failures",
        "\n".join([*_most_missed(manifests), card_text.WEAKNESSES.strip()]),
        *_failures(manifests),
    ]
    return "\n\n".join(section.strip() for section in sections if section) + "\n"


def _files(manifests: Iterable[Manifest]) -> str:
    rows = []
    for manifest in manifests:
        files = {f"{manifest['name']}.joblib": manifest, **manifest.get("files", {})}
        made_with = ", ".join(f"{name} {version}" for name, version in manifest["versions"].items())
        rows += [
            [
                f"`{name}`",
                f"{file['bytes'] / 1e6:.1f} MB",
                f"`{file['sha256']}`",
                made_with,
                manifest["licence"],
            ]
            for name, file in files.items()
        ]
    return table(["file", "size", "SHA-256", "made with", "licence"], rows)


def _how(manifest: Manifest) -> str:
    thresholds = ", ".join(
        f"{SHOWN_AS[score_id].lower()} {manifest['thresholds'][score_id]:.2f}"
        for score_id in SCORE_IDS
        if score_id in manifest["thresholds"]
    )
    text = card_text.CAREFUL if manifest.get("files") else card_text.FAST
    return f"**{manifest['name']}.** {text.strip()} {card_text.THRESHOLDS.strip()} {thresholds}."


def _training(manifests: Iterable[Manifest]) -> Iterator[str]:
    corpora = {
        f"`{data['name']}`: {data['articles']:,} articles, {data['sentences']:,} sentences "
        f"(SHA-256 `{data['sha256']}`)": None
        for data in (manifest["training_data"] for manifest in manifests)
    }
    yield "\n".join(f"- {text}" for text in [*corpora, *_corrections(manifests)])
    by_corpus: dict[str, Any] = {}
    for manifest in manifests:
        # the careful model's held-out articles are some of the fast one's
        by_corpus = (manifest["metrics"].get(DRAWN_ON, {}).get("by_corpus") or {}) | by_corpus
    described = {name: row for name, row in by_corpus.items() if name in card_text.CORPORA}
    if described:
        yield table(
            ["corpus", "sentences", "where the text comes from"],
            ([name, f"{row['sentences']:,}", card_text.CORPORA[name]] for name, row in described.items()),
        )


def _corrections(manifests: Iterable[Manifest]) -> Iterator[str]:
    for manifest in manifests:
        data = manifest.get("corrections")
        if data:
            files = ", ".join(f"`{file['name']}` (SHA-256 `{file['sha256']}`)" for file in data["files"])
            yield f"{manifest['name']}: {data['learnt']:,} sentences as readers corrected them, of {files}"


def _figures(manifests: Sequence[Manifest]) -> Iterator[str]:
    if not any(manifest["metrics"] for manifest in manifests):
        yield "It was not measured."
        return
    yield comparison([row for manifest in manifests for row in _evaluations(manifest)])
    yield card_text.READING_FIGURES
    for manifest in manifests:
        for name, figures in manifest["metrics"].items():
            if name not in _FAIR:
                yield f"### {manifest['name']}: {_PLACES.get(name, name)}"
                yield figures_table(figures)
            if name == DRAWN_ON:
                yield from _drawings(manifest)


def _evaluations(manifest: Manifest) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for name, figures in manifest["metrics"].items():
        place = _PLACES.get(name, name)
        yield manifest["name"], place, figures
        for fair in _FAIR:
            if figures.get(fair):
                yield manifest["name"], f"{place}, {_PLACES[fair]}", figures[fair]


def _drawings(manifest: Manifest) -> Iterator[str]:
    figures = manifest["metrics"][DRAWN_ON]
    for file in manifest.get("figures", ()):
        text = caption(kind_of(file, manifest["name"]), figures, manifest.get("learning_curve", ()))
        yield f"![{text}](figures/{file})"


def _most_missed(manifests: Iterable[Manifest]) -> Iterator[str]:
    for manifest in manifests:
        figures = manifest["metrics"].get(DRAWN_ON)
        if figures:
            missed = min(LABELS, key=lambda label: figures["labels"][label.id]["recall"])
            share = 100 * figures["labels"][missed.id]["recall"]
            yield (
                f"- {manifest['name']} misses most often what is annotated as {missed.name.lower()}: "
                f"it finds {share:.0f} of 100 such sentences."
            )


def _failures(manifests: Iterable[Manifest]) -> Iterator[str]:
    for manifest in manifests:
        failures = manifest.get("known_failures", ())
        if failures:
            yield f"What {manifest['name']} gets wrong in the project's own articles, `seeds/articles.jsonl`:"
            yield table(
                ["sentence", "annotated", "shown"],
                ([escaped(f["sentence"]), ANNOTATED[f["annotated"]], SHOWN_AS[f["shown"]]] for f in failures),
            )
