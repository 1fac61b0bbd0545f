/**
 * Where a reader disagreed with a label. Kept on this computer until the reader deletes it, and given
 * to nobody unless the reader does.
 */

import { LABEL_IDS } from "./labels.js";
import { isRecord } from "./messages.js";

/** @import { Model } from "./messages.js" */

const KEY = "corrections";
const LONGEST_SENTENCE = 20_000;

/**
 * @typedef {object} Correction
 * @property {string} sentence
 * @property {string} shown    label id
 * @property {string} chosen   label id, or "none"
 * @property {Model | null} model  what set the label that was shown
 * @property {string} date     ISO 8601, UTC
 * @property {string} [address]  of the page, where the reader has switched that on
 */

/** @typedef {Pick<chrome.storage.StorageArea, "get" | "set" | "remove">} Area */

/**
 * Return what a page says a reader chose, or null where that makes no sense.
 *
 * @param {unknown} value
 * @returns {Omit<Correction, "date" | "address"> | null}
 */
export function readChoice(value) {
  if (!isRecord(value)) return null;
  const { sentence, shown, chosen, model } = value;
  const fits =
    typeof sentence === "string" &&
    sentence.length > 0 &&
    sentence.length <= LONGEST_SENTENCE &&
    typeof shown === "string" &&
    LABEL_IDS.includes(shown) &&
    typeof chosen === "string" &&
    (chosen === "none" || LABEL_IDS.includes(chosen)) &&
    chosen !== shown;
  return fits ? { sentence, shown, chosen, model: readModel(model) } : null;
}

/**
 * @param {Area} [area]
 * @returns {Promise<Correction[]>} the oldest first
 */
export async function loadCorrections(area = chrome.storage.local) {
  const { [KEY]: stored } = await area.get(KEY);
  return Array.isArray(stored) ? stored.filter((correction) => readChoice(correction) && typeof correction.date === "string") : [];
}

/**
 * Keep a correction. A later one of the same label of the same sentence takes its place.
 *
 * @param {Correction} correction
 * @param {Area} [area]
 */
export async function keepCorrection(correction, area = chrome.storage.local) {
  const isSame = (/** @type {Correction} */ { sentence, shown, model }) =>
    sentence === correction.sentence && shown === correction.shown && model?.id === correction.model?.id;
  await inTurn(async () => {
    const others = (await loadCorrections(area)).filter((other) => !isSame(other));
    await area.set({ [KEY]: [...others, correction] });
  });
}

/** @param {Area} [area] */
export async function deleteCorrections(area = chrome.storage.local) {
  await inTurn(() => area.remove(KEY));
}

/** @type {Promise<unknown>} */
let last = Promise.resolve();

/**
 * Do one thing after the other: two pages may tell theirs at once, and the second must not write over the first.
 *
 * @param {() => Promise<unknown>} change
 */
async function inTurn(change) {
  const turn = last.then(change);
  last = turn.catch(() => {});
  await turn;
}

/**
 * One JSON object a line.
 *
 * @param {readonly Correction[]} corrections
 */
export function toJsonLines(corrections) {
  return corrections.map((correction) => `${JSON.stringify(correction)}\n`).join("");
}

/**
 * @param {unknown} value
 * @returns {Model | null}
 */
function readModel(value) {
  if (!isRecord(value)) return null;
  const { name, version, id } = value;
  return typeof name === "string" && typeof version === "string" && typeof id === "string" ? { name, version, id } : null;
}
