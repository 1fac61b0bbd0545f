/**
 * Reading the service's answer. It is data: whatever does not fit the wire contract is left out
 * and counted, never thrown and never painted.
 */

import { LABEL_IDS, STATES } from "../shared/labels.js";
import { isCount, isRecord } from "../shared/messages.js";

/** @import { Block, Sentence, Unchecked } from "../shared/messages.js" */

/**
 * @typedef {object} Answer
 * @property {Sentence[]} sentences  in the order of the article, without overlaps
 * @property {Unchecked} unchecked   blocks without an answer, and sentences that made no sense
 */

/**
 * Return the usable part of an answer, or null where there is none.
 *
 * @param {unknown} json  the decoded body
 * @param {readonly Block[]} blocks  what was sent
 * @returns {Answer | null}
 */
export function readAnswer(json, blocks) {
  if (!isRecord(json) || !Array.isArray(json.sentences)) return null;

  const texts = new Map(blocks.map((block) => [block.id, block.text]));
  const silent = new Set(texts.keys());
  /** @type {Map<string, number>} */
  const readUpTo = new Map();
  const sentences = [];

  // offsets in another unit point at other words as soon as an emoji comes along
  const candidates = json.offsets === "utf-16" ? json.sentences : [];
  for (const candidate of candidates) {
    if (!isRecord(candidate) || typeof candidate.block !== "string") continue;
    const text = texts.get(candidate.block);
    if (text === undefined) continue;
    silent.delete(candidate.block);
    const sentence = readSentence(candidate, text);
    if (sentence === null || sentence.start < (readUpTo.get(sentence.block) ?? 0)) continue;
    readUpTo.set(sentence.block, sentence.end);
    sentences.push(sentence);
  }

  const dropped = json.sentences.length - sentences.length;
  if (sentences.length === 0 && dropped > 0) return null;
  return { sentences, unchecked: { paragraphs: silent.size, sentences: dropped } };
}

/**
 * @param {Record<string, unknown>} candidate
 * @param {string} text
 * @returns {Sentence | null}
 */
function readSentence({ block, start, end, label, state }, text) {
  const fits =
    typeof block === "string" &&
    isCount(start) &&
    isCount(end) &&
    start < end &&
    end <= text.length &&
    !splitsCharacter(text, start) &&
    !splitsCharacter(text, end) &&
    typeof state === "string" &&
    STATES.includes(state) &&
    (state === "labelled" ? LABEL_IDS.includes(String(label)) : label === null);
  return fits ? { block, start, end, state, label: state === "labelled" ? String(label) : null } : null;
}

/**
 * Whether a boundary falls between the two halves of a surrogate pair.
 *
 * @param {string} text
 * @param {number} index
 */
function splitsCharacter(text, index) {
  const before = text.charCodeAt(index - 1);
  const after = text.charCodeAt(index);
  return before >= 0xd800 && before <= 0xdbff && after >= 0xdc00 && after <= 0xdfff;
}
