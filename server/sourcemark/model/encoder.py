"""Run the encoder: small transformers that read the whole article and score every sentence."""

from typing import Self

import numpy as np
from numpy.typing import NDArray
import onnxruntime

from sourcemark.attribution.reading import Reading
from sourcemark.budget import ENCODING, Budget
from sourcemark.labels import SCORE_IDS
from sourcemark.model.softmax import log_softmax
from sourcemark.model.window_cache import WindowCache
from sourcemark.model.windows import Pieces, Window

VOCABULARY = "vocabulary"
"""Key of the file's metadata under which its vocabulary is kept, one piece a line."""


class Encoder:
    """A trained encoder in ONNX (https://onnx.ai), run by onnxruntime. Safe to share between threads.

    It is one network or several; each scores every sentence.
    """

    def __init__(self, session: onnxruntime.InferenceSession, cache: WindowCache | None = None) -> None:
        self._session = session
        self._cache = cache
        self._width: int = session.get_outputs()[0].shape[1]
        self.pieces = Pieces(session.get_modelmeta().custom_metadata_map[VOCABULARY].split("\n"))

    @classmethod
    def of(cls, content: bytes) -> Self:
        """Return the encoder of an ONNX file's content."""
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        # more threads take twice the processor's time between them, and wait for each other on a busy machine
        options.intra_op_num_threads = 1
        # windows differ in length: memory kept for each would pile up
        options.enable_cpu_mem_arena = False
        # nor is a second copy of the weights, in another order, worth the fiftieth of the time that it saves
        options.add_session_config_entry("session.disable_prepacking", "1")
        return cls(onnxruntime.InferenceSession(content, options, providers=["CPUExecutionProvider"]))

    def remembering(self, most: int) -> Self:
        """Return the same encoder with a memory of its own for `most` windows that it has read."""
        return type(self)(self._session, WindowCache(most))

    def log_scores(self, reading: Reading, budget: Budget | None = None) -> NDArray[np.float32]:
        """Return log-probabilities, shape (n_sentences, 4 * n_networks), columns as sorted `SCORE_IDS` each.

        There are fewer rows where time runs out: those of the article's first sentences.
        """
        rows: list[NDArray[np.float32]] = [np.zeros((0, self._width), dtype=np.float32)]
        for window in self.pieces.windows(reading):
            if len(rows) > 1 and budget is not None and budget.is_spent(ENCODING):
                break
            # every sentence is scored in one window, and the windows are in order
            rows.append(self._logits(window)[window.scored])
        logits = np.vstack(rows)
        return log_softmax(logits.reshape(-1, len(SCORE_IDS))).reshape(logits.shape)

    def _logits(self, window: Window) -> NDArray[np.float32]:
        if self._cache is None:
            return self._run(window)
        return self._cache.get(window, self._run)

    def _run(self, window: Window) -> NDArray[np.float32]:
        (logits,) = self._session.run(None, inputs_of(window))
        return np.asarray(logits, dtype=np.float32)


def inputs_of(window: Window) -> dict[str, NDArray[np.generic]]:
    """Return a window as the encoder takes it.

    `ids` and `shapes` of shape (n_pieces,); `marks` of shape (n_sentences,); `shares` of shape
    (n_sentences, n_pieces), the weight of each piece in the mean of its sentence.
    """
    shares = np.zeros((len(window.marks), len(window.ids)), dtype=np.float32)
    for row, (mark, end) in enumerate(zip(window.marks, window.ends, strict=True)):
        end = max(end, mark + 2)
        shares[row, mark + 1 : end] = 1 / (end - mark - 1)
    return {
        "ids": np.array(window.ids, dtype=np.int64),
        "shapes": np.array(window.shapes, dtype=np.int64),
        "marks": np.array(window.marks, dtype=np.int64),
        "shares": shares,
    }
