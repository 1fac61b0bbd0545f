/** What the page's side takes for a message: one of our own background's, in its shape. Nothing else is heard. */
"use strict";

{
  /** What a message has to bring, by its type; those that are not here bring nothing. */
  const SHAPES = {
    [Sourcemark.messages.paint]: (/** @type {Bag} */ { reading, sentences, unchecked, view = {} }) =>
      Number.isSafeInteger(reading) &&
      Array.isArray(sentences) &&
      sentences.every(isSentence) &&
      isBag(unchecked) &&
      ["paragraphs", "sentences"].every((key) => Number.isSafeInteger(unchecked[key])) &&
      isView(view),
    [Sourcemark.messages.view]: (/** @type {Bag} */ { view }) => isView(view),
  };

  /** @typedef {Record<string, unknown>} Bag */

  Sourcemark.readMessage = (message, sender) => {
    // a message from a tab is some page's, even where the page is one of ours
    if (sender.id !== chrome.runtime.id || sender.tab !== undefined) return null;
    if (!isBag(message) || typeof message.type !== "string" || !TYPES.has(message.type)) return null;
    const fits = Object.hasOwn(SHAPES, message.type) ? SHAPES[message.type](message) : true;
    return fits ? /** @type {any} */ (message) : null;
  };

  const TYPES = new Set(Object.values(Sourcemark.messages).filter((type) => type.startsWith("background>")));

  /**
   * @param {unknown} value
   * @returns {value is Bag}
   */
  function isBag(value) {
    return typeof value === "object" && value !== null && !Array.isArray(value);
  }

  /** @param {unknown} value  as background/answer.js has read it */
  function isSentence(value) {
    if (!isSlice(value)) return false;
    const { state, label, scores, speaker, evidence, reason } = value;
    return (
      typeof state === "string" &&
      (label === null || Object.hasOwn(Sourcemark.letters, String(label))) &&
      isBag(scores) &&
      (speaker === null || (isBag(speaker) && typeof speaker.name === "string")) &&
      Array.isArray(evidence) &&
      evidence.every(isSlice) &&
      typeof reason === "string"
    );
  }

  /**
   * @param {unknown} value
   * @returns {value is Bag}
   */
  function isSlice(value) {
    return isBag(value) && typeof value.block === "string" && Number.isSafeInteger(value.start) && Number.isSafeInteger(value.end);
  }

  /** @param {unknown} value */
  function isView(value) {
    if (!isBag(value)) return false;
    const { labels = {}, painter = "highlight", hidden = false } = value;
    return isBag(labels) && Object.hasOwn(Sourcemark.painters, String(painter)) && typeof hidden === "boolean";
  }
}
