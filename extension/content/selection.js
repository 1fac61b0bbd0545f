/** What the reader has selected, which is then read instead of the article: exactly that, and nothing around it. */
"use strict";

{
  /** Return the selection of a document where it holds a sentence; else null. */
  Sourcemark.findSelection = (document) => {
    const selection = document.getSelection();
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const blocks = Sourcemark.selectedBlocks(range, Sourcemark.elementAround(range), []);
    return blocks.some(({ text }) => Sourcemark.hasSentence(text)) ? range : null;
  };

  Sourcemark.elementAround = ({ commonAncestorContainer: node }) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? /** @type {Element} */ (node) : node.parentElement;
    return element ?? /** @type {ShadowRoot} */ (node.getRootNode()).host;
  };

  /** Return the blocks under `root`, cut where the selection begins and ends. Furniture counts: it was chosen. */
  Sourcemark.selectedBlocks = (range, root, shadows) =>
    Sourcemark.textRuns(root, { everything: true, shadows })
      .map((run) => cut(run, ...extentOf(run, range)))
      .filter(({ text }) => /[\p{L}\p{N}]/u.test(text))
      .map(({ text, segments }, index) => ({ id: `b${index + 1}`, text, segments }));

  /**
   * Return where the selected part of a run begins and ends, in UTF-16 units of its text.
   *
   * @param {TextRun} run
   * @param {Range} range
   * @returns {[number, number]}
   */
  function extentOf({ text, segments }, range) {
    let start = text.length;
    let end = 0;
    for (const { node, nodeStart, textStart, length } of segments) {
      if (!range.intersectsNode(node)) continue;
      const from = node === range.startContainer ? range.startOffset - nodeStart : 0;
      const to = node === range.endContainer ? range.endOffset - nodeStart : length;
      if (from >= length || to <= 0) continue;
      start = Math.min(start, textStart + Math.max(from, 0));
      end = Math.max(end, textStart + Math.min(to, length));
    }
    while (text[start] === " ") start += 1;
    while (text[end - 1] === " ") end -= 1;
    return [start, end];
  }

  /**
   * @param {TextRun} run
   * @param {number} start
   * @param {number} end
   */
  function cut(run, start, end) {
    const segments = run.segments.flatMap(({ node, nodeStart, textStart, length }) => {
      const from = Math.max(textStart, start);
      const to = Math.min(textStart + length, end);
      return from < to ? [{ node, nodeStart: nodeStart + from - textStart, textStart: from - start, length: to - from }] : [];
    });
    return { text: run.text.slice(start, end), segments };
  }
}
