/**
 * What the background takes for a request, and from whom. Who speaks is the browser's word, never the
 * message's; what is said is data, and what does not fit is not heard.
 */

import { isReceipt, readContribution } from "../shared/contribution.js";
import { readChoice } from "../shared/corrections.js";
import {
  ARRIVED,
  CORRECT,
  COUNT,
  GIVE,
  LABEL,
  RECIPIENT,
  TAKE_BACK,
  isCount,
  isLabelRequest,
  isPopupRequest,
  isRecord,
} from "../shared/messages.js";

/** @import { Contribution } from "../shared/contribution.js" */
/** @import { Correction } from "../shared/corrections.js" */
/** @import { Block } from "../shared/messages.js" */

/**
 * @typedef {object} Own         how the browser names this extension
 * @property {string} id
 * @property {string} address    of its pages, with the slash at its end
 *
 * @typedef {Pick<chrome.runtime.MessageSender, "id" | "url" | "origin" | "frameId"> & {tab?: {id?: number}}} Sender
 *
 * @typedef {{type: string, tabId: number}} PopupRequest  about the page in a tab
 *
 * @typedef {object} LabelRequest  for text that came after the rest
 * @property {typeof LABEL} type
 * @property {number} tabId
 * @property {Block[]} blocks
 * @property {string} title      of the page
 *
 * @typedef {{type: typeof COUNT, tabId: number, count: number}} CountNotice
 * @typedef {{type: typeof CORRECT, tabId: number, choice: Omit<Correction, "date" | "address"> | null, url: string | undefined}} CorrectNotice
 * @typedef {{type: typeof ARRIVED, tabId: number, origin: string}} ArrivedNotice
 * @typedef {{type: typeof RECIPIENT, tabId: number}} RecipientRequest
 * @typedef {{type: typeof GIVE, tabId: number, contribution: Contribution, host: string}} GiveRequest  `host` as the reader was told
 * @typedef {{type: typeof TAKE_BACK, tabId: number, id: string, host: string}} TakeBackRequest
 *
 * @typedef {LabelRequest | CountNotice | CorrectNotice | ArrivedNotice | RecipientRequest | GiveRequest | TakeBackRequest} PageRequest
 */

/**
 * Return what the popup asks, or null where it is not one of the extension's own pages that speaks.
 *
 * @param {unknown} message
 * @param {Sender} sender
 * @param {Own} own
 * @returns {PopupRequest | null}
 */
export function readPopupRequest(message, sender, own) {
  if (!isOwnPage(sender, own) || !isPopupRequest(message)) return null;
  return { type: message.type, tabId: message.tabId };
}

/**
 * Return what a page's content script asks or tells, or null where it is none of ours: the only ones we
 * have are in the main frames of tabs.
 *
 * @param {unknown} message
 * @param {Sender} sender
 * @param {Own} own
 * @returns {PageRequest | null}
 */
export function readPageRequest(message, sender, own) {
  const { id, url, origin, frameId, tab } = sender;
  const tabId = tab?.id;
  if (id !== own.id || isOwnPage(sender, own) || frameId !== 0 || !isCount(tabId) || !isRecord(message)) return null;
  switch (message.type) {
    case LABEL:
      return isLabelRequest(message) ? { type: LABEL, tabId, blocks: message.blocks, title: message.title ?? "" } : null;
    case COUNT:
      return isCount(message.count) ? { type: COUNT, tabId, count: message.count } : null;
    case CORRECT:
      // one that makes no sense is answered all the same: the reader is told that it was not kept
      return { type: CORRECT, tabId, choice: readChoice(message.correction), url };
    case RECIPIENT:
      return { type: RECIPIENT, tabId };
    case GIVE:
      return readGiveRequest(message, tabId);
    case TAKE_BACK:
      return readTakeBackRequest(message, tabId);
    case ARRIVED: {
      const site = origin ?? (url !== undefined && URL.canParse(url) ? new URL(url).origin : undefined);
      return site === undefined ? null : { type: ARRIVED, tabId, origin: site };
    }
    default:
      return null;
  }
}

/**
 * @param {Record<string, unknown>} message
 * @param {number} tabId
 * @returns {GiveRequest | null}
 */
function readGiveRequest({ contribution: brought, host }, tabId) {
  const contribution = readContribution(brought);
  return contribution !== null && typeof host === "string" ? { type: GIVE, tabId, contribution, host } : null;
}

/**
 * @param {Record<string, unknown>} message
 * @param {number} tabId
 * @returns {TakeBackRequest | null}
 */
function readTakeBackRequest({ id, host }, tabId) {
  return isReceipt(id) && typeof host === "string" ? { type: TAKE_BACK, tabId, id, host } : null;
}

/**
 * @param {Sender} sender
 * @param {Own} own
 */
function isOwnPage({ id, url }, own) {
  return id === own.id && Boolean(url?.startsWith(own.address));
}
