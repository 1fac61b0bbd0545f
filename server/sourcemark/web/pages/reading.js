// Puts a labelled article on the page: the marks, the counts, the legend, and why a sentence is marked.
// Text is only ever set as text, never read as HTML.

/** @import { About, Answer, Sentence } from "./service.js" */

const NO_SOURCE = "No source found";
const NOT_SURE = "Not sure";
const NOT_CHECKED = "Not checked";
// a reason that is not here yet is told without its why
const WHY_SKIPPED = new Map([
  ["too-long", "this paragraph is too long"],
  ["not-english", "this paragraph is not in English"],
]);

/**
 * @param {About} about
 * @returns {Node[]}
 */
export function legend(about) {
  const { none, unsure, skipped } = about.unmarked;
  return [
    ...about.labels.flatMap(({ id, name, definition, caution }) => [
      element("dt", {}, marked(id, name, name)),
      element("dd", {}, definition, " ", element("em", {}, caution)),
    ]),
    element("dt", {}, NO_SOURCE),
    element("dd", {}, none),
    element("dt", {}, NOT_SURE, " ", letter("?")),
    element("dd", {}, unsure),
    element("dt", {}, NOT_CHECKED),
    element("dd", {}, skipped),
  ];
}

/**
 * @param {Answer} answer
 * @param {About} about
 * @returns {Node[]}
 */
export function counts({ summary, skipped }, about) {
  const rows = [
    ...about.labels.map(({ id, name }) => ({ id, name, count: summary[id] })),
    { id: "none", name: NO_SOURCE, count: summary.none },
    { id: "unsure", name: NOT_SURE, count: summary.unsure },
    { id: "skipped", name: `${NOT_CHECKED} (paragraphs)`, count: skipped.length },
  ];
  return rows.map(({ id, name, count }) =>
    element("li", { "data-count": id }, `${name} `, element("strong", {}, String(count))),
  );
}

/**
 * One paragraph for each block, its sentences marked.
 * @param {string[]} paragraphs
 * @param {Answer} answer
 * @param {About} about
 * @param {(sentence: Sentence) => void} show called when the reader asks about a sentence
 * @returns {Node[]}
 */
export function article(paragraphs, answer, about, show) {
  const skipped = new Map(answer.skipped.map(({ block, reason }) => [block, reason]));
  const sentences = Map.groupBy(answer.sentences, ({ block }) => block);
  return paragraphs.map((text, index) => {
    const id = String(index);
    const reason = skipped.get(id);
    if (reason !== undefined) {
      const why = WHY_SKIPPED.get(reason);
      const note = element("span", { class: "note" }, why ? `${NOT_CHECKED}: ${why}.` : `${NOT_CHECKED}.`);
      return element("p", { class: "skipped" }, note, text);
    }
    return paragraph(text, sentences.get(id) ?? [], about, show);
  });
}

/**
 * @param {string} text
 * @param {Sentence[]} sentences
 * @param {About} about
 * @param {(sentence: Sentence) => void} show
 */
function paragraph(text, sentences, about, show) {
  const parts = [];
  let end = 0;
  for (const sentence of sentences) {
    parts.push(text.slice(end, sentence.start), part(text.slice(sentence.start, sentence.end), sentence, about, show));
    end = sentence.end;
  }
  return element("p", {}, ...parts, text.slice(end));
}

/**
 * @param {string} text
 * @param {Sentence} sentence
 * @param {About} about
 * @param {(sentence: Sentence) => void} show
 */
function part(text, sentence, about, show) {
  if (sentence.state === "none") return text;
  const name = nameOf(sentence, about);
  // the letter is the button: the sentence stays text that can be selected and read out as a whole
  const button = element("button", { type: "button", class: "letter", "aria-label": `${name}: why?` }, initial(name));
  button.setAttribute("aria-controls", "details");
  const whole =
    sentence.label === null
      ? element("span", { class: "unsure" }, text, button)
      : element("mark", { "data-label": sentence.label }, text, button);
  button.addEventListener("focus", () => show(sentence));
  whole.addEventListener("click", () => {
    // a click that ends a selection is no question
    if (document.getSelection()?.isCollapsed === false) return;
    button.focus();
    show(sentence);
  });
  return whole;
}

/**
 * Why a sentence is marked: its heading and what stands below.
 * @param {Sentence} sentence
 * @param {string[]} paragraphs
 * @param {About} about
 * @returns {{title: string, body: Node[]}}
 */
export function details(sentence, paragraphs, about) {
  const { speaker, evidence, reason, scores } = sentence;
  const body = [element("p", {}, reason)];
  if (speaker) {
    const name = speaker.named ? speaker.name : `“${speaker.name}”, not named`;
    body.push(element("p", {}, element("b", {}, "Speaker: "), name));
  }
  if (evidence.length > 0) {
    const words = evidence.map(({ block, start, end }) => `“${paragraphs[Number(block)].slice(start, end)}”`);
    body.push(element("p", {}, element("b", {}, "Read from: "), words.join(", ")));
  }
  const names = [...about.labels, { id: "none", name: NO_SOURCE }];
  const rows = names
    .map(({ id, name }) => ({ name, score: scores[id] }))
    .sort((one, other) => other.score - one.score)
    .map(({ name, score }) => element("li", {}, `${name}: ${likelihood(score)}`));
  body.push(element("ul", { class: "scores", "aria-label": "How likely each label is" }, ...rows));
  const caution = about.labels.find(({ id }) => id === sentence.label)?.caution;
  if (caution) body.push(element("p", {}, element("em", {}, caution)));
  return { title: nameOf(sentence, about), body };
}

/** @param {number} score */
function likelihood(score) {
  const words = [
    { from: 0.9, word: "very likely" },
    { from: 0.65, word: "likely" },
    { from: 0.35, word: "possible" },
    { from: 0.1, word: "unlikely" },
    { from: 0, word: "very unlikely" },
  ];
  const word = words.find(({ from }) => score >= from)?.word;
  // a model is never certain: no "100 in 100", no "0 in 100"
  const share = score > 0.99 ? "over 99" : score < 0.01 ? "under 1" : Math.round(score * 100);
  return `${word} (${share} in 100)`;
}

/**
 * @param {Sentence} sentence
 * @param {About} about
 */
function nameOf(sentence, about) {
  return about.labels.find(({ id }) => id === sentence.label)?.name ?? NOT_SURE;
}

/** @param {string} name */
function initial(name) {
  return name === NOT_SURE ? "?" : name[0];
}

/**
 * @param {string} label
 * @param {string} name
 * @param {string} text
 */
function marked(label, name, text) {
  return element("mark", { "data-label": label }, text, letter(initial(name)));
}

/** @param {string} text */
function letter(text) {
  return element("span", { class: "letter", "aria-hidden": "true" }, text);
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
