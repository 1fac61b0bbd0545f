/**
 * The report: takes the marked article from the page to a page of the extension. It is kept in memory
 * (`storage.session`) as long as that page's tab is open, and never reaches the disk.
 */

import { PAGE_ARTICLE, isRecord } from "../shared/messages.js";
import { isMarkedArticle } from "../shared/passages.js";
import { ask } from "./activate.js";

/** @import { Problem } from "../shared/messages.js" */

const TAB = "report-tab-";

/**
 * Open the report of what is marked in a tab.
 *
 * @param {number} tabId
 * @returns {Promise<Problem | null>}
 */
export async function openReport(tabId) {
  const reply = await ask(tabId, { type: PAGE_ARTICLE });
  const article = isRecord(reply) ? reply.article : null;
  if (!isMarkedArticle(article)) return { kind: "page_changed" };
  const key = `report-${crypto.randomUUID()}`;
  // before there is a tab, so that the page never comes too early
  await chrome.storage.session.set({ [key]: article });
  const tab = await chrome.tabs.create({ url: chrome.runtime.getURL(`report/report.html#${key}`) });
  await chrome.storage.session.set({ [TAB + tab.id]: key });
  return null;
}

/**
 * Forget the report that was shown in a tab, if there was one.
 *
 * @param {number} tabId
 */
export async function forgetReport(tabId) {
  const tab = TAB + tabId;
  const { [tab]: key } = await chrome.storage.session.get(tab);
  if (key !== undefined) await chrome.storage.session.remove([tab, String(key)]);
}
