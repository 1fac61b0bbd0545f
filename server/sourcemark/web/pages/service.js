// Talks to the service that this page came from. Every failure becomes a ServiceError in plain words.

/** @typedef {{id: string, name: string, definition: string, caution: string}} Label */
/** @typedef {{none: string, unsure: string, skipped: string}} Unmarked */
/** @typedef {{labels: Label[], unmarked: Unmarked}} About */
/** @typedef {{kind: string, block: string, start: number, end: number}} Evidence */
/**
 * @typedef {object} Sentence
 * @property {string} block
 * @property {number} start UTF-16 code units, as every offset here
 * @property {number} end
 * @property {string | null} label
 * @property {"labelled" | "none" | "unsure"} state
 * @property {Record<string, number>} scores
 * @property {{name: string, named: boolean} | null} speaker
 * @property {Evidence[]} evidence
 * @property {string} reason
 */
/**
 * @typedef {object} Answer
 * @property {Sentence[]} sentences
 * @property {{block: string, reason: string}[]} skipped
 * @property {Record<string, number>} summary
 */
/** @typedef {{id: string, title: string}} ExampleTitle */
/** @typedef {{id: string, title: string, paragraphs: string[]}} Example */

/** What went wrong, in words for the reader. */
export class ServiceError extends Error {}

/** @returns {Promise<About>} */
export const about = () => request("/v1/about");

/** @returns {Promise<{examples: ExampleTitle[]}>} */
export const examples = () => request("/examples");

/**
 * @param {string} id
 * @returns {Promise<Example>}
 */
export const example = (id) => request(`/examples/${encodeURIComponent(id)}`);

/**
 * Label the paragraphs of an article; block ids are their indices.
 * @param {string[]} paragraphs
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
export const label = (paragraphs, signal) =>
  request("/v1/label", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ blocks: paragraphs.map((text, index) => ({ id: String(index), text })) }),
    signal,
  });

/**
 * @param {string} path
 * @param {RequestInit} [options]
 * @returns {Promise<any>}
 */
async function request(path, options) {
  let response;
  let body;
  try {
    response = await fetch(path, options);
    body = await response.json();
  } catch (error) {
    // a request that this page gave up itself is no failure to tell about
    if (options?.signal?.aborted) throw error;
    throw new ServiceError("Sourcemark does not answer. Start it again in the terminal, then try once more.");
  }
  if (!response.ok) throw new ServiceError(inWords(body));
  return body;
}

/** @param {{detail: string, limit?: number}} problem */
function inWords({ detail, limit }) {
  return limit === undefined ? detail : `${detail} The limit is ${limit.toLocaleString("en")}.`;
}
