/** How the report draws what is said of a passage: by line, letter and word, and never by colour alone. */

import { LABELS, STATES } from "../shared/labels.js";
import { text } from "../shared/page.js";
import { UNCHECKED } from "../shared/passages.js";

/** @import { Passage } from "../shared/passages.js" */

/**
 * @typedef {object} Kind       one answer to "what is said of this passage?"
 * @property {string} id        a label id or a state
 * @property {string} sign      stands in front of the passage; the reporter's own text has none
 * @property {string} line      a class of report.css
 * @property {string} name
 * @property {string} definition
 * @property {string} caution   what it does not mean; may be empty
 */

/** @returns {Kind[]} the labels and the three kinds of blank, in the order of the legend */
function kinds() {
  const labels = LABELS.map(({ id, letter, line }) => ({
    id,
    sign: letter,
    line,
    name: text(`label_${id}_name`),
    definition: text(`label_${id}_definition`),
    caution: text(`label_${id}_caution`),
  }));
  const [, none, unsure] = STATES;
  return [
    ...labels,
    { id: none, sign: "", line: none, name: text("count_none"), definition: text("label_none_definition"), caution: text("legend_none_caution") },
    { id: unsure, sign: "?", line: unsure, name: text("count_unsure"), definition: text("legend_unsure"), caution: "" },
    { id: UNCHECKED, sign: "–", line: UNCHECKED, name: text("count_unchecked"), definition: text("legend_unchecked"), caution: "" },
  ];
}

/** @param {Passage} passage */
function kindOf({ label, state }) {
  return label ?? state;
}

/**
 * @param {HTMLElement} legend
 * @param {HTMLTemplateElement} template
 * @param {readonly Passage[]} passages  all of the article's, to be counted
 */
export function showLegend(legend, template, passages) {
  legend.replaceChildren(
    ...kinds().map((kind) => {
      const entry = /** @type {Element} */ (template.content.firstElementChild?.cloneNode(true));
      const count = passages.filter((passage) => kindOf(passage) === kind.id).length;
      /** @param {string} part */
      const place = (part) => /** @type {HTMLElement} */ (entry.querySelector(`.${part}`));
      place("name").append(drawn(kind, kind.name));
      place("number").textContent = text(count === 1 ? "passages_one" : "passages_other", String(count));
      place("number").dataset.count = kind.id;
      place("definition").textContent = kind.definition;
      place("caution").textContent = kind.caution;
      return entry;
    }),
  );
}

/**
 * @param {HTMLElement} place
 * @param {readonly Passage[][]} blocks
 */
export function showText(place, blocks) {
  const byId = new Map(kinds().map((kind) => [kind.id, kind]));
  place.replaceChildren(
    ...blocks.map((passages) => {
      const paragraph = document.createElement("p");
      paragraph.dir = "auto";
      for (const passage of passages) {
        const kind = /** @type {Kind} */ (byId.get(kindOf(passage)));
        if (paragraph.hasChildNodes()) paragraph.append(" ");
        paragraph.append(drawn(kind, passage.text, true));
      }
      return paragraph;
    }),
  );
}

/**
 * @param {Kind} kind
 * @param {string} words
 * @param {boolean} [spoken]  whether to name the kind to those who do not see its sign
 */
function drawn({ id, line, name, sign }, words, spoken = false) {
  const drawing = document.createElement(LABELS.some((label) => label.id === id) ? "mark" : "span");
  drawing.classList.add(line);
  drawing.dataset.kind = id;
  if (sign) {
    drawing.append(part("sign", sign), ...(spoken ? [part("spoken", `${name}: `)] : []));
    // holds the sign on the line of the first word
    drawing.append("\u00a0");
  }
  drawing.append(part("words", words));
  return drawing;
}

/**
 * @param {string} className
 * @param {string} words
 */
function part(className, words) {
  const span = document.createElement("span");
  span.className = className;
  span.textContent = words;
  // read aloud, the kind's name stands in for its sign
  if (className === "sign") span.ariaHidden = "true";
  return span;
}
