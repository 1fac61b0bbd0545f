/**
 * Painting with the CSS Custom Highlight API: the page's elements stay as they are.
 *
 * Nothing here iterates `CSS.highlights` or a `Highlight`: in a content script Firefox refuses it
 * ("Xray wrapping of iterators not supported").
 */
"use strict";

{
  /** Stands above the marks, see content/highlights.css. */
  const EVIDENCE = "sourcemark-evidence";

  const highlight = Object.freeze({
    changesPage: false,

    /** Replace all marks of the page by these. */
    paint(/** @type {readonly Mark[]} */ marks) {
      for (const name of Sourcemark.highlights) {
        const ranges = marks.filter((mark) => mark.highlight === name).map((mark) => mark.range);
        Sourcemark.setHighlight(name, ranges);
      }
    },

    /** Take all marks away. */
    clear() {
      for (const name of Sourcemark.highlights) Sourcemark.setHighlight(name, []);
    },
  });

  Sourcemark.painters = { ...Sourcemark.painters, highlight };
  Sourcemark.painter = highlight;

  /** The words that led to a label, lit up while its card is open. */
  Sourcemark.evidence = Object.freeze({
    light(ranges) {
      Sourcemark.setHighlight(EVIDENCE, ranges, 1);
    },

    clear() {
      Sourcemark.setHighlight(EVIDENCE, []);
    },
  });
}
