/**
 * Noticing that a page changes under its marks: late text, text made anew, another article.
 *
 * Nothing is watched until marks are shown, nothing is polled, and what a burst of changes brought
 * is looked at once, when the page is idle.
 */
"use strict";

{
  /** From here on a burst of changes is not looked through: the page is simply read again (after Dark Reader). */
  const HUGE = 1000;
  /** Milliseconds between two looks, and the longest that a busy page puts one off. */
  const PAUSE = 500;
  const PATIENCE = 1000;

  const CHANGES = {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
    attributeFilter: ["aria-hidden", "class", "hidden", "open"],
  };

  /**
   * Watch the roots of a scope, and what stands around them, until told to stop.
   *
   * `changed` is called after changes, with the elements that have come to stand beside the roots and
   * are made like them: the next articles of an endless page. It may find that nothing came of it all.
   * `left` is called where the page goes to another address by itself.
   */
  Sourcemark.watch = ({ roots }, { changed, left }) => {
    /** @type {Set<Node>} */
    const around = new Set();
    /** @type {Set<Element>} */
    const following = new Set();
    let waiting = 0;
    let looking = 0;
    let lastLook = -Infinity;

    const observer = new MutationObserver((records) => {
      if (records.length > HUGE || records.filter(matters).length > 0) lookSoon();
    });

    /** @param {MutationRecord} record */
    function matters({ target, addedNodes }) {
      if (!around.has(target)) return true;
      const alike = [...addedNodes].filter((node) => follows(node, roots[0]));
      for (const element of alike) following.add(element);
      return alike.length > 0 || !roots.every((root) => root.isConnected);
    }

    function lookSoon() {
      if (waiting || looking) return;
      const rest = Math.max(0, lastLook + PAUSE - performance.now());
      waiting = setTimeout(() => {
        waiting = 0;
        looking = requestIdleCallback(look, { timeout: PATIENCE });
      }, rest);
    }

    function look() {
      looking = 0;
      lastLook = performance.now();
      const grown = [...following];
      following.clear();
      changed(grown);
    }

    let at = addressOf(window);
    function navigated() {
      const before = at;
      at = addressOf(window);
      // an endless page rewrites its address as it goes on, and keeps its place in the history
      if (at.page !== before.page && at.key !== before.key) left();
    }

    const frame = roots[0].ownerDocument.defaultView;
    if (frame !== window) frame?.addEventListener("pagehide", left);
    window.navigation?.addEventListener("navigatesuccess", navigated);
    for (let node = parentOf(roots[0]); node; node = parentOf(node)) {
      around.add(node);
      observer.observe(node, { childList: true });
    }
    for (const root of roots) observer.observe(root, CHANGES);

    return {
      include: (nodes) => nodes.forEach((node) => observer.observe(node, CHANGES)),
      forgive: () => void observer.takeRecords(),
      stop() {
        observer.disconnect();
        clearTimeout(waiting);
        cancelIdleCallback(looking);
        window.navigation?.removeEventListener("navigatesuccess", navigated);
        frame?.removeEventListener("pagehide", left);
      },
    };
  };

  /**
   * Whether a node stands beside an element and is made like it.
   *
   * @param {Node} node
   * @param {Element} root
   * @returns {node is Element}
   */
  function follows(node, root) {
    const element = /** @type {Element} */ (node);
    return node.parentNode === root.parentNode && element.localName === root.localName && element.className === root.className;
  }

  /**
   * The place a window is at. A fragment is a place on the page, unless a site writes whole addresses into it.
   *
   * @param {Window} window
   */
  function addressOf({ location, navigation }) {
    const { origin, pathname, search, hash } = location;
    return { page: origin + pathname + search + (/^#[!/]/.test(hash) ? hash : ""), key: navigation?.currentEntry?.key };
  }

  /**
   * @param {Node} node
   * @returns {Node | null}
   */
  function parentOf(node) {
    return node.parentNode ?? (/** @type {ShadowRoot} */ (node).host ?? null);
  }
}
