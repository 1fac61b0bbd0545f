/**
 * The background of the extension: takes the popup's requests, asks the page for its text, the
 * service for labels, and the page to paint them. It keeps nothing between two requests, because
 * browsers end and restart it as they like.
 */

import { activate, ask } from "./background/activate.js";
import { requestLabels } from "./background/server.js";
import {
  CLEAR,
  MARK,
  PAGE_CLEAR,
  PAGE_COLLECT,
  PAGE_PAINT,
  PAGE_REPORT,
  isBlocks,
  isPopupRequest,
  isRecord,
  isReport,
} from "./shared/messages.js";
import { loadSettings } from "./shared/settings.js";

/** @import { Outcome, Problem } from "./shared/messages.js" */

chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
  if (!isPopupRequest(message) || !isOwnPage(sender)) return false;
  handle(message.type, message.tabId).then(sendResponse, () => sendResponse(undefined));
  // keeps the channel open until the answer is there
  return true;
});

/** @param {chrome.runtime.MessageSender} sender */
function isOwnPage(sender) {
  return sender.id === chrome.runtime.id && Boolean(sender.url?.startsWith(chrome.runtime.getURL("")));
}

/**
 * @param {string} type
 * @param {number} tabId
 * @returns {Promise<Outcome>}
 */
async function handle(type, tabId) {
  const problem = type === MARK ? await mark(tabId) : null;
  const reply = await ask(tabId, { type: type === CLEAR ? PAGE_CLEAR : PAGE_REPORT });
  return { problem, report: isRecord(reply) && isReport(reply.report) ? reply.report : null };
}

/**
 * Mark a page: all of it or nothing. Marks that were there stay until new ones take their place.
 *
 * @param {number} tabId
 * @returns {Promise<Problem | null>} null where the page is marked
 */
async function mark(tabId) {
  if (!(await activate(tabId))) return { kind: "restricted_page" };

  const collected = await ask(tabId, { type: PAGE_COLLECT });
  if (!isRecord(collected)) return { kind: "page_changed" };
  if (typeof collected.problem === "string") return { kind: collected.problem };
  if (!isBlocks(collected.blocks)) return { kind: "page_changed" };

  const { serviceAddress } = await loadSettings();
  // Firefox lets people withdraw it, and the request would fail as if the service were off
  if (!(await chrome.permissions.contains({ origins: ["http://127.0.0.1/*"] }))) return { kind: "access_withheld" };

  const { answer, problem } = await requestLabels(collected.blocks, serviceAddress);
  if (problem) return problem;
  const painted = await ask(tabId, { type: PAGE_PAINT, reading: collected.reading, ...answer });
  return isRecord(painted) && painted.problem === null ? null : { kind: "page_changed" };
}
