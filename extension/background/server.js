/** Talking to the service: the only file of the extension that sends anything anywhere. */

import { isRecord } from "../shared/messages.js";
import { readAnswer } from "./answer.js";

/** @import { Block, Problem } from "../shared/messages.js" */
/** @import { Answer } from "./answer.js" */

/**
 * @typedef {object} SentRequest  as it was sent, but for the token, which is a secret
 * @property {string} date        ISO 8601
 * @property {string} method
 * @property {string} address
 * @property {Record<string, string>} headers
 * @property {string} body
 * @property {boolean} withToken
 */

/** Chromium ends a worker whose fetch takes longer than 30 s, without a word to the reader. */
const TIME_LIMIT = 25_000;
const LONGEST_REASON = 300;

const BUSY = "urn:sourcemark:problem:busy";

/**
 * @typedef {object} Service      which one, and how it is spoken to
 * @property {string} serviceAddress
 * @property {string} [token]      for a service that wants one
 * @property {number} [timeLimit]  milliseconds until the answer must have arrived
 * @property {(request: SentRequest) => unknown} [remember]  is told what is sent, where anything of the reader's is
 *
 * @typedef {{status: number, json: unknown}} Reply  of the service, whatever it is
 */

/**
 * Send one request, and wait for all of the answer. No address of a page and no cookies go along.
 *
 * @param {Service} service
 * @param {string} method
 * @param {string} path
 * @param {object} [content]  what is sent as JSON
 * @returns {Promise<Reply | {problem: Problem}>}
 */
export async function exchange({ serviceAddress, token = "", timeLimit = TIME_LIMIT, remember }, method, path, content) {
  const signal = AbortSignal.timeout(timeLimit);
  const address = `${serviceAddress}${path}`;
  /** @type {Record<string, string>} */
  const headers = content === undefined ? {} : { "Content-Type": "application/json" };
  const body = content === undefined ? undefined : JSON.stringify(content);
  if (body !== undefined) await remember?.({ date: new Date().toISOString(), method, address, headers, body, withToken: token !== "" });
  try {
    const response = await fetch(address, {
      method,
      headers: token === "" ? headers : { ...headers, Authorization: `Bearer ${token}` },
      body,
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal,
    });
    return { status: response.status, json: parse(await response.text()) };
  } catch {
    // the browsers name the error differently, depending on how far the answer had come
    return { problem: { kind: signal.aborted ? "timeout" : "unreachable" } };
  }
}

/**
 * Ask the service for the label of every sentence.
 *
 * Only the text of the article's paragraphs is sent, and its title where the reader switched that on.
 *
 * @param {readonly Block[]} blocks
 * @param {Service & {title?: string}} options  `title` is the page's
 * @returns {Promise<{answer: Answer, problem: null} | {answer: null, problem: Problem}>}
 */
export async function requestLabels(blocks, { title, ...service }) {
  // JSON has no lone surrogates; U+FFFD takes their place and their length, so offsets still fit
  const wellFormed = blocks.map(({ id, text }) => ({ id, text: text.toWellFormed() }));
  const content = { offsets: "utf-16", ...(title ? { title: title.toWellFormed() } : {}), blocks: wellFormed };
  const reply = await exchange(service, "POST", "/v1/label", content);
  if ("problem" in reply) return failed(reply.problem);
  if (!isSuccess(reply)) return failed(refusal(reply));
  const answer = readAnswer(reply.json, blocks);
  return answer ? { answer, problem: null } : failed({ kind: "unreadable" });
}

/**
 * Whether the service did what it was asked for.
 *
 * @param {Reply} reply
 */
export function isSuccess({ status }) {
  return status >= 200 && status < 300;
}

/**
 * Return the service's own words of why it did not, from problem details (RFC 9457), or null where it gave none.
 *
 * @param {Reply} reply
 */
export function reasonOf({ json }) {
  if (!isRecord(json) || typeof json.title !== "string") return null;
  return [json.title, json.detail].filter((words) => typeof words === "string").join(". ").slice(0, LONGEST_REASON);
}

/** @param {Problem} problem */
function failed(problem) {
  return { answer: null, problem };
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Name the reason why an article was not labelled.
 *
 * @param {Reply} reply
 * @returns {Problem}
 */
function refusal(reply) {
  const reason = reasonOf(reply);
  if (reason === null) return { kind: "unreadable" };
  if (reply.status === 503) return isRecord(reply.json) && reply.json.type === BUSY ? { kind: "busy" } : { kind: "not_ready" };
  return { kind: "refused", reason };
}
