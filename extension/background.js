/**
 * The background of the extension: hears what the popup, the keyboard and the pages ask, and has it
 * done. It keeps nothing between two requests, because browsers end and restart it as they like.
 */

import { ask, applyStyle } from "./background/activate.js";
import { showCount, showProblem } from "./background/badge.js";
import { give, recipient, takeBack } from "./background/giving.js";
import { askService, mark, viewOf } from "./background/marking.js";
import { forgetReport, openReport } from "./background/report.js";
import { readPageRequest, readPopupRequest } from "./background/requests.js";
import { isAlwaysMarked, watchSites } from "./background/sites.js";
import { keepCorrection } from "./shared/corrections.js";
import {
  ARRIVED,
  CLEAR,
  CORRECT,
  COUNT,
  GIVE,
  LABEL,
  LIST,
  MARK,
  PAGE_CLEAR,
  PAGE_LIST,
  PAGE_REPORT,
  PAGE_TOGGLE,
  PAGE_VIEW,
  RECIPIENT,
  TAKE_ALONG,
  TAKE_BACK,
  TOGGLE,
  isRecord,
  isReport,
} from "./shared/messages.js";
import { loadSettings } from "./shared/settings.js";

/** @import { ArrivedNotice, CorrectNotice, PageRequest, PopupRequest } from "./background/requests.js" */
/** @import { Outcome } from "./shared/messages.js" */

const own = { id: chrome.runtime.id, address: chrome.runtime.getURL("") };

chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
  const ofPopup = readPopupRequest(message, sender, own);
  const ofPage = readPageRequest(message, sender, own);
  const answer = ofPopup ? answerPopup(ofPopup) : ofPage ? answerPage(ofPage) : null;
  if (answer === null) return false;
  answer.then(sendResponse, () => sendResponse(undefined));
  // keeps the channel open until the answer is there
  return true;
});

chrome.commands.onCommand.addListener(async (command, tab) => {
  if (tab?.id === undefined) return;
  const { report } = await standing(tab.id, PAGE_REPORT);
  const problem = report === null ? await mark(tab.id) : null;
  if (problem !== null) await showProblem(tab.id, problem);
  else if (command === "list") await ask(tab.id, { type: PAGE_LIST });
  else if (report !== null) await ask(tab.id, { type: PAGE_TOGGLE });
});

chrome.storage.onChanged.addListener(async (changes, area) => {
  if (area !== "local") return;
  if (changes.sites) await watchSites();
  if (changes.labels || changes.painter || changes.style) await showSettings();
});

// a new version starts without the sites that the old one watched
chrome.runtime.onInstalled.addListener(() => void watchSites());

chrome.tabs.onRemoved.addListener((tabId) => void forgetReport(tabId));

/**
 * @param {PopupRequest} request
 * @returns {Promise<Outcome>}
 */
async function answerPopup({ type, tabId }) {
  const problem = type === MARK ? await mark(tabId) : type === TAKE_ALONG ? await openReport(tabId) : null;
  /** @type {Record<string, string>} */
  const questions = { [CLEAR]: PAGE_CLEAR, [TOGGLE]: PAGE_TOGGLE, [LIST]: PAGE_LIST };
  const outcome = await standing(tabId, questions[type] ?? PAGE_REPORT);
  return { ...outcome, problem: problem ?? outcome.problem };
}

/**
 * Ask a page something, and return what stands on it then.
 *
 * @param {number} tabId
 * @param {string} type
 * @returns {Promise<Outcome>}
 */
async function standing(tabId, type) {
  const reply = await ask(tabId, { type });
  if (!isRecord(reply)) return { problem: null, report: null, hidden: false };
  // a page may have had to be left alone since it was marked
  const problem = typeof reply.problem === "string" ? { kind: reply.problem } : null;
  return { problem, report: isReport(reply.report) ? reply.report : null, hidden: reply.hidden === true };
}

/**
 * @param {PageRequest} request
 * @returns {Promise<unknown>}
 */
async function answerPage(request) {
  switch (request.type) {
    case LABEL:
      // the answer goes to the page that asked, and nowhere else
      return askService(request.blocks, request.title);
    case COUNT:
      return showCount(request.tabId, request.count);
    case CORRECT:
      return correct(request);
    case RECIPIENT:
      return recipient();
    case GIVE:
      return give(request.contribution, request.host);
    case TAKE_BACK:
      return takeBack(request.id, request.host);
    case ARRIVED:
      return arrived(request);
  }
}

/** @param {CorrectNotice} notice */
async function correct({ choice, url }) {
  if (choice === null) return { kept: false };
  const { keepAddress } = await loadSettings();
  const address = keepAddress && url !== undefined ? { address: url } : {};
  await keepCorrection({ ...choice, date: new Date().toISOString(), ...address });
  return { kept: true };
}

/**
 * A page of a site that is always marked was opened.
 *
 * @param {ArrivedNotice} notice
 */
async function arrived({ tabId, origin }) {
  // patterns name no port, so other sites of the same host come here, too
  if (!(await isAlwaysMarked(origin))) return;
  const problem = await mark(tabId);
  // pages of the site that are no articles are no news
  if (problem !== null && problem.kind !== "no_article") await showProblem(tabId, problem);
}

/** Show the marks of every tab as the settings say now: one change after the other, so that the last one wins. */
async function showSettings() {
  await navigator.locks.request("settings", async () => {
    const settings = await loadSettings();
    for (const { id } of await chrome.tabs.query({})) {
      if (id === undefined || (await ask(id, { type: PAGE_VIEW, view: viewOf(settings) })) === undefined) continue;
      await applyStyle(id, settings.style);
    }
  });
}
