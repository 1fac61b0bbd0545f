/**
 * The messages between the parts of the extension. A name says who sends and who receives:
 * the popup asks the background, the background asks the page, and the page tells the background
 * what the reader decides there.
 *
 * The content scripts cannot import a module; content/namespace.js repeats the names they
 * listen to, and a test keeps the two lists equal.
 */

export const MARK = "popup>background:mark";
export const CLEAR = "popup>background:clear";
export const REPORT = "popup>background:report";
export const TAKE_ALONG = "popup>background:article";
export const TOGGLE = "popup>background:toggle";
export const LIST = "popup>background:list";

export const PAGE_COLLECT = "background>content:collect";
export const PAGE_PAINT = "background>content:paint";
export const PAGE_CLEAR = "background>content:clear";
export const PAGE_REPORT = "background>content:report";
export const PAGE_ARTICLE = "background>content:article";
export const PAGE_VIEW = "background>content:view";
export const PAGE_TOGGLE = "background>content:toggle";
export const PAGE_LIST = "background>content:list";

export const LABEL = "content>background:label";
export const CORRECT = "content>background:correct";
export const COUNT = "content>background:count";
export const RECIPIENT = "content>background:recipient";
export const GIVE = "content>background:give";
export const TAKE_BACK = "content>background:takeback";
export const ARRIVED = "content>background:arrived";

/**
 * @typedef {object} Block  one paragraph of the article
 * @property {string} id    unique within the page
 * @property {string} text
 *
 * @typedef {object} Sentence  one sentence of a block, as the service sees it
 * @property {string} block    id of the block
 * @property {number} start    first UTF-16 unit in the block's text
 * @property {number} end      UTF-16 unit after the last one
 * @property {string | null} label  a label id; null unless `state` is "labelled"
 * @property {string} state    "labelled", "none" or "unsure"
 * @property {Record<string, number>} scores  by label id and `none`, from 0 to 1
 * @property {Speaker | null} speaker
 * @property {Evidence[]} evidence  the words that led to the label
 * @property {string} reason   one sentence in the service's words; may be empty
 *
 * @typedef {object} Speaker   on whose word a sentence rests
 * @property {string} name     as the article calls them
 * @property {boolean} named   false where the article withholds the name
 *
 * @typedef {object} Evidence  a slice of a block, like a sentence
 * @property {"source" | "cue"} kind  who speaks, or what tells that they do
 * @property {string} block    may be an earlier one, where the speaker was introduced
 * @property {number} start
 * @property {number} end
 *
 * @typedef {object} Model     what set the labels
 * @property {string} name
 * @property {string} version
 * @property {string} id
 *
 * @typedef {object} Unchecked    what nothing can be said about
 * @property {number} paragraphs  blocks the service left out
 * @property {number} sentences   sentences whose place on the page could not be found again
 *
 * @typedef {object} Report      what stands on the page now
 * @property {Record<string, number>} counts  sentences by label id, `none` and `unsure`
 * @property {Unchecked} unchecked
 * @property {boolean} [selection]  whether only what the reader had selected was read
 *
 * @typedef {object} Recipient   who would get a correction
 * @property {string} host       of the service, as a person writes it
 * @property {boolean} isHere    on this computer
 * @property {boolean} isEncrypted  nobody on the way can read along
 * @property {boolean} withToken the reader's token goes along
 *
 * @typedef {object} Problem     why the page was not marked, or a correction not given
 * @property {string} kind       see popup/words.js
 * @property {string} [reason]   the service's own words, from its problem details
 *
 * @typedef {object} Outcome     the background's answer to every request of the popup
 * @property {Problem | null} problem
 * @property {Report | null} report  null where nothing is marked
 * @property {boolean} hidden    the marks are kept, and not shown
 */

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @returns {value is number}
 */
export function isCount(value) {
  return Number.isSafeInteger(value) && /** @type {number} */ (value) >= 0;
}

/**
 * @param {unknown} value
 * @returns {value is {type: string, tabId: number}}
 */
export function isPopupRequest(value) {
  if (!isRecord(value) || typeof value.type !== "string" || !isCount(value.tabId)) return false;
  return [MARK, CLEAR, REPORT, TAKE_ALONG, TOGGLE, LIST].includes(value.type);
}

/**
 * Whether a content script asks for the labels of text that came after the rest.
 *
 * @param {unknown} value
 * @returns {value is {type: string, blocks: Block[], title?: string}}
 */
export function isLabelRequest(value) {
  return isRecord(value) && value.type === LABEL && isBlocks(value.blocks) && typeof (value.title ?? "") === "string";
}

/**
 * @param {unknown} value
 * @returns {value is Block[]}
 */
export function isBlocks(value) {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((block) => isRecord(block) && typeof block.id === "string" && typeof block.text === "string")
  );
}

/**
 * @param {unknown} value
 * @returns {value is Report}
 */
export function isReport(value) {
  return (
    isRecord(value) &&
    isRecord(value.counts) &&
    Object.values(value.counts).every(isCount) &&
    isRecord(value.unchecked) &&
    isCount(value.unchecked.paragraphs) &&
    isCount(value.unchecked.sentences)
  );
}
