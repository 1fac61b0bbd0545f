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
  const DROPPED = /[\u00AD\u200B\u2060\uFEFF]/g;
  /** Words with single spaces between them, and other characters of whitespace; what is dropped is neither. */
  const PIECES = /[^\s\u00AD\u200B\u2060\uFEFF]+(?: [^\s\u00AD\u200B\u2060\uFEFF]+)*|[^\S\uFEFF]/g;

  /** Collapse the whitespace of a text and drop what has no width, as the map does; ends are kept. */
  Sourcemark.normalise = (text) => text.replace(DROPPED, "").replace(/\s+/g, " ");

  /** A word, or a number after one, with the end of a sentence behind it. */
  const SENTENCE_END = /(?:\p{L}\S*|\p{L}\S*\s+\S*\p{N})[.!?…]["'”’»)\]]*(?:\s|$)/u;

  Sourcemark.hasSentence = (text) => text.length >= 80 || SENTENCE_END.test(text);

  /**
   * Return every run of text under `root` that a reader sees as one paragraph, in the order of the
   * page. Open shadow roots are read where they are seen, and what they show of their host's children.
   *
   * With `everything`, furniture is read too. Shadow roots that were read are added to `shadows`.
   */
  Sourcemark.textRuns = (root, { everything = false, shadows = [] } = {}) => {
    /** @type {TextRun[]} */
    const runs = [];
    let run = emptyRun(root);
    let breaks = 0;
    const isFurniture = Sourcemark.furnitureIn(root);

    const close = (/** @type {Element} */ container) => {
      trimEnd(run);
      if (run.text !== "") runs.push(run);
      run = emptyRun(container);
      breaks = 0;
    };

    const read = (/** @type {Element} */ parent, /** @type {Element} */ container, /** @type {boolean} */ inLink) => {
      const isSilent = hidesItsText(parent);
      for (const node of childrenOf(parent, shadows)) {
        if (isText(node)) {
          const before = run.text.length;
          if (!isSilent) appendText(run, node);
          if (/\S/.test(node.data)) breaks = 0;
          if (inLink) run.linked += run.text.length - before;
        } else if (isElement(node)) {
          readElement(node, container, inLink);
        }
      }
    };

    const readElement = (/** @type {Element} */ node, /** @type {Element} */ container, /** @type {boolean} */ inLink) => {
      const style = getComputedStyle(node);
      if (Sourcemark.isUnseen(node, style)) return;
      if (node.localName === "br") {
        breaks += 1;
        // an empty line stands for the end of a paragraph
        if (breaks > 1) close(container);
        else appendBreak(run, node);
        return;
      }
      const block = isBlock(node, style);
      const link = inLink || node.localName === "a";
      if (!block) {
        if (everything || !isFurniture(node, false)) read(node, container, link);
        return;
      }
      // text flows on around what floats or lies on top of it
      const around = isOutOfFlow(style) ? { run, breaks } : null;
      if (around) run = emptyRun(node);
      else close(node);
      if (everything || !isFurniture(node, true)) read(node, node, link);
      close(container);
      if (around) ({ run, breaks } = around);
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
    if (isText(top)) return isHidden(top) ? "" : Sourcemark.normalise(top.data.slice(range.startOffset, range.endOffset));
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) => {
      if (!isElement(node)) return NodeFilter.FILTER_ACCEPT;
      return Sourcemark.isUnseen(node, getComputedStyle(node)) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT;
    });
    let text = "";
    for (let node = /** @type {Node | null} */ (top); node; node = walker.nextNode()) {
      if (!range.intersectsNode(node)) continue;
      if (isElement(node) && node.localName === "br") text += " ";
      if (!isText(node) || isHidden(node)) continue;
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.data.length;
      text += node.data.slice(from, to);
    }
    return Sourcemark.normalise(text);
  };

  /** Return the element around another one as a reader sees it: out of slots and shadow roots. */
  Sourcemark.parentOf = (element) => {
    if (element.assignedSlot) return element.assignedSlot;
    if (element.parentElement) return element.parentElement;
    const tree = element.getRootNode();
    return "host" in tree ? /** @type {ShadowRoot} */ (tree).host : null;
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
   * Return what stands in an element as a reader sees it.
   *
   * @param {Element} element
   * @param {ShadowRoot[]} shadows
   * @returns {Iterable<Node>}
   */
  function childrenOf(element, shadows) {
    const { shadowRoot } = element;
    if (shadowRoot) {
      shadows.push(shadowRoot);
      return shadowRoot.childNodes;
    }
    if (element.localName !== "slot") return element.childNodes;
    const assigned = /** @type {HTMLSlotElement} */ (element).assignedNodes?.() ?? [];
    return assigned.length > 0 ? assigned : element.childNodes;
  }

  /**
   * @param {TextRun} run
   * @param {Text} node
   */
  function appendText(run, node) {
    for (const { 0: piece, index } of node.data.matchAll(PIECES)) {
      if (piece.trim() !== "") append(run, node, index, piece);
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
   * @param {string} piece  words, or a space
   */
  function append(run, node, index, piece) {
    const last = run.segments.at(-1);
    if (last?.node === node && last.nodeStart + last.length === index) last.length += piece.length;
    else run.segments.push({ node, nodeStart: index, textStart: run.text.length, length: piece.length });
    run.text += piece;
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
    const flows = /^(?:inline|ruby|contents)/.test(style.display) && !isOutOfFlow(style);
    return !flows && !Sourcemark.isDropCap(element, style);
  }

  /** @param {CSSStyleDeclaration} style */
  function isOutOfFlow({ float, position }) {
    return (float && float !== "none") || position === "absolute" || position === "fixed";
  }

  /** @param {Text} node */
  function isHidden({ parentElement }) {
    return parentElement !== null && hidesItsText(parentElement);
  }

  /**
   * Whether text that stands directly in an element is not seen: it has no size, or is folded away.
   *
   * @param {Element} element
   */
  function hidesItsText(element) {
    const isFolded = element.localName === "details" && !element.hasAttribute("open");
    return isFolded || Number.parseFloat(getComputedStyle(element).fontSize) === 0;
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
