/**
 * Where Readability, which the reader views of browsers are made of, sees the article of a page.
 *
 * It works on a copy, moving and dropping what it likes; the texts of the copy know which text of the
 * page they were copied from, and that is the way back.
 */
"use strict";

{
  /** Readability sometimes starts over from markup, and the way back is lost: below this share it is not followed. */
  const LEAST_MAPPED = 0.9;
  /** The share of its text that the article's element must hold. The rest is often a caption somewhere else. */
  const LEAST_HELD = 0.95;
  /** Beyond this many elements it takes too long. */
  const MOST_ELEMENTS = 20_000;

  Sourcemark.findByReadability = (page) => {
    const copy = /** @type {Document} */ (page.cloneNode(true));
    const originals = pairTexts(copy, page);
    const content = parse(copy);
    if (!content) return null;
    let total = 0;
    let mapped = 0;
    /** @type {Map<Element, number>} */
    const held = new Map();
    for (const text of textsIn(content)) {
      const length = text.data.trim().length;
      total += length;
      const original = originals.get(text);
      if (!original) continue;
      mapped += length;
      for (let element = original.parentElement; element; element = element.parentElement) {
        held.set(element, (held.get(element) ?? 0) + length);
      }
    }
    if (mapped === 0 || mapped < LEAST_MAPPED * total) return null;
    return innermost(page.documentElement, (element) => (held.get(element) ?? 0) >= LEAST_HELD * mapped);
  };

  /**
   * @param {Document} copy
   * @returns {Element | null} the article's element, made anew, with texts of the copy
   */
  function parse(copy) {
    const { Readability } = /** @type {{Readability: new (page: Document, options: object) => {parse(): {content: Element} | null}}} */ (
      /** @type {unknown} */ (globalThis)
    );
    try {
      return new Readability(copy, { serializer: (/** @type {Element} */ element) => element, maxElemsToParse: MOST_ELEMENTS }).parse()?.content ?? null;
    } catch {
      // too many elements, or a document without a body
      return null;
    }
  }

  /**
   * @param {Document} copy
   * @param {Document} page
   */
  function pairTexts(copy, page) {
    const originals = textsIn(page);
    return new WeakMap(textsIn(copy).map((text, index) => [text, originals[index]]));
  }

  /**
   * @param {Node} root
   * @returns {Text[]}
   */
  function textsIn(root) {
    const texts = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) texts.push(/** @type {Text} */ (walker.currentNode));
    return texts;
  }

  /**
   * @param {Element} root
   * @param {(element: Element) => boolean} holds
   * @returns {Element}
   */
  function innermost(root, holds) {
    const inner = [...root.children].find(holds);
    return inner ? innermost(inner, holds) : root;
  }
}
