/**
 * The card that explains a mark: who speaks, which words led to it, and what it does not mean.
 *
 * It opens where the pointer rests on a mark, at a tap, and from the list by the keyboard. The pointer
 * may move onto it, Escape closes it, and it stays until the reader is done with it (WCAG 1.4.13).
 * Links stay links, and selecting text is left alone. What a page's script pretends the reader did
 * counts for nothing.
 */
"use strict";

{
  /** Milliseconds that a pointer must rest; it is also the time there is to move from mark to card. */
  const REST = 250;
  const MARGIN = 8;
  const CONTROLS = "a[href], area[href], button, input, label, select, summary, textarea, [contenteditable], [role=button], [role=link]";

  /** @typedef {{x: number, y: number, document: Document}} Point  seen from the corner of the document */
  /** @typedef {{sentence: PlacedSentence, element: HTMLElement, kept: boolean, line: number, indent: number, before: HTMLElement | null}} OpenCard */

  /** @type {OpenCard | null} */
  let card = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  /** @type {AbortController | null} */
  let watching = null;
  /** @type {AbortController | null} */
  let following = null;

  Sourcemark.card = Object.freeze({
    update(placed) {
      if (card) stay(card, placed);
      unwatch();
      watch(new Set(placed.map(({ range }) => range?.startContainer.ownerDocument).filter((one) => one !== null && one !== undefined)));
    },

    open(sentence, { focus = true } = {}) {
      show(sentence, { kept: true, point: null });
      if (focus) card?.element.focus();
    },

    dismiss() {
      close();
    },

    close() {
      close();
      unwatch();
    },
  });

  /**
   * Keep a card open whose sentence is still marked, though perhaps in another place.
   *
   * @param {OpenCard} open
   * @param {readonly PlacedSentence[]} placed
   */
  function stay(open, placed) {
    const { block, start } = open.sentence;
    const sentence = placed.find((one) => one.block === block && one.start === start);
    if (!sentence || !Sourcemark.view.painted().includes(sentence)) return close();
    open.sentence = sentence;
    place();
  }

  /**
   * Listen to the pointer, where there are marks: in the page, and in frames of the same site.
   *
   * @param {Set<Document>} documents
   */
  function watch(documents) {
    watching = new AbortController();
    const { signal } = watching;
    for (const document of documents) {
      document.addEventListener("pointermove", (event) => onMove(event, document), { signal, passive: true });
      document.addEventListener("click", (event) => onClick(event, document), { signal });
    }
  }

  function unwatch() {
    watching?.abort();
    watching = null;
    clearTimeout(resting);
  }

  /**
   * @param {PointerEvent} event
   * @param {Document} document  that it happened in
   */
  function onMove(event, document) {
    if (!event.isTrusted) return;
    clearTimeout(resting);
    // a pressed button selects or drags, and a finger that moves scrolls
    if (event.buttons !== 0 || event.pointerType === "touch" || Sourcemark.surface.holds(event)) return;
    const point = { x: event.clientX, y: event.clientY, document };
    resting = setTimeout(() => rest(point), REST);
  }

  /** @param {Point} point */
  function rest(point) {
    // a page may have taken an open card away
    if ((card?.kept && card.element.isConnected) || isSelecting(point.document)) return;
    const sentence = sentenceAt(point);
    if (!sentence) close();
    else if (sentence !== card?.sentence) show(sentence, { kept: false, point });
  }

  /**
   * @param {MouseEvent} event
   * @param {Document} document  that it happened in
   */
  function onClick(event, document) {
    if (!event.isTrusted || Sourcemark.surface.holds(event) || isSelecting(document)) return;
    const [target] = event.composedPath();
    if (/** @type {Partial<Element>} */ (target).closest?.(CONTROLS)) return;
    const point = { x: event.clientX, y: event.clientY, document };
    const sentence = sentenceAt(point);
    if (sentence) show(sentence, { kept: true, point });
    else close();
  }

  /** @param {Document} document */
  function isSelecting(document) {
    return document.getSelection()?.isCollapsed === false;
  }

  /**
   * @param {Point} point
   * @returns {PlacedSentence | null}
   */
  function sentenceAt({ x, y, document }) {
    const painted = Sourcemark.view.painted().filter(({ range }) => range?.startContainer.ownerDocument === document);
    const roots = new Set(painted.map(({ range }) => /** @type {Range} */ (range).startContainer.getRootNode()));
    const shadowRoots = /** @type {ShadowRoot[]} */ ([...roots].filter((root) => root !== document));
    const hits = highlightsAt({ x, y, document }, shadowRoots);
    const hit = painted.find(({ range }) => range && hits.includes(range));
    if (hit) return hit;
    // Chromium finds no highlight on a `::first-letter`
    const caret = document.caretPositionFromPoint(x, y, { shadowRoots });
    if (!caret) return null;
    const { offsetNode, offset } = caret;
    const found = painted.find(({ range }) => range?.startContainer.getRootNode() === offsetNode.getRootNode() && range.isPointInRange(offsetNode, offset));
    // the caret is the nearest one, which may be far from the pointer
    return found?.range && lineAt(found.range, { x, y, document }) >= 0 ? found : null;
  }

  /**
   * Return the painted ranges at a point; none where the browser cannot tell, or they are no highlights.
   *
   * @param {Point} point
   * @param {readonly ShadowRoot[]} shadowRoots
   * @returns {AbstractRange[]}
   */
  function highlightsAt({ x, y, document }, shadowRoots) {
    // Chromium 140, Firefox 150
    const registry = /** @type {any} */ (document.defaultView)?.CSS.highlights;
    if (!registry?.highlightsFromPoint || Sourcemark.painter !== Sourcemark.painters.highlight) return [];
    return registry.highlightsFromPoint(x, y, { shadowRoots }).flatMap((/** @type {{ranges: AbstractRange[]}} */ { ranges }) => [...ranges]);
  }

  /**
   * @param {Range} range
   * @param {Point} point
   * @returns {number} which of its lines is there, or -1
   */
  function lineAt(range, { x, y }) {
    return [...range.getClientRects()].findIndex(({ left, right, top, bottom }) => left <= x && x <= right && top <= y && y <= bottom);
  }

  /**
   * @param {PlacedSentence} sentence
   * @param {{kept: boolean, point: Point | null}} how
   */
  function show(sentence, { kept, point }) {
    const { range } = sentence;
    if (!range) return;
    const before = card?.before ?? Sourcemark.surface.focused() ?? document.activeElement;
    close({ restoreFocus: false });
    const { element, evidence } = Sourcemark.explain(sentence);
    const line = point ? lineAt(range, point) : -1;
    const indent = point && line >= 0 ? point.x - range.getClientRects()[line].left - 24 : 0;
    card = { sentence, element, kept, line, indent, before: before instanceof HTMLElement ? before : null };
    Sourcemark.surface.show(element);
    // it does not go any more when the pointer leaves it
    Sourcemark.hear(element, "click", () => {
      if (card?.element === element) card.kept = true;
    });
    Sourcemark.evidence.light(evidence);
    place();
    following = new AbortController();
    const { signal } = following;
    // before the page hears of it: Escape closes what is on top first
    window.addEventListener("keydown", onKey, { signal, capture: true });
    for (const view of new Set([window, range.startContainer.ownerDocument?.defaultView])) {
      view?.addEventListener("scroll", place, { signal, capture: true, passive: true });
    }
    window.addEventListener("resize", place, { signal, passive: true });
    const growth = new ResizeObserver(fit);
    growth.observe(element);
    signal.addEventListener("abort", () => growth.disconnect());
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (!event.isTrusted || event.key !== "Escape") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    close();
  }

  function close({ restoreFocus = true } = {}) {
    clearTimeout(resting);
    following?.abort();
    following = null;
    if (!card) return;
    const { element, before } = card;
    const hadFocus = Sourcemark.surface.focused() !== null && element.contains(Sourcemark.surface.focused());
    card = null;
    Sourcemark.evidence.clear();
    Sourcemark.surface.remove(element);
    if (hadFocus && restoreFocus) before?.focus();
  }

  /** Put the card under the line it belongs to, or above it where there is no room. */
  function place() {
    const range = card?.sentence.range;
    if (!card || !range) return;
    const { element, indent } = card;
    const line = [...range.getClientRects()].at(card.line);
    if (!line) return;
    const { offsetWidth: width, offsetHeight: height } = element;
    const corner = cornerOf(range);
    const below = corner.y + line.bottom + 2;
    const above = corner.y + line.top - 2 - height;
    const top = below + height <= innerHeight - MARGIN || above < MARGIN ? below : above;
    element.style.left = `${clamp(corner.x + line.left + indent, MARGIN, document.documentElement.clientWidth - width - MARGIN)}px`;
    element.style.top = `${clamp(top, MARGIN, innerHeight - height - MARGIN)}px`;
  }

  /** Keep a card that has grown in the window, and under the pointer: on the side of the line where it is. */
  function fit() {
    if (!card) return;
    const { element } = card;
    element.style.top = `${clamp(Number.parseFloat(element.style.top), MARGIN, innerHeight - element.offsetHeight - MARGIN)}px`;
  }

  /**
   * Return where the document of a range begins in the window: for a frame, where the frame is.
   *
   * @param {Range} range
   */
  function cornerOf({ startContainer }) {
    const corner = { x: 0, y: 0 };
    let view = startContainer.ownerDocument?.defaultView;
    while (view && view !== window && view.frameElement) {
      const { left, top } = view.frameElement.getBoundingClientRect();
      corner.x += left + view.frameElement.clientLeft;
      corner.y += top + view.frameElement.clientTop;
      view = /** @type {Window & typeof globalThis} */ (view.parent);
    }
    return corner;
  }

  /**
   * @param {number} value
   * @param {number} least
   * @param {number} most
   */
  function clamp(value, least, most) {
    return Math.max(least, Math.min(value, most));
  }
}
