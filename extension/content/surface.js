/**
 * The one element of ours in the page. It is there only while something of ours is open, in a closed
 * shadow root: the page's styles and scripts do not reach in, and ours do not reach out. See
 * docs/security/extension.md for what a page can see of it all the same.
 */
"use strict";

{
  /** @type {HTMLElement | null} */
  let host = null;
  /** @type {ShadowRoot | null} */
  let root = null;

  Sourcemark.text = (name, ...substitutions) => chrome.i18n.getMessage(name, substitutions);

  /** Make an element; strings become text, whatever they hold. */
  Sourcemark.make = (tag, className = "", ...children) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...children);
    return element;
  };

  /**
   * Hear what the reader does to an element of ours. What a script pretends they did is not heard: in
   * Firefox an event tells the page's scripts the element in the closed root that it happened to. They could
   * also carry it off, and have the reader press it elsewhere, unawares.
   */
  Sourcemark.hear = (element, type, listener) => {
    element.addEventListener(type, (event) => {
      if (event.isTrusted && element.getRootNode() === root) listener(event);
    });
  };

  Sourcemark.surface = Object.freeze({
    show(element) {
      const inside = root ?? build();
      const isInPlace = host?.parentNode === document.documentElement;
      if (isInPlace && element.parentNode === inside && element.matches(":popover-open")) return;
      // outside of the body, which frameworks write into; a page may have moved it, or taken it away
      if (!isInPlace) document.documentElement.append(/** @type {HTMLElement} */ (host));
      element.popover = "manual";
      inside.append(element);
      // the top layer: no z-index of the page is above it
      element.showPopover?.();
    },

    remove(element) {
      element.remove();
      if (!root || root.querySelector("[popover]")) return;
      host?.remove();
      host = null;
      root = null;
    },

    // from outside of a closed shadow root, whatever happens inside happens at the host
    holds: (event) => host !== null && event.target === host,

    focused: () => root?.activeElement ?? null,
  });

  function build() {
    // no name of our own: a page could define an element of that name, which is shown its closed root
    host = document.createElement("div");
    host.dataset.sourcemark = "surface";
    // not the browser's own language, for which there may be no texts
    host.lang = Sourcemark.text("language_code");
    root = host.attachShadow({ mode: "closed" });
    dress(root);
    // pages have shortcuts of their own, which are not meant for what is typed here
    for (const type of ["keydown", "keypress", "keyup", "click", "pointerdown", "pointerup", "mousedown", "mouseup"]) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
    return root;
  }

  /**
   * In Firefox a root's list of sheets is reached through the page's own objects, and a page could have
   * put itself in their place. Elsewhere a page's policy may forbid style elements.
   *
   * @param {ShadowRoot} root
   */
  function dress(root) {
    if ("wrappedJSObject" in root) {
      const style = Sourcemark.make("style");
      // only what is set in this way is the extension's own, which no policy of the page's forbids
      style.textContent = Sourcemark.look;
      root.append(style);
    } else {
      Sourcemark.adoptSheet(root)?.replaceSync(Sourcemark.look);
    }
  }
}
