/**
 * An article to take along, and its text cut into passages: every sentence with what is said of it, and
 * every stretch of which nothing is said. The report and the downloads all start from here.
 */

import { LABEL_IDS, STATES } from "./labels.js";
import { isBlocks, isCount, isRecord } from "./messages.js";

/** @import { Block, Model, Sentence } from "./messages.js" */

/** What is said of text that nobody looked at, or that could not be found on the page again. */
export const UNCHECKED = "unchecked";

const PASSAGE_STATES = Object.freeze([...STATES, UNCHECKED]);

/**
 * @typedef {object} Positioned
 * @property {{start: number, end: number} | null} position  in the text of the whole page, in code points,
 *   as the Web Annotation model counts; null where it is not known
 *
 * @typedef {Sentence & Positioned} MarkedSentence  its `state` may be "unchecked", too
 *
 * @typedef {object} MarkedArticle
 * @property {string} address
 * @property {string} date      ISO 8601, when it was read
 * @property {string} title     empty where the page has none
 * @property {Model | null} model
 * @property {Block[]} blocks
 * @property {MarkedSentence[]} sentences  in the order of the article, without overlaps
 *
 * @typedef {MarkedSentence & {text: string}} Passage
 */

/**
 * Return the passages of an article by block. Together they hold all of its words.
 *
 * @param {MarkedArticle} article
 * @returns {Passage[][]}
 */
export function passagesByBlock({ blocks, sentences }) {
  return blocks.map((block) => {
    /** @type {Passage[]} */
    const passages = [];
    let end = 0;
    for (const sentence of sentences.filter((each) => each.block === block.id)) {
      passages.push(...gap(block, end, sentence.start), { ...sentence, text: block.text.slice(sentence.start, sentence.end) });
      end = sentence.end;
    }
    return [...passages, ...gap(block, end, block.text.length)];
  });
}

/**
 * @param {Block} block
 * @param {number} from
 * @param {number} to
 * @returns {Passage[]}
 */
function gap({ id, text }, from, to) {
  const between = text.slice(from, to);
  const start = from + between.length - between.trimStart().length;
  const words = between.trim();
  if (words === "") return [];
  const slice = { block: id, start, end: start + words.length, text: words };
  return [{ ...slice, state: UNCHECKED, label: null, scores: {}, speaker: null, evidence: [], reason: "", position: null }];
}

/**
 * Return the words that led to a sentence's label, in the order they were given.
 *
 * @param {MarkedArticle} article
 * @param {MarkedSentence} sentence
 * @param {string} kind  "source" or "cue"
 */
export function evidenceOf({ blocks }, { evidence }, kind) {
  return evidence
    .filter((found) => found.kind === kind)
    .map(({ block, start, end }) => blocks.find(({ id }) => id === block)?.text.slice(start, end) ?? "");
}

/**
 * Whether this is an article as another part of the extension wrote it down.
 *
 * @param {unknown} value
 * @returns {value is MarkedArticle}
 */
export function isMarkedArticle(value) {
  if (!isRecord(value) || !isBlocks(value.blocks) || !Array.isArray(value.sentences)) return false;
  const { address, date, title, model } = value;
  if (typeof address !== "string" || !URL.canParse(address) || typeof date !== "string" || Number.isNaN(Date.parse(date))) return false;
  if (typeof title !== "string" || !isModel(model)) return false;
  const lengths = new Map(value.blocks.map(({ id, text }) => [id, text.length]));
  const readUpTo = new Map();
  return value.sentences.every((sentence) => {
    if (!isMarkedSentence(sentence, lengths) || sentence.start < (readUpTo.get(sentence.block) ?? 0)) return false;
    readUpTo.set(sentence.block, sentence.end);
    return true;
  });
}

/** @param {unknown} model */
function isModel(model) {
  return model === null || (isRecord(model) && ["name", "version", "id"].every((key) => typeof model[key] === "string"));
}

/**
 * @param {unknown} value
 * @param {Map<string, number>} lengths  UTF-16 units of each block
 * @returns {value is MarkedSentence}
 */
function isMarkedSentence(value, lengths) {
  if (!isRecord(value) || !isSlice(value, lengths) || !PASSAGE_STATES.includes(String(value.state))) return false;
  const { label, state, scores, speaker, evidence, reason, position } = value;
  return (
    (state === "labelled" ? LABEL_IDS.includes(String(label)) : label === null) &&
    isRecord(scores) &&
    Object.values(scores).every(Number.isFinite) &&
    (speaker === null || (isRecord(speaker) && typeof speaker.name === "string")) &&
    Array.isArray(evidence) &&
    evidence.every((found) => isSlice(found, lengths)) &&
    typeof reason === "string" &&
    (position === null || (isRecord(position) && isCount(position.start) && isCount(position.end)))
  );
}

/**
 * @param {unknown} value
 * @param {Map<string, number>} lengths
 */
function isSlice(value, lengths) {
  if (!isRecord(value)) return false;
  const { block, start, end } = value;
  return isCount(start) && isCount(end) && start < end && end <= (lengths.get(String(block)) ?? 0);
}
