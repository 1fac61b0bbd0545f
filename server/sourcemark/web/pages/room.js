/**
 * The reading room: takes a text at the desk, sets it like an article, and has it marked by the extension's
 * own modules. The address says what is shown: nothing for the desk, `#your-text`, or the id of an example.
 */

import { tell, listen } from "./browser.js";
import { CORRECT, MARK, PAGE_CLEAR, PAGE_LIST, PAGE_REPORT, PAGE_TOGGLE, isLabelRequest } from "/extension/shared/messages.js";
import { element, text } from "/extension/shared/page.js";
import { passagesByBlock } from "/extension/shared/passages.js";
import { wordsFor } from "/extension/popup/words.js";
import { showLegend } from "/extension/report/passages.js";
import { disagree } from "./disagreements.js";
import { answerGiving } from "./giving.js";
import { askService, mark, markedArticle, moveIn, openReport, standing } from "./marking.js";
import { FileError, articleOfFile, articleOfText, paragraphs } from "./texts.js";

/** @import { Problem } from "/extension/shared/messages.js" */
/** @import { Article } from "./texts.js" */

const OWN = "#your-text";
const TITLE = document.title;

const desk = element("desk", HTMLElement);
const room = element("room", HTMLElement);
const pasted = element("pasted", HTMLTextAreaElement);
const file = element("file", HTMLInputElement);
const title = element("title", HTMLElement);
const status = element("status", HTMLElement);
const again = element("again", HTMLButtonElement);
const tools = element("tools", HTMLElement);
const toggle = element("toggle", HTMLButtonElement);
const meanings = element("meanings", HTMLElement);

/** @type {Article | null} the reader's own text, as long as this page is open */
let own = null;

/** Counts what was asked for: an answer that comes after the reader has asked for another one is thrown away. */
let asked = 0;

/** Whether the reader's own extension has marked this page: two cards would be one too many. */
let isTaken = false;

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-text]"))) {
  place.textContent = text(place.dataset.text ?? "");
}
listen((message) => {
  if (isLabelRequest(message)) return askService(message.blocks);
  return message.type === CORRECT ? disagree(message.correction) : answerGiving(message);
});
await moveIn(element("text", HTMLElement));

element("form", HTMLFormElement).addEventListener("submit", (event) => {
  event.preventDefault();
  showOwn(articleOfText(pasted.value, "Your text"), "There is no text yet. Paste an article, choose a file, or take one of the examples.");
});
file.addEventListener("change", () => {
  const [chosen] = file.files ?? [];
  if (chosen) takeFile(chosen);
  // the same file can be chosen again
  file.value = "";
});
again.addEventListener("click", () => markRoom());
toggle.addEventListener("click", async () => tellStanding(await standing(PAGE_TOGGLE)));
element("list", HTMLButtonElement).addEventListener("click", () => tell({ type: PAGE_LIST }));
element("report", HTMLButtonElement).addEventListener("click", () => openReport());

document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (relatedTarget === null) document.body.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  const [dropped] = event.dataTransfer?.files ?? [];
  if (!dropped) return;
  // or else the browser would leave this page for the file
  event.preventDefault();
  takeFile(dropped);
});

// the content scripts of an extension that begins to work here say so
document.addEventListener("sourcemark:renewed", () => {
  isTaken = true;
  markRoom();
});

addEventListener("hashchange", route);
await Promise.all([listExamples(), route()]);

async function listExamples() {
  const { examples } = await fetchJson("/examples").catch(() => ({ examples: [] }));
  element("titles", HTMLElement).replaceChildren(
    ...examples.map((/** @type {{id: string, title: string}} */ { id, title }) => {
      const link = Object.assign(document.createElement("a"), { href: `#${id}`, textContent: title });
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
  element("examples", HTMLElement).hidden = examples.length === 0;
}

/** Show what the address says. */
async function route() {
  const { hash } = location;
  if (hash === OWN && own) return show(own);
  if (hash === "" || hash === OWN) return showDesk();
  const number = (asked += 1);
  try {
    const example = await fetchJson(`/examples/${encodeURIComponent(hash.slice(1))}`);
    if (number === asked) await show({ title: example.title, paragraphs: paragraphs(example.paragraphs) });
  } catch {
    if (number === asked) showDesk("That article is not here, or the service has stopped. Take another one, or start the service again.");
  }
}

/** @param {string} address */
async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response.json();
}

/** @param {string} [words] */
function showDesk(words = "") {
  asked += 1;
  leave();
  room.hidden = true;
  desk.hidden = false;
  document.title = TITLE;
  status.textContent = words;
}

/** @param {File} brought */
async function takeFile(brought) {
  const number = (asked += 1);
  try {
    const article = await articleOfFile(brought);
    if (number === asked) showOwn(article);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    status.textContent = error.message;
  }
}

/**
 * @param {Article} article
 * @param {string} [words]  where it is empty
 */
function showOwn(article, words) {
  if (article.paragraphs.length === 0) {
    status.textContent = words ?? "";
    pasted.focus();
    return;
  }
  own = article;
  // says where the reader is, and the browser's Back leads to the desk; nothing of the text is in it
  if (location.hash !== OWN) history.pushState(null, "", OWN);
  show(article);
}

/** @param {Article} article */
async function show(article) {
  leave();
  desk.hidden = true;
  room.hidden = false;
  document.title = article.title;
  title.textContent = article.title;
  element("text", HTMLElement).replaceChildren(
    ...article.paragraphs.map(({ tag, text }) => Object.assign(document.createElement(tag), { textContent: text, dir: "auto" })),
  );
  scrollTo(0, 0);
  title.focus();
  await markRoom();
}

/** Take away what belongs to the article before. */
function leave() {
  void tell({ type: PAGE_CLEAR });
  tools.hidden = true;
  again.hidden = true;
  meanings.hidden = true;
}

async function markRoom() {
  const number = (asked += 1);
  leave();
  if (isTaken) {
    status.textContent = "Your Sourcemark extension marks this page now; its button in the toolbar does the rest.";
    return;
  }
  if (!CSS.highlights) {
    status.textContent = "This browser is too old to show the marks. Update it, or use a current Firefox, Chrome or Edge.";
    return;
  }
  status.textContent = text("status_working");
  const problem = await mark({
    painter: element("elements", HTMLInputElement).checked ? "mark" : "highlight",
    hidden: element("hidden", HTMLInputElement).checked,
  });
  if (number === asked) tellStanding({ ...(await standing(PAGE_REPORT)), problem });
}

/**
 * Say what stands on the page, in the extension's words.
 *
 * @param {Awaited<ReturnType<typeof standing>>} outcome
 */
async function tellStanding(outcome) {
  /** @type {Problem | null} */
  const problem = outcome.problem;
  const words = wordsFor(MARK, outcome, location.host);
  status.textContent = words.map((each) => text(...each)).join(" ");
  status.classList.toggle("problem", problem !== null);
  toggle.textContent = text(outcome.hidden ? "button_show" : "button_hide");
  tools.hidden = outcome.report === null;
  again.hidden = problem === null;
  const article = await markedArticle();
  meanings.hidden = article === null;
  if (article) showLegend(element("legend", HTMLElement), element("meaning", HTMLTemplateElement), passagesByBlock(article).flat());
}
