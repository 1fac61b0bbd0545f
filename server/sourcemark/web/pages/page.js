// The page at "/": takes a pasted text or an example, and shows it with its sentences marked.

import * as reading from "./reading.js";
import * as service from "./service.js";

/** @import { Sentence } from "./service.js" */

const form = element("form", HTMLFormElement);
const text = element("text", HTMLTextAreaElement);
const choice = element("example", HTMLSelectElement);
const status = element("status", HTMLElement);
const result = element("result", HTMLElement);
const title = element("result-title", HTMLElement);
const details = element("details", HTMLElement);

// an answer that comes after the reader has asked for another one is thrown away
let current = new AbortController();

/** @type {Promise<service.About> | undefined} */
let known;

/** @type {Element | null} */
let asker = null;

form.addEventListener("submit", (event) => {
  event.preventDefault();
  mark("Your text");
});

element("show-example", HTMLButtonElement).addEventListener("click", async () => {
  try {
    const example = await service.example(choice.value);
    text.value = example.paragraphs.join("\n\n");
    mark(example.title);
  } catch (error) {
    fail(error);
  }
});

element("close-details", HTMLButtonElement).addEventListener("click", closeDetails);
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape" && !details.hidden) closeDetails();
});

start();

async function start() {
  try {
    element("legend", HTMLElement).replaceChildren(...reading.legend(await about()));
    const { examples } = await service.examples();
    choice.replaceChildren(...examples.map(({ id, title }) => new Option(title, id)));
    element("examples", HTMLElement).hidden = examples.length === 0;
  } catch (error) {
    fail(error);
  }
}

/** @param {string} heading */
async function mark(heading) {
  current.abort();
  const asked = new AbortController();
  current = asked;
  const paragraphs = paragraphsOf(text.value);
  if (paragraphs.length === 0) {
    hideResult();
    status.textContent = "There is no text yet. Paste an article above, or choose an example.";
    text.focus();
    return;
  }
  status.textContent = "Reading the text …";
  try {
    const labels = await about();
    const answer = await service.label(paragraphs, asked.signal);
    if (asked.signal.aborted) return;
    const show = (/** @type {Sentence} */ sentence) => {
      const { title, body } = reading.details(sentence, paragraphs, labels);
      element("details-title", HTMLElement).textContent = title;
      element("details-body", HTMLElement).replaceChildren(...body);
      details.hidden = false;
      // on a small screen the explanation lies over the text: keep in sight what it explains
      asker = document.activeElement;
      asker?.scrollIntoView({ block: "nearest" });
    };
    details.hidden = true;
    title.textContent = heading;
    element("counts", HTMLElement).replaceChildren(...reading.counts(answer, labels));
    element("article", HTMLElement).replaceChildren(...reading.article(paragraphs, answer, labels, show));
    result.hidden = false;
    status.textContent = summary(answer);
    title.focus();
  } catch (error) {
    if (!asked.signal.aborted) fail(error);
  }
}

/** @param {service.Answer} answer */
function summary({ sentences, skipped }) {
  const marked = sentences.filter(({ state }) => state === "labelled").length;
  const read = `${sentences.length === 1 ? "1 sentence" : `${sentences.length} sentences`} read, ${marked} marked.`;
  const left =
    skipped.length > 0
      ? ` ${skipped.length === 1 ? "1 paragraph was" : `${skipped.length} paragraphs were`} not checked; the text says why.`
      : "";
  return marked > 0 ? `${read}${left} Choose a letter in the text to see why.` : `${read}${left}`;
}

/**
 * Say what went wrong. The pasted text stays where it is.
 * @param {unknown} error
 */
function fail(error) {
  hideResult();
  if (!(error instanceof service.ServiceError)) throw error;
  status.textContent = text.value ? `${error.message} Your text is still here.` : error.message;
}

function hideResult() {
  // marks of an earlier text beside a message about this one would mislead
  result.hidden = true;
  details.hidden = true;
}

function closeDetails() {
  // the reader goes back to the letter, and it explains itself once more when it gets the focus: hide last
  if (asker instanceof HTMLElement) asker.focus();
  details.hidden = true;
}

/** What the labels mean. Asked once; after a failure, asked again. */
function about() {
  known ??= service.about().catch((error) => {
    known = undefined;
    throw error;
  });
  return known;
}

/**
 * The paragraphs of a pasted text: a blank line parts them, a single line break is a space.
 * @param {string} pasted
 */
function paragraphsOf(pasted) {
  return pasted
    .toWellFormed()
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.replaceAll(/\s*\n\s*/g, " ").trim())
    .filter((paragraph) => paragraph !== "");
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {{new (): T}} kind
 * @returns {T}
 */
function element(id, kind) {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} “${id}”.`);
  return found;
}
