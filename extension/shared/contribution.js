/**
 * A correction as the reader gives it to the service: what is sent, and nothing else. See docs/api.md,
 * `POST /v1/corrections`.
 */

import { LABEL_IDS } from "./labels.js";
import { isRecord } from "./messages.js";

const LONGEST_SENTENCE = 20_000;
const LONGEST_MODEL = 200;

/**
 * @typedef {object} Contribution
 * @property {string} model       id of the model that set the label
 * @property {string | null} before  the sentence before it in the article, null for the first one
 * @property {string} sentence
 * @property {string | null} after   the sentence after it, null for the last one
 * @property {string} given       label id, as the reader was shown it
 * @property {string | null} proposed  label id, null where the reader says that no source stands behind it
 */

/**
 * Return what a page says a reader gives, or null where that makes no sense. Nothing more is taken along.
 *
 * @param {unknown} value
 * @returns {Contribution | null}
 */
export function readContribution(value) {
  if (!isRecord(value)) return null;
  const { model, before, sentence, after, given, proposed } = value;
  const fits =
    isText(model, LONGEST_MODEL) &&
    isText(sentence, LONGEST_SENTENCE) &&
    (before === null || isText(before, LONGEST_SENTENCE)) &&
    (after === null || isText(after, LONGEST_SENTENCE)) &&
    isLabel(given) &&
    (proposed === null || isLabel(proposed)) &&
    given !== proposed;
  return fits ? { model, before, sentence, after, given, proposed } : null;
}

/**
 * Whether this is what the service gives for a correction: who has it can take the correction back.
 *
 * @param {unknown} value
 * @returns {value is string}
 */
export function isReceipt(value) {
  return typeof value === "string" && /^[\w-]{22}$/.test(value);
}

/**
 * @param {unknown} value
 * @param {number} longest  UTF-16 units
 * @returns {value is string}
 */
function isText(value, longest) {
  return typeof value === "string" && value.length > 0 && value.length <= longest;
}

/**
 * @param {unknown} value
 * @returns {value is string}
 */
function isLabel(value) {
  return typeof value === "string" && LABEL_IDS.includes(value);
}
