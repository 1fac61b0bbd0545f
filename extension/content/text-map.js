/**
 * The blocks of an article, and the way back from their text to the page.
 *
 * Two coordinate systems: UTF-16 units in a block's text, and (node, offset) in the page. The
 * segments of a run are the table between them.
 */
"use strict";

{
  /** Containers whose text is taken as it stands; in any other it must hold a sentence. */
  const TEXT_TAGS = new Set(["p", "li", "h2", "h3", "h4", "figcaption", "blockquote", "dd"]);

  Sourcemark.buildTextMap = (roots, shadows) =>
    [roots]
      .flat()
      .flatMap((root) => Sourcemark.textRuns(root, { shadows }))
      .filter(isArticleText)
      .filter(isNoPullQuote)
      .map(({ text, segments }, index) => ({ id: `b${index + 1}`, text, segments }));

  /**
   * Return the range of a slice `[start, end)` of a block's text, or null where there is none (any more).
   */
  Sourcemark.rangeFor = (block, start, end) => {
    if (!(start >= 0 && start < end && end <= block.text.length)) return null;
    const first = segmentAt(block.segments, start);
    const last = segmentAt(block.segments, end - 1);
    if (!first?.node.isConnected || !last?.node.isConnected) return null;
    const range = first.node.ownerDocument.createRange();
    try {
      if (Sourcemark.isText(first.node)) range.setStart(first.node, first.nodeStart + start - first.textStart);
      else range.setStartBefore(first.node);
      if (Sourcemark.isText(last.node)) range.setEnd(last.node, last.nodeStart + end - last.textStart);
      else range.setEndAfter(last.node);
    } catch {
      // the page has shortened a text since it was read
      return null;
    }
    return range;
  };

  /**
   * Return the range of a slice, or null where the page no longer says what was read: rather no mark
   * than a mark on the wrong words.
   */
  Sourcemark.placeIn = (block, start, end) => {
    const range = Sourcemark.rangeFor(block, start, end);
    return range && Sourcemark.textOf(range) === block.text.slice(start, end) ? range : null;
  };

  /**
   * @param {readonly Segment[]} segments
   * @param {number} index  UTF-16 unit in the block's text
   */
  function segmentAt(segments, index) {
    let low = 0;
    let high = segments.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (segments[middle].textStart <= index) low = middle;
      else high = middle - 1;
    }
    return segments[low];
  }

  /**
   * A pull quote repeats words of the article in large letters; many have no name that says so.
   *
   * @param {TextRun} run
   * @param {number} _index
   * @param {readonly TextRun[]} runs
   */
  function isNoPullQuote({ container, text }, _index, runs) {
    if (!container.closest("blockquote, figure")) return true;
    const words = text.replace(/^["“‘'«\s]+|["”’'».,\s]+$/g, "");
    return words.length < 20 || !runs.some((other) => other.text.length > text.length && other.text.includes(words));
  }

  /** @param {TextRun} run */
  function isArticleText(run) {
    const { container, text } = run;
    if (!/[\p{L}\p{N}]/u.test(text) || Sourcemark.isByline(run)) return false;
    // a line that is nothing but a link leads to another article
    if (run.linked >= text.length - 1) return false;
    return TEXT_TAGS.has(container.localName) || Sourcemark.hasSentence(text);
  }
}
