/** Talking to the service: the only file of the extension that sends anything anywhere. */

import { isRecord } from "../shared/messages.js";
import { readAnswer } from "./answer.js";

/** @import { Block, Problem } from "../shared/messages.js" */
/** @import { Answer } from "./answer.js" */

/** Chromium ends a worker whose fetch takes longer than 30 s, without a word to the reader. */
const TIME_LIMIT = 25_000;
const LONGEST_REASON = 300;

/**
 * Ask the service for the label of every sentence.
 *
 * Only the text of the article's paragraphs is sent: no address, no title, no cookies.
 *
 * @param {readonly Block[]} blocks
 * @param {string} serviceAddress
 * @param {number} [timeLimit]  milliseconds until the answer must have arrived
 * @returns {Promise<{answer: Answer, problem: null} | {answer: null, problem: Problem}>}
 */
export async function requestLabels(blocks, serviceAddress, timeLimit = TIME_LIMIT) {
  const signal = AbortSignal.timeout(timeLimit);
  // JSON has no lone surrogates; U+FFFD takes their place and their length, so offsets still fit
  const wellFormed = blocks.map(({ id, text }) => ({ id, text: text.toWellFormed() }));
  try {
    const response = await fetch(`${serviceAddress}/v1/label`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ offsets: "utf-16", blocks: wellFormed }),
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
  if (status === 503) return { kind: "not_ready" };
  const reason = [json.title, json.detail].filter((words) => typeof words === "string").join(". ");
  return { kind: "refused", reason: reason.slice(0, LONGEST_REASON) };
}
