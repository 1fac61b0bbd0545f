/**
 * The one element of ours in the page. It is there only while something of ours is open, in a closed
 * shadow root: the page's styles and scripts do not reach in, and ours do not reach out.
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

  Sourcemark.surface = Object.freeze({
    show(element) {
      const inside = root ?? build();
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
    host = document.createElement("sourcemark-surface");
    host.style.setProperty("display", "contents", "important");
    // not the browser's own language, for which there may be no texts
    host.lang = Sourcemark.text("language_code");
    root = host.attachShadow({ mode: "closed" });
    Sourcemark.adoptSheet(root)?.replaceSync(Sourcemark.look);
    // pages have shortcuts of their own, which are not meant for what is typed here
    for (const type of ["keydown", "keypress", "keyup", "click", "pointerdown", "pointerup", "mousedown", "mouseup"]) {
      root.addEventListener(type, (event) => event.stopPropagation());
    }
    // outside of the body, which frameworks write into
    document.documentElement.append(host);
    return root;
  }
}
