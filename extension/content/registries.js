/**
 * Highlights in every document and shadow root of a page that has marked text.
 *
 * A registry belongs to one document, so a frame has its own. The rules of content/highlights.css are
 * in the page's main document only; what stands elsewhere adopts them: frames, and shadow roots too,
 * which Firefox does not let highlights be inherited into (csswg-drafts#12497).
 */
"use strict";

{
  const PROPERTIES = [
    "background-color", "text-decoration-line", "text-decoration-style", "text-decoration-color",
    "text-decoration-thickness", "text-decoration-skip-ink", "text-underline-offset",
  ];

  /** @typedef {Window & typeof globalThis} PageWindow */
  /** @type {Map<string, Set<PageWindow>>} */
  const windowsWith = new Map();
  /** @type {Map<Document | ShadowRoot, CSSStyleSheet>} */
  const adopted = new Map();

  /** Make a highlight of these ranges, wherever on the page they are, in the place of the one with this name. */
  Sourcemark.setHighlight = (name, ranges, priority = 0) => {
    for (const window of windowsWith.get(name) ?? []) window.CSS.highlights.delete(name);
    windowsWith.delete(name);
    /** @type {Map<PageWindow, Range[]>} */
    const byWindow = new Map();
    for (const range of ranges) {
      const window = range.startContainer.ownerDocument?.defaultView;
      if (window) byWindow.set(window, [...(byWindow.get(window) ?? []), range]);
    }
    for (const [window, own] of byWindow) {
      const highlight = new window.Highlight(...own);
      highlight.priority = priority;
      window.CSS.highlights.set(name, highlight);
    }
    if (byWindow.size > 0) windowsWith.set(name, new Set(byWindow.keys()));
    else if (windowsWith.size === 0) disownAll();
    adoptRules(ranges);
  };

  /** @param {readonly Range[]} ranges */
  function adoptRules(ranges) {
    const trees = new Set(ranges.map((range) => range.startContainer.getRootNode()));
    trees.delete(document);
    if (trees.size === 0) return;
    const rules = [...Sourcemark.highlights, "sourcemark-evidence"].map(ruleOf).join("\n");
    for (const tree of /** @type {Set<Document | ShadowRoot>} */ (trees)) {
      const sheet = adopted.get(tree) ?? Sourcemark.adoptSheet(tree);
      if (!sheet) continue;
      adopted.set(tree, sheet);
      sheet.replaceSync(rules);
    }
  }

  /**
   * Copy the rule of a highlight as it is in force now.
   *
   * @param {string} name
   */
  function ruleOf(name) {
    const style = getComputedStyle(document.documentElement, `::highlight(${name})`);
    const declarations = PROPERTIES.map((property) => `${property}: ${style.getPropertyValue(property)};`);
    return `::highlight(${name}) { ${declarations.join(" ")} }`;
  }

  /** Give a document or a shadow root a style sheet more, empty for now. No policy of the page's forbids that. */
  Sourcemark.adoptSheet = (tree) => {
    const window = (tree.ownerDocument ?? /** @type {Document} */ (tree)).defaultView;
    if (!window) return undefined;
    // a sheet may only be adopted in the document that made it
    const sheet = new window.CSSStyleSheet();
    sheetsOf(tree).push(asPageSees(sheet));
    return sheet;
  };

  function disownAll() {
    for (const [tree, sheet] of adopted) {
      const sheets = sheetsOf(tree);
      const index = sheets.indexOf(asPageSees(sheet));
      if (index >= 0) sheets.splice(index, 1);
    }
    adopted.clear();
  }

  /** @param {Document | ShadowRoot} tree */
  function sheetsOf(tree) {
    return asPageSees(tree).adoptedStyleSheets;
  }

  /**
   * In Firefox a content script sees the page's objects through a wrapper, and lists of sheets not at all.
   *
   * @template {object} T
   * @param {T} object
   * @returns {T}
   */
  function asPageSees(object) {
    return /** @type {{wrappedJSObject?: T}} */ (object).wrappedJSObject ?? object;
  }
}
