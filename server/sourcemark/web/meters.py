"""Adds up what is known of requests, for Prometheus: numbers by kind, and nothing that was sent.

https://prometheus.io/docs/practices/naming/ and https://prometheus.github.io/client_python/multiprocess/
"""

from collections.abc import Iterator
from contextlib import contextmanager
import os
from typing import Final

from sourcemark.article import SKIP_REASONS
from sourcemark.model.artifact import Model
from sourcemark.web.kinds import KINDS
from sourcemark.web.line import SHOWN_AS, Line

TOGETHER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names a folder in which several workers count together, in files of numbers."""

NO_ROUTE: Final = "none"
"""The route of a request to an address where nothing is."""

# seconds: a page, an article, what may wait for its turn, and what an answer may take at most
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25)


class Meters:
    """The counters of one service, in a registry of their own. Safe to use from several threads."""

    def __init__(self) -> None:
        # a command that serves nothing does without
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics

        # when something was counted first is nobody's business
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = registry = CollectorRegistry()

        def counter(name: str, about: str, *labels: str) -> Counter:
            return Counter(name, about, labels, registry=registry)

        route = ("method", "route")
        self._requests = counter("sourcemark_requests_total", "Requests answered.", *route, "status")
        self._seconds = Histogram(
            "sourcemark_request_seconds", "Seconds to an answer.", route, buckets=_SECONDS, registry=registry
        )
        self._problems = counter("sourcemark_problems_total", "Requests refused.", "problem")
        self._articles = counter("sourcemark_articles_total", "Articles labelled.")
        self._characters = counter("sourcemark_characters_total", "Characters (code points) in them.")
        self._sentences = counter("sourcemark_sentences_total", "Sentences in them, as shown.", "label")
        self._skipped = counter("sourcemark_skipped_blocks_total", "Blocks that were not read.", "reason")
        self._readings = Gauge(
            "sourcemark_readings_in_flight",
            "Articles that are being labelled, or wait for it.",
            registry=registry,
            multiprocess_mode="livesum",
        )
        self._model = Gauge(
            "sourcemark_model_info",
            "The model that labels.",
            ("name", "version", "id"),
            registry=registry,
            multiprocess_mode="livemax",
        )
        self._begin()

    def _begin(self) -> None:
        """Let a rate begin at nought, and not at the first that is counted."""
        for counter, names in (
            (self._sentences, SHOWN_AS),
            (self._skipped, SKIP_REASONS),
            (self._problems, KINDS),
        ):
            for name in names:
                counter.labels(name)

    def add(self, line: Line) -> None:
        """Count one request."""
        route = line.route or NO_ROUTE
        self._requests.labels(line.method, route, line.status).inc()
        self._seconds.labels(line.method, route).observe(line.milliseconds / 1000)
        if line.problem:
            self._problems.labels(line.problem).inc()
        if line.labels is not None:
            self._articles.inc()
        self._characters.inc(line.characters or 0)
        for shown_as, sentences in (line.labels or {}).items():
            self._sentences.labels(shown_as).inc(sentences)
        for reason, blocks in (line.skipped or {}).items():
            self._skipped.labels(reason).inc(blocks)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Count an article as in flight for as long as the block lasts."""
        with self._readings.track_inprogress():
            yield

    def text(self, model: Model) -> bytes:
        """Return all counters in Prometheus's format for texts, those of the other workers too."""
        from prometheus_client import CollectorRegistry, generate_latest
        from prometheus_client.multiprocess import MultiProcessCollector

        self._model.labels(model.name, model.version, model.id).set(1)
        registry = self._registry
        if TOGETHER in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
