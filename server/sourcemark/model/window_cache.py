"""What the encoder said of windows it has read, for a room that reads one article, or a page opened again.

A paragraph's label depends on the article around it; a window is the largest piece that is read by itself.
"""

from collections import OrderedDict
from collections.abc import Callable
from hashlib import blake2b
import secrets
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from sourcemark.model.windows import Window

Logits = NDArray[np.float32]
"""Shape (n_sentences, 4 * n_networks)."""


class WindowCache:
    """Keeps the logits of up to `most` windows, those used last, by digest. Safe to share between threads.

    No text is kept, and the digests are of no use to anyone else: their key is drawn anew each time.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._key = secrets.token_bytes(blake2b.MAX_KEY_SIZE)
        self._known: OrderedDict[bytes, Logits] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._known)

    def get(self, window: Window, run: Callable[[Window], Logits]) -> Logits:
        """Return what `run` says of a window, or said of the same one before."""
        digest = self._digest(window)
        with self._lock:
            logits = self._known.get(digest)
            if logits is not None:
                self._known.move_to_end(digest)
                return logits
        logits = run(window)
        # shared from now on
        logits.setflags(write=False)
        with self._lock:
            self._known[digest] = logits
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return logits

    def _digest(self, window: Window) -> bytes:
        digest = blake2b(key=self._key, digest_size=16)
        for numbers in (window.ids, window.shapes, window.marks, window.ends):
            digest.update(np.array([len(numbers), *numbers], dtype=np.int32).tobytes())
        return digest.digest()
