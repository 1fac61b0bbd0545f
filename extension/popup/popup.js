/** The popup: what can be done with the page, what was done, and what the marks mean. */

import { LABELS } from "../shared/labels.js";
import { CLEAR, LIST, MARK, REPORT, TAKE_ALONG, TOGGLE } from "../shared/messages.js";
import { element, fillTexts, text } from "../shared/page.js";
import { loadSettings } from "../shared/settings.js";
import { showSiteChoice } from "./site.js";
import { wordsFor, wordsForDestination } from "./words.js";

/** @import { Outcome, Report } from "../shared/messages.js" */

const button = {
  mark: element("mark", HTMLButtonElement),
  clear: element("clear", HTMLButtonElement),
  toggle: element("toggle", HTMLButtonElement),
  list: element("list", HTMLButtonElement),
  report: element("report", HTMLButtonElement),
};
const status = element("status", HTMLElement);

fillTexts();
fillLabels();
const settings = await loadSettings();
const { host } = new URL(settings.serviceAddress);
element("destination", HTMLElement).textContent = wordsForDestination(settings)
  .map((words) => text(...words))
  .join(" ");

const tabId = await tabToMark();
button.mark.addEventListener("click", () => request(MARK, button.mark));
button.clear.addEventListener("click", () => request(CLEAR, button.clear));
button.toggle.addEventListener("click", () => request(TOGGLE, button.toggle));
button.list.addEventListener("click", async () => {
  await request(LIST);
  // the list has the keyboard, as soon as the popup gives it back
  window.close();
});
button.report.addEventListener("click", () => request(TAKE_ALONG, button.report));
await request(REPORT);
await showSiteChoice(tabId, { never: () => request(CLEAR), always: () => request(MARK) });

/**
 * Send a request to the background and show what came of it.
 *
 * @param {string} type
 * @param {HTMLButtonElement} [pressed]
 */
async function request(type, pressed) {
  button.mark.disabled = true;
  button.clear.disabled = true;
  if (type === MARK) status.textContent = text("status_working");
  /** @type {Outcome | undefined} */
  const outcome = await chrome.runtime.sendMessage({ type, tabId }).catch(() => undefined);
  status.textContent = wordsFor(type, outcome, host)
    .map((words) => text(...words))
    .join(" ");
  status.classList.toggle("problem", !outcome || outcome.problem !== null);
  showReport(outcome?.report ?? null);
  button.toggle.textContent = text(outcome?.hidden ? "button_show" : "button_hide");
  button.mark.disabled = false;
  button.clear.disabled = !outcome?.report;
  // a disabled button loses the keyboard's place
  if (pressed) (pressed.disabled ? button.mark : pressed).focus();
}

/** @param {Report | null} report */
function showReport(report) {
  element("result", HTMLElement).hidden = report === null;
  for (const count of document.querySelectorAll("#counts [data-count]")) {
    count.textContent = String(report?.counts[/** @type {HTMLElement} */ (count).dataset.count ?? ""] ?? 0);
  }
  const unchecked = Object.entries(report?.unchecked ?? {}).filter(([, count]) => count > 0);
  element("unchecked", HTMLElement).hidden = unchecked.length === 0;
  element("unchecked-count", HTMLElement).textContent = unchecked
    .map(([what, count]) => text(`${what}_${count === 1 ? "one" : "other"}`, String(count)))
    .join(", ");
}

/** Put the three labels at the head of the counts and of the legend. */
function fillLabels() {
  const counts = LABELS.map(({ id, letter, line }) => {
    const row = fromTemplate("label-count", letter, id, line);
    const number = /** @type {HTMLElement} */ (row.querySelector(".number"));
    number.dataset.count = id;
    return row;
  });
  const meanings = LABELS.map(({ id, letter, line }) => {
    const entry = fromTemplate("label-meaning", letter, id, line);
    for (const part of ["definition", "caution"]) {
      const place = /** @type {HTMLElement} */ (entry.querySelector(`.${part}`));
      place.textContent = text(`label_${id}_${part}`);
    }
    return entry;
  });
  element("counts", HTMLElement).prepend(...counts);
  /** @type {Element} */ (document.querySelector("#legend dl")).prepend(...meanings);
}

/**
 * @param {string} template
 * @param {string} letter
 * @param {string} id
 * @param {string} line
 */
function fromTemplate(template, letter, id, line) {
  const copy = /** @type {Element} */ (element(template, HTMLTemplateElement).content.firstElementChild?.cloneNode(true));
  copy.classList.add(line);
  /** @type {Element} */ (copy.querySelector(".letter")).textContent = letter;
  /** @type {Element} */ (copy.querySelector(".name")).textContent = text(`label_${id}_name`);
  return copy;
}

/**
 * The tab the toolbar button was pressed on; opened as a tab of its own, the popup takes it from its address.
 *
 * @returns {Promise<number | undefined>}
 */
async function tabToMark() {
  const named = new URLSearchParams(location.search).get("tabId");
  if (named !== null) return Number(named);
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  return tab?.id;
}
