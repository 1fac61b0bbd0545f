/**
 * The one global of the content scripts. They are classic scripts: a content script cannot import
 * a module unless the module is opened to every page. Files run in the order of
 * background/activate.js, and a second run replaces functions with themselves.
 */
"use strict";


/**
 * @typedef {object} Segment      a stretch of a block's text that stands in one node
 * @property {Text | Element} node  a text node, or a `<br>` that reads as one space
 * @property {number} nodeStart   first UTF-16 unit in the node's data
 * @property {number} textStart   first UTF-16 unit in the block's text
 * @property {number} length      UTF-16 units, the same on both sides
 *
 * @typedef {object} TextRun      text that flows together, as a reader sees it
 * @property {Element} container  the nearest block-level element
 * @property {string} text        whitespace collapsed, ends trimmed
 * @property {Segment[]} segments in the order of the text, without overlaps
 * @property {number} linked      UTF-16 units of the text that stand in links
 *
 * @typedef {object} TextBlock    one paragraph of the article, with the way back to the page
 * @property {string} id
 * @property {string} text
 * @property {Segment[]} segments
 *
 * @typedef {object} Mark
 * @property {string} highlight   name in `CSS.highlights`
 * @property {Range} range
 */

/**
 * @typedef {object} SourcemarkNamespace
 * @property {readonly string[]} highlights  every name the painter may use, in the order of the labels
 * @property {Readonly<Record<"collect" | "paint" | "clear" | "report", string>>} messages
 * @property {(element: Element, style: CSSStyleDeclaration) => boolean} isUnseen
 * @property {(element: Element, root: Element, isBlock: boolean) => boolean} isFurniture
 * @property {(run: TextRun) => boolean} isByline
 * @property {(text: string) => string} normalise
 * @property {(text: string) => boolean} hasSentence
 * @property {(node: Node) => node is Text} isText
 * @property {(root: Element) => TextRun[]} textRuns
 * @property {(range: Range) => string} textOf
 * @property {(root: Element) => TextBlock[]} buildTextMap
 * @property {(block: TextBlock, start: number, end: number) => Range | null} rangeFor
 * @property {(document: Document) => Element | null} findArticle
 * @property {{paint: (marks: readonly Mark[]) => void, clear: () => void}} painter
 * @property {boolean} [listening]
 */

/** @type {SourcemarkNamespace} */
var Sourcemark = globalThis.Sourcemark ?? /** @type {any} */ ({});

Sourcemark.highlights = Object.freeze([
  "sourcemark-official_statement",
  "sourcemark-anonymous_claim",
  "sourcemark-eyewitness_quote",
]);

Sourcemark.messages = Object.freeze({
  collect: "background>content:collect",
  paint: "background>content:paint",
  clear: "background>content:clear",
  report: "background>content:report",
});
