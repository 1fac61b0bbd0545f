/**
 * Painting with the CSS Custom Highlight API: the page's elements stay as they are.
 *
 * Nothing here iterates `CSS.highlights` or a `Highlight`: in a content script Firefox refuses it
 * ("Xray wrapping of iterators not supported").
 */
"use strict";

Sourcemark.painter = Object.freeze({
  /** Replace all marks of the page by these. */
  paint(/** @type {readonly Mark[]} */ marks) {
    for (const name of Sourcemark.highlights) {
      const ranges = marks.filter((mark) => mark.highlight === name).map((mark) => mark.range);
      if (ranges.length > 0) CSS.highlights.set(name, new Highlight(...ranges));
      else CSS.highlights.delete(name);
    }
  },

  /** Take all marks away. */
  clear() {
    for (const name of Sourcemark.highlights) CSS.highlights.delete(name);
  },
});
