/**
 * The text of a page as a reader sees it: one run for every stretch that flows together, each with
 * a table of the nodes it stands in.
 *
 * Whitespace is collapsed, a `<br>` reads as a space, soft hyphens and zero-width spaces are
 * dropped, and what nobody sees is left out. The page is never written to.
 */
"use strict";

{
  /** Soft hyphen, zero-width space, word joiner, byte order mark. Joiners and direction marks stay: they have meaning. */
  const DROPPED = /[\u00AD\u200B\u2060\uFEFF]/;
  const DROPPED_ALL = new RegExp(DROPPED, "g");
  const SPACE = /\s/;

  /** Collapse the whitespace of a text and drop what has no width, as the map does; ends are kept. */
  Sourcemark.normalise = (text) => text.replace(DROPPED_ALL, "").replace(/\s+/g, " ");

  Sourcemark.hasSentence = (text) => text.length >= 80 || /\p{L}\S*[.!?…]["'”’»)\]]*(?:\s|$)/u.test(text);

  /**
   * Return every run of text under `root` that a reader sees as one paragraph, in document order.
   */
  Sourcemark.textRuns = (root) => {
    /** @type {TextRun[]} */
    const runs = [];
    let run = emptyRun(root);

    const close = (/** @type {Element} */ container) => {
      trimEnd(run);
      if (run.text !== "") runs.push(run);
      run = emptyRun(container);
    };

    const read = (/** @type {Element} */ parent, /** @type {Element} */ container, /** @type {boolean} */ inLink) => {
      for (const node of parent.childNodes) {
        if (isText(node)) {
          const before = run.text.length;
          appendText(run, node);
          if (inLink) run.linked += run.text.length - before;
        } else if (isElement(node)) {
          const style = getComputedStyle(node);
          if (Sourcemark.isUnseen(node, style)) continue;
          if (node.localName === "br") {
            appendBreak(run, node);
            continue;
          }
          const block = isBlock(node, style);
          if (block) close(node);
          if (!Sourcemark.isFurniture(node, root, block)) {
            read(node, block ? node : container, inLink || node.localName === "a");
          }
          if (block) close(container);
        }
      }
    };

    read(root, root, false);
    close(root);
    return runs;
  };

  /**
   * Return the text that stands in a range now, by the rules of the map. A slice may be painted
   * only where this equals it.
   */
  Sourcemark.textOf = (range) => {
    const top = range.commonAncestorContainer;
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
      if (!isElement(node)) return NodeFilter.FILTER_ACCEPT;
      return Sourcemark.isUnseen(node, getComputedStyle(node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    let text = "";
    for (let node = /** @type {Node | null} */ (top); node; node = walker.nextNode()) {
      if (!range.intersectsNode(node)) continue;
      if (isElement(node) && node.localName === "br") text += " ";
      if (!isText(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      text += node.data.slice(from, to);
    }
    return Sourcemark.normalise(text);
  };

  Sourcemark.isText = isText;

  /**
   * @param {Element} container
   * @returns {TextRun}
   */
  function emptyRun(container) {
    return { container, text: "", segments: [], linked: 0 };
  }

  /**
   * @param {TextRun} run
   * @param {Text} node
   */
  function appendText(run, node) {
    const { data } = node;
    for (let index = 0; index < data.length; index += 1) {
      const character = data[index];
      if (DROPPED.test(character)) continue;
      if (!SPACE.test(character)) append(run, node, index, character);
      else if (takesSpace(run)) append(run, node, index, " ");
    }
  }

  /**
   * @param {TextRun} run
   * @param {Element} node
   */
  function appendBreak(run, node) {
    if (takesSpace(run)) append(run, node, 0, " ");
  }

  /** @param {TextRun} run */
  function takesSpace(run) {
    return run.text !== "" && !run.text.endsWith(" ");
  }

  /**
   * @param {TextRun} run
   * @param {Text | Element} node
   * @param {number} index  in the node's data
   * @param {string} character
   */
  function append(run, node, index, character) {
    const last = run.segments.at(-1);
    if (last?.node === node && last.nodeStart + last.length === index) last.length += 1;
    else run.segments.push({ node, nodeStart: index, textStart: run.text.length, length: 1 });
    run.text += character;
  }

  /** @param {TextRun} run */
  function trimEnd(run) {
    const last = run.segments.at(-1);
    if (!last || !run.text.endsWith(" ")) return;
    run.text = run.text.slice(0, -1);
    last.length -= 1;
    if (last.length === 0) run.segments.pop();
  }

  /**
   * @param {Element} element
   * @param {CSSStyleDeclaration} style
   */
  function isBlock(element, style) {
    if (/^(?:inline|ruby|contents)/.test(style.display)) return false;
    // a drop cap floats, which makes it a block, and is still the first letter of its word
    return !(style.float && style.float !== "none" && (element.textContent ?? "").trim().length <= 3);
  }

  /**
   * @param {Node} node
   * @returns {node is Text}
   */
  function isText(node) {
    return node.nodeType === Node.TEXT_NODE || node.nodeType === Node.CDATA_SECTION_NODE;
  }

  /**
   * @param {Node} node
   * @returns {node is Element}
   */
  function isElement(node) {
    return node.nodeType === Node.ELEMENT_NODE;
  }
}
