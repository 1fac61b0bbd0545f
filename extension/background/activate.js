/** Putting the content scripts into a page, once, and talking to them. */

import { PAGE_REPORT } from "../shared/messages.js";

/** Classic scripts: they share one scope and run in this order. */
const SCRIPTS = [
  "content/namespace.js",
  "content/furniture.js",
  "content/text-runs.js",
  "content/text-map.js",
  "content/article.js",
  "content/painter-highlight.js",
  "content/main.js",
];
const STYLES = ["content/highlights.css"];

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
