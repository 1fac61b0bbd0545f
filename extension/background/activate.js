/** Putting the content scripts into a page, once, and talking to them. */

import { PAGE_REPORT } from "../shared/messages.js";

/** Classic scripts: they share one scope and run in this order. */
export const SCRIPTS = [
  "content/namespace.js",
  "content/furniture.js",
  "content/text-runs.js",
  "content/text-map.js",
  "content/vendor/Readability.js",
  "content/readability.js",
  "content/article.js",
  "content/frames.js",
  "content/selection.js",
  "content/reading.js",
  "content/watcher.js",
  "content/registries.js",
  "content/painter-highlight.js",
  "content/painter-mark.js",
  "content/view.js",
  "content/look.js",
  "content/surface.js",
  "content/contribution.js",
  "content/preview.js",
  "content/giving.js",
  "content/disagreement.js",
  "content/explanation.js",
  "content/card.js",
  "content/list.js",
  "content/take-along.js",
  "content/messages.js",
  "content/main.js",
];
export const STYLES = ["content/highlights.css", "content/marks.css"];
/** What the settings can change about the marks; it comes after the styles, and wins. */
const VARIANTS = { thick: "content/lines-thick.css", plain: "content/fills-none.css" };

/**
 * Make sure the content scripts are in the tab's main frame.
 *
 * @param {number} tabId
 * @returns {Promise<boolean>} false where the browser does not let extensions into the page
 */
export async function activate(tabId) {
  if (await isActive(tabId)) return true;
  try {
    await chrome.scripting.insertCSS({ target: { tabId }, files: STYLES });
    await chrome.scripting.executeScript({ target: { tabId }, files: SCRIPTS });
  } catch {
    // the browsers word this differently: internal pages, stores, error pages, a tab just closed
    return false;
  }
  // on some of its own pages Firefox says that the scripts ran, and they did not
  return isActive(tabId);
}

/**
 * Draw the marks of a tab as the settings say.
 *
 * @param {number} tabId
 * @param {{line: string, fill: boolean}} style
 */
export async function applyStyle(tabId, { line, fill }) {
  for (const [file, isWanted] of /** @type {const} */ ([[VARIANTS.thick, line === "thick"], [VARIANTS.plain, !fill]])) {
    const injection = { target: { tabId }, files: [file] };
    // at most once: a sheet that is inserted twice has to be removed twice
    await chrome.scripting.removeCSS(injection).catch(() => {});
    if (isWanted) await chrome.scripting.insertCSS(injection).catch(() => {});
  }
}

/** @param {number} tabId */
async function isActive(tabId) {
  return (await ask(tabId, { type: PAGE_REPORT })) !== undefined;
}

/**
 * Ask the content script of a tab, and return its answer.
 *
 * @param {number} tabId
 * @param {{type: string} & Record<string, unknown>} message
 * @returns {Promise<unknown>} undefined where there is no content script
 */
export async function ask(tabId, message) {
  try {
    return await chrome.tabs.sendMessage(tabId, message, { frameId: 0 });
  } catch {
    return undefined;
  }
}
