/**
 * The marked article as a plain record, for the report and its downloads (shared/passages.js,
 * `MarkedArticle`). It is written down when the reader asks for it, and sent nowhere but there.
 */
"use strict";

{
  Sourcemark.takeAlong = ({ blocks, model }, placed) => {
    const before = codePointsBefore(document.body);
    return {
      // a fragment is a place on the page, and what annotations speak of is the page
      address: location.href.replace(/#.*/s, ""),
      date: new Date().toISOString(),
      title: document.title.trim(),
      model,
      blocks: blocks.map(({ id, text }) => ({ id, text })),
      sentences: placed.map((sentence) => {
        const { block, start, end, state, label, scores, speaker, evidence, reason, range } = sentence;
        const place = { block, start, end };
        const said = { scores, speaker, evidence, reason };
        // nothing is said of words that are not on the page any more
        if (range === null || !Sourcemark.stands(sentence)) {
          return { ...place, state: "unchecked", label: null, ...said, position: null };
        }
        return { ...place, state, label, ...said, position: positionOf(range, before) };
      }),
    };
  };

  /**
   * Return the number of code points in front of each text node, as `textContent` has them.
   *
   * @param {Element} root
   */
  function codePointsBefore(root) {
    /** @type {Map<Node, number>} */
    const before = new Map();
    let total = 0;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { currentNode } = walker;
      before.set(currentNode, total);
      total += codePoints(/** @type {Text} */ (currentNode).data);
    }
    return before;
  }

  /**
   * Return where a range is in the text of the page, or null where it is in a shadow root, in a frame,
   * or beside a line break.
   *
   * @param {Range} range
   * @param {Map<Node, number>} before
   */
  function positionOf({ startContainer, startOffset, endContainer, endOffset }, before) {
    const [start, end] = [before.get(startContainer), before.get(endContainer)];
    if (start === undefined || end === undefined) return null;
    return {
      start: start + codePoints(/** @type {Text} */ (startContainer).data.slice(0, startOffset)),
      end: end + codePoints(/** @type {Text} */ (endContainer).data.slice(0, endOffset)),
    };
  }

  /** @param {string} text */
  function codePoints(text) {
    return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g) ?? []).length;
  }
}
