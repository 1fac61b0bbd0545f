/**
 * Painting with `<mark>` elements, for those who ask for it: screen readers hear them and every
 * printer prints them, at the price of changing the page. Clearing puts the page back exactly: the
 * same text nodes, with the same text, in the same places.
 */
"use strict";

{
  /** @typedef {{highlight: string, from: number, to: number, first: boolean, last: boolean}} Piece  of a text node, in UTF-16 units */
  /** @typedef {{node: Text, data: string, parts: Text[], marks: HTMLElement[]}} Wrapped  a text node that was split */
  /** @typedef {{range: Range, start: [Node, number], end: [Node, number]}} Moved  a range that wrapping has moved */

  /** @type {Wrapped[]} */
  let wrapped = [];
  /** @type {Moved[]} */
  let moved = [];

  const mark = Object.freeze({
    changesPage: true,

    /** Replace all marks of the page by these. */
    paint(/** @type {readonly Mark[]} */ marks) {
      mark.clear();
      /** @type {Map<Text, Piece[]>} */
      const pieces = new Map();
      for (const { highlight, range } of marks) {
        moved.push({ range, start: [range.startContainer, range.startOffset], end: [range.endContainer, range.endOffset] });
        const texts = textsIn(range);
        texts.forEach(([node, from, to], index) => {
          const piece = { highlight, from, to, first: index === 0, last: index === texts.length - 1 };
          pieces.set(node, [...(pieces.get(node) ?? []), piece]);
        });
      }
      for (const [node, ofNode] of pieces) wrapped.push(wrap(node, ofNode));
      follow();
    },

    /** Take all marks away. */
    clear() {
      for (const record of wrapped.toReversed()) unwrap(record);
      for (const { range, start, end } of moved) restore(range, start, end);
      wrapped = [];
      moved = [];
    },
  });

  Sourcemark.painters = { ...Sourcemark.painters, mark };

  /**
   * Return the text nodes of a range that a reader sees, each with the stretch that is in the range.
   *
   * @param {Range} range
   * @returns {[Text, number, number][]}
   */
  function textsIn(range) {
    /** @type {[Text, number, number][]} */
    const texts = [];
    const top = range.commonAncestorContainer;
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      !Sourcemark.isText(node) && Sourcemark.isUnseen(/** @type {Element} */ (node), getComputedStyle(/** @type {Element} */ (node)))
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT,
    );
    for (let node = /** @type {Node | null} */ (top); node; node = walker.nextNode()) {
      if (!Sourcemark.isText(node) || !range.intersectsNode(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      // blanks between two elements of a table or a list may not be wrapped
      if (node.data.slice(from, to).trim() !== "") texts.push([node, from, to]);
    }
    return texts;
  }

  /**
   * Split a text node and put marks around the pieces.
   *
   * @param {Text} node
   * @param {readonly Piece[]} pieces  in order, without overlaps
   * @returns {Wrapped}
   */
  function wrap(node, pieces) {
    const { data } = node;
    const marks = [];
    /** @type {Text[]} */
    const parts = [];
    for (const { highlight, from, to, first, last } of pieces.toReversed()) {
      if (to < node.data.length) parts.unshift(node.splitText(to));
      const inner = from > 0 ? node.splitText(from) : node;
      if (inner !== node) parts.unshift(inner);
      const element = node.ownerDocument.createElement("mark");
      element.className = highlight;
      const name = Sourcemark.text(`label_${highlight.replace("sourcemark-", "")}_name`);
      if (first) element.dataset.sourcemarkStart = Sourcemark.text("mark_start", name);
      if (last) element.dataset.sourcemarkEnd = Sourcemark.text("mark_end", name);
      inner.before(element);
      element.append(inner);
      marks.unshift(element);
    }
    return { node, data, parts: [node, ...parts], marks };
  }

  /** Set the ranges around what they were around before the nodes were split. */
  function follow() {
    for (const record of moved) {
      const { range } = record;
      const [start, end] = [place(record.start), place(record.end)];
      if (start && end) restore(range, start, end);
    }
  }

  /**
   * Return where a place of a text node is, now that the node is split.
   *
   * @param {[Node, number]} from
   * @returns {[Node, number] | null}
   */
  function place([node, offset]) {
    const record = wrapped.find((one) => one.node === node);
    if (!record) return [node, offset];
    let left = offset;
    for (const part of record.parts) {
      if (left <= part.data.length) return [part, left];
      left -= part.data.length;
    }
    return null;
  }

  /** @param {Wrapped} record */
  function unwrap({ node, data, parts, marks }) {
    const untouched = parts.every((part) => part.isConnected) && parts.map((part) => part.data).join("") === data;
    if (untouched) {
      if (marks.includes(/** @type {HTMLElement} */ (node.parentNode))) /** @type {HTMLElement} */ (node.parentNode).before(node);
      for (const part of parts.slice(1)) part.remove();
      for (const element of marks) element.remove();
      node.data = data;
    } else {
      // the page has written into it meanwhile: its words stay, the marks go
      for (const element of marks) element.replaceWith(...element.childNodes);
    }
  }

  /**
   * @param {Range} range
   * @param {[Node, number]} start
   * @param {[Node, number]} end
   */
  function restore(range, start, end) {
    try {
      range.setStart(...start);
      range.setEnd(...end);
    } catch {
      // the page has shortened the text since; the range stays where the browser has put it
    }
  }
}
