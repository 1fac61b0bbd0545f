/**
 * Reading the service's answer. It is data: whatever does not fit the wire contract is left out
 * and counted, never thrown and never painted. What explains a label may be missing; the label
 * then stands alone.
 */

import { LABEL_IDS, STATES } from "../shared/labels.js";
import { isCount, isRecord } from "../shared/messages.js";

/** @import { Block, Evidence, Model, Sentence, Speaker, Unchecked } from "../shared/messages.js" */

const LONGEST_REASON = 500;
const LONGEST_NAME = 200;

/**
 * @typedef {object} Answer
 * @property {Sentence[]} sentences  in the order of the article, without overlaps
 * @property {Unchecked} unchecked   blocks without an answer, and sentences that made no sense
 * @property {Model | null} model    what answered, where it says so
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
    const sentence = readSentence(candidate, text, texts);
    if (sentence === null || sentence.start < (readUpTo.get(sentence.block) ?? 0)) continue;
    readUpTo.set(sentence.block, sentence.end);
    sentences.push(sentence);
  }

  const dropped = json.sentences.length - sentences.length;
  if (sentences.length === 0 && dropped > 0) return null;
  return { sentences, unchecked: { paragraphs: silent.size, sentences: dropped }, model: readModel(json.model) };
}

/**
 * @param {Record<string, unknown>} candidate
 * @param {string} text
 * @param {ReadonlyMap<string, string>} texts  of all blocks, by id
 * @returns {Sentence | null}
 */
function readSentence(candidate, text, texts) {
  const { block, label, state } = candidate;
  const slice = readSlice(candidate, text);
  const fits =
    typeof block === "string" &&
    slice !== null &&
    typeof state === "string" &&
    STATES.includes(state) &&
    (state === "labelled" ? LABEL_IDS.includes(String(label)) : label === null);
  if (!fits) return null;
  return {
    block,
    ...slice,
    state,
    label: state === "labelled" ? String(label) : null,
    scores: readScores(candidate.scores),
    speaker: readSpeaker(candidate.speaker),
    evidence: readEvidence(candidate.evidence, texts),
    reason: readText(candidate.reason, LONGEST_REASON),
  };
}

/**
 * @param {Record<string, unknown>} candidate
 * @param {string} text
 */
function readSlice({ start, end }, text) {
  const fits =
    isCount(start) &&
    isCount(end) &&
    start < end &&
    end <= text.length &&
    !splitsCharacter(text, start) &&
    !splitsCharacter(text, end);
  return fits ? { start, end } : null;
}

/**
 * @param {unknown} value
 * @returns {Record<string, number>} only of classes that are known, and only numbers from 0 to 1
 */
function readScores(value) {
  if (!isRecord(value)) return {};
  /** @type {Record<string, number>} */
  const scores = {};
  for (const id of [...LABEL_IDS, "none"]) {
    const score = Object.hasOwn(value, id) ? value[id] : undefined;
    if (typeof score === "number" && score >= 0 && score <= 1) scores[id] = score;
  }
  return scores;
}

/**
 * @param {unknown} value
 * @returns {Speaker | null}
 */
function readSpeaker(value) {
  if (!isRecord(value) || typeof value.named !== "boolean") return null;
  const name = readText(value.name, LONGEST_NAME);
  return name === "" ? null : { name, named: value.named };
}

/**
 * @param {unknown} value
 * @param {ReadonlyMap<string, string>} texts
 * @returns {Evidence[]}
 */
function readEvidence(value, texts) {
  /** @type {Evidence[]} */
  const evidence = [];
  for (const candidate of Array.isArray(value) ? value : []) {
    if (!isRecord(candidate) || typeof candidate.block !== "string") continue;
    const { block, kind } = candidate;
    if (kind !== "source" && kind !== "cue") continue;
    const text = texts.get(block);
    const slice = text === undefined ? null : readSlice(candidate, text);
    if (slice !== null) evidence.push({ kind, block, ...slice });
  }
  return evidence;
}

/**
 * @param {unknown} value
 * @returns {Model | null}
 */
function readModel(value) {
  if (!isRecord(value)) return null;
  const [name, version, id] = [value.name, value.version, value.id].map((text) => readText(text, LONGEST_NAME));
  return name && version && id ? { name, version, id } : null;
}

/**
 * @param {unknown} value
 * @param {number} longest  UTF-16 units
 */
function readText(value, longest) {
  return typeof value === "string" ? value.slice(0, longest).toWellFormed() : "";
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
