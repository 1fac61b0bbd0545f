/**
 * One reading of a page: its blocks as they stand now, and what the service said of them.
 *
 * A block is known by its words. Where a framework makes the same paragraph anew, or moves it, it
 * keeps its id, and with it its sentences: nothing is sent again.
 */
"use strict";

{
  /**
   * Blocks in front of a new one that go with it, though they were sent before: without them the
   * service could not tell who "she" is. What it says of them is not used.
   */
  const CONTEXT = 3;

  /** Search the part of a page that is to be read; the page may do work of its own between the steps. */
  Sourcemark.searchScope = function* (page) {
    const documents = Sourcemark.documentsIn(page);
    for (const document of documents) {
      const selection = Sourcemark.findSelection(document);
      if (selection) return { roots: [Sourcemark.elementAround(selection)], selection };
    }
    for (const document of documents) {
      const root = yield* Sourcemark.searchArticle(document);
      if (root) return { roots: [root], selection: null };
    }
    return null;
  };

  Sourcemark.findScope = (page) => Sourcemark.atOnce(Sourcemark.searchScope(page));

  Sourcemark.atOnce = (search) => {
    let step = search.next();
    while (!step.done) step = search.next();
    return step.value;
  };

  Sourcemark.startReading = (id, scope) => {
    /** @type {Reading} */
    const reading = {
      id, scope, blocks: [], shadows: [], ids: new Map(), lastId: 0, asked: new Map(), answers: new Map(), dropped: 0, model: null,
    };
    Sourcemark.readAgain(reading);
    return reading;
  };

  /** Read the page as it stands now. */
  Sourcemark.readAgain = (reading) => {
    reading.shadows = [];
    const found = blocksOf(reading);
    const inPlace = new Map(reading.blocks.map((block) => [block.segments[0].node, block]));
    const taken = new Set();
    // of several blocks with the same words, each keeps its own id as long as it stays where it is
    const kept = found.map(({ text, segments }) => {
      const before = inPlace.get(segments[0].node);
      if (before?.text !== text || taken.has(before.id)) return null;
      taken.add(before.id);
      return before.id;
    });
    reading.blocks = found.map(({ text, segments }, index) => {
      const id = kept[index] ?? idOf(reading, text, taken);
      taken.add(id);
      return { id, text, segments };
    });
  };

  /** @param {Reading} reading */
  function blocksOf({ scope: { roots, selection }, shadows, ids }) {
    const connected = roots.filter((root) => root.isConnected);
    if (!selection) return Sourcemark.buildTextMap(connected, shadows);
    if (!selection.collapsed) return connected.flatMap((root) => Sourcemark.selectedBlocks(selection, root, shadows));
    // the page has made the selected text anew: what is still there as it was sent is known by its words
    const everything = connected.flatMap((root) => Sourcemark.textRuns(root, { everything: true, shadows }));
    return everything.filter(({ text }) => ids.has(text)).map((run) => ({ ...run, id: "" }));
  }

  /**
   * Return the first id of a text that no other block has now; a new one where there is none.
   *
   * @param {Reading} reading
   * @param {string} text
   * @param {Set<string>} taken
   */
  function idOf(reading, text, taken) {
    const known = reading.ids.get(text) ?? [];
    const free = known.find((id) => !taken.has(id));
    if (free) return free;
    reading.lastId += 1;
    const id = `b${reading.lastId}`;
    reading.ids.set(text, [...known, id]);
    return id;
  }

  /** Return the blocks that the service has not seen yet, each with those it needs to be understood. */
  Sourcemark.blocksToAsk = ({ blocks, asked }) => {
    const needed = new Set();
    blocks.forEach(({ id }, index) => {
      if (asked.has(id)) return;
      for (const near of blocks.slice(Math.max(0, index - CONTEXT), index + 1)) needed.add(near.id);
    });
    return blocks.filter(({ id }) => needed.has(id)).map(({ id, text }) => ({ id, text }));
  };

  /** Remember that these were sent. Whatever comes of it, nothing is sent for their sake a second time. */
  Sourcemark.keepAsked = ({ asked }, blocks) => {
    for (const { id, text } of blocks) asked.set(id, text.length);
  };

  Sourcemark.keepAnswer = (reading, { sentences, unchecked, model }) => {
    // what went along as context has its sentences already
    const known = new Set(reading.answers.keys());
    for (const sentence of sentences) {
      if (known.has(sentence.block)) continue;
      reading.answers.set(sentence.block, [...(reading.answers.get(sentence.block) ?? []), sentence]);
    }
    reading.dropped += unchecked.sentences;
    reading.model = model ?? reading.model;
  };

  /** Whether the words that were read have made room for others: an article that nobody asked to have marked. */
  Sourcemark.isAnotherArticle = ({ blocks, asked }) => {
    const total = sum([...asked.values()]);
    const kept = sum(blocks.map(({ id }) => asked.get(id) ?? 0));
    const fresh = sum(blocks.map(({ id, text }) => (asked.has(id) ? 0 : text.length)));
    return kept < total / 2 && fresh > kept;
  };

  /** @param {readonly number[]} numbers */
  function sum(numbers) {
    return numbers.reduce((total, number) => total + number, 0);
  }

  /** Return what the service said, in the order of the page, with the places where it stands now. */
  Sourcemark.placeAll = ({ blocks, answers }) =>
    blocks.flatMap((block) =>
      (answers.get(block.id) ?? []).map((sentence) => {
        const { start, end } = sentence;
        return { ...sentence, text: block.text.slice(start, end), range: Sourcemark.placeIn(block, start, end) };
      }),
    );

  /** Whether a sentence still stands where it was placed. */
  Sourcemark.stands = ({ text, range }) =>
    range === null || (range.startContainer.isConnected && Sourcemark.textOf(range) === text);
}
