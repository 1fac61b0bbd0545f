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
 * Ask the service for the label of every sentence.
 *
 * Only the text of the article's paragraphs is sent, and its title where the reader switched that on:
 * no address, no cookies.
 *
 * @param {readonly Block[]} blocks
 * @param {object} options
 * @param {string} options.serviceAddress
 * @param {string} [options.token]      for a service that wants one
 * @param {string} [options.title]      of the page
 * @param {number} [options.timeLimit]  milliseconds until the answer must have arrived
 * @param {(request: SentRequest) => unknown} [options.remember]  is told what is sent
 * @returns {Promise<{answer: Answer, problem: null} | {answer: null, problem: Problem}>}
 */
export async function requestLabels(blocks, { serviceAddress, token = "", title, timeLimit = TIME_LIMIT, remember }) {
  const signal = AbortSignal.timeout(timeLimit);
  // JSON has no lone surrogates; U+FFFD takes their place and their length, so offsets still fit
  const wellFormed = blocks.map(({ id, text }) => ({ id, text: text.toWellFormed() }));
  const method = "POST";
  const address = `${serviceAddress}/v1/label`;
  /** @type {Record<string, string>} */
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ offsets: "utf-16", ...(title ? { title: title.toWellFormed() } : {}), blocks: wellFormed });
  await remember?.({ date: new Date().toISOString(), method, address, headers, body, withToken: token !== "" });
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
    const json = parse(await response.text());
    if (!response.ok) return failed(refusal(response.status, json));
    const answer = readAnswer(json, blocks);
    return answer ? { answer, problem: null } : failed({ kind: "unreadable" });
  } catch {
    // the browsers name the error differently, depending on how far the answer had come
    return failed({ kind: signal.aborted ? "timeout" : "unreachable" });
  }
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
 * Name the reason for an error status, from problem details (RFC 9457) where the service gave them.
 *
 * @param {number} status
 * @param {unknown} json
 * @returns {Problem}
 */
function refusal(status, json) {
  if (!isRecord(json) || typeof json.title !== "string") return { kind: "unreadable" };
  if (status === 503) return json.type === BUSY ? { kind: "busy" } : { kind: "not_ready" };
  const reason = [json.title, json.detail].filter((words) => typeof words === "string").join(". ");
  return { kind: "refused", reason: reason.slice(0, LONGEST_REASON) };
}
