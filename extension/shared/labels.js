/**
 * The three labels as the extension draws them. What they mean, in words, stands in
 * `_locales/en/messages.json` and is compared with the service's own texts by a test.
 */

/**
 * @typedef {object} Label
 * @property {string} id        the label's name in the service's answer
 * @property {string} letter    stands for the label where there is no room for its name
 * @property {string} highlight its name in `CSS.highlights`, and in content/highlights.css
 * @property {"solid" | "dashed" | "dotted"} line  the underline; it carries the meaning, colour only supports it
 */

/** @type {readonly Label[]} */
export const LABELS = Object.freeze([
  { id: "official_statement", letter: "O", highlight: "sourcemark-official_statement", line: "solid" },
  { id: "anonymous_claim", letter: "A", highlight: "sourcemark-anonymous_claim", line: "dashed" },
  { id: "eyewitness_quote", letter: "E", highlight: "sourcemark-eyewitness_quote", line: "dotted" },
]);

export const LABEL_IDS = Object.freeze(LABELS.map((label) => label.id));

/** What can be said of a sentence: labelled, no source found, or not sure. */
export const STATES = Object.freeze(["labelled", "none", "unsure"]);
