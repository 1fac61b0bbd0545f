/**
 * The page's side of the conversation: hands out the article's text, paints what comes back, and
 * says what stands on the page. It answers the background and starts nothing by itself.
 */
"use strict";

{
  /** @typedef {{id: number, root: Element, blocks: Map<string, TextBlock>}} Reading  the article as it was when its text was sent */
  /** @typedef {{block: string, start: number, end: number, label: string | null, state: string}} LabelledSentence */
  /** @typedef {{counts: Record<string, number>, unchecked: {paragraphs: number, sentences: number}}} PageReport */

  /** @type {Reading | null} */
  let reading = null;
  let readings = 0;
  /** @type {PageReport | null} */
  let report = null;

  function collect() {
    // Chromium lets scripts into the frame around its PDF viewer, where there is no text
    if (document.contentType === "application/pdf") return { problem: "restricted_page" };
    const root = Sourcemark.findArticle(document);
    const blocks = root ? Sourcemark.buildTextMap(root) : [];
    if (!root || blocks.length === 0) return { problem: "no_article" };
    readings += 1;
    reading = { id: readings, root, blocks: new Map(blocks.map((block) => [block.id, block])) };
    return { problem: null, reading: readings, blocks: blocks.map(({ id, text }) => ({ id, text })) };
  }

  /**
   * @param {number} id  of the reading the answer belongs to
   * @param {{sentences: LabelledSentence[], unchecked: {paragraphs: number, sentences: number}}} answer
   */
  function paint(id, { sentences, unchecked }) {
    if (reading?.id !== id) return { problem: "page_changed" };
    /** @type {Mark[]} */
    const marks = [];
    /** @type {Record<string, number>} */
    const counts = {};
    let placed = 0;
    for (const sentence of sentences) {
      const range = place(reading, sentence);
      if (range === null) continue;
      placed += 1;
      const name = sentence.label ?? sentence.state;
      counts[name] = (counts[name] ?? 0) + 1;
      if (sentence.label !== null) marks.push({ highlight: `sourcemark-${sentence.label}`, range });
    }
    if (placed === 0 && sentences.length > 0) return { problem: "page_changed" };
    Sourcemark.painter.paint(marks);
    const unplaced = unchecked.sentences + sentences.length - placed;
    report = { counts, unchecked: { paragraphs: unchecked.paragraphs, sentences: unplaced } };
    return { problem: null };
  }

  /**
   * Return where a sentence stands, or null where the page no longer says what was sent: rather no
   * mark than a mark on the wrong words.
   *
   * @param {Reading} article
   * @param {LabelledSentence} sentence
   */
  function place({ blocks }, { block: id, start, end }) {
    const block = blocks.get(id);
    const range = block ? Sourcemark.rangeFor(block, start, end) : null;
    return block && range && Sourcemark.textOf(range) === block.text.slice(start, end) ? range : null;
  }

  function clear() {
    Sourcemark.painter.clear();
    reading = null;
    report = null;
  }

  if (!Sourcemark.listening) {
    Sourcemark.listening = true;
    chrome.runtime.onMessage.addListener((message, sender, sendResponse) => {
      if (sender.id !== chrome.runtime.id) return false;
      switch (message?.type) {
        case Sourcemark.messages.collect:
          sendResponse(collect());
          break;
        case Sourcemark.messages.paint:
          sendResponse(paint(message.reading, message));
          break;
        case Sourcemark.messages.clear:
          clear();
          sendResponse({ report });
          break;
        case Sourcemark.messages.report:
          // a page that has replaced its article has taken the marks with it
          if (report && !reading?.root.isConnected) clear();
          sendResponse({ report });
          break;
      }
      return false;
    });
  }
}
