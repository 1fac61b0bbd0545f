/** The number on the toolbar button: how many sentences of the tab are marked. */

import { wordsFor } from "../popup/words.js";
import { MARK } from "../shared/messages.js";
import { loadSettings } from "../shared/settings.js";

/** @import { Problem } from "../shared/messages.js" */

/**
 * @param {number} tabId
 * @param {number} count
 */
export async function showCount(tabId, count) {
  await show(tabId, count > 0 ? String(count) : "", chrome.i18n.getMessage("action_title"));
}

/**
 * Say what went wrong where no popup is open that could.
 *
 * @param {number} tabId
 * @param {Problem} problem
 */
export async function showProblem(tabId, problem) {
  const { host } = new URL((await loadSettings()).serviceAddress);
  const [words] = wordsFor(MARK, { problem, report: null, hidden: false }, host);
  const [name, ...substitutions] = words;
  await show(tabId, "!", chrome.i18n.getMessage(name, substitutions));
}

/**
 * @param {number} tabId
 * @param {string} text
 * @param {string} title
 */
async function show(tabId, text, title) {
  try {
    await chrome.action.setBadgeBackgroundColor({ tabId, color: "#2b3a4c" });
    await chrome.action.setBadgeTextColor({ tabId, color: "#ffffff" });
    await chrome.action.setBadgeText({ tabId, text });
    await chrome.action.setTitle({ tabId, title });
  } catch {
    // the tab was closed meanwhile
  }
}
