/**
 * The page's side of the conversation: hands out the article's text, paints what comes back, and
 * says what stands on the page. It starts nothing by itself; once marks are shown it keeps them in
 * their places while the page changes.
 */
"use strict";

{
  /** @typedef {{counts: Record<string, number>, unchecked: Marking["unchecked"], selection: boolean}} PageReport */

  /** A page that makes its marked text anew more often than this, within that many milliseconds, is left alone. */
  const MOST_REPAIRS = 10;
  const REPAIR_SPAN = 10_000;

  /** Late text is sent this often at most; what comes after stays unchecked until the reader asks again. */
  const MOST_REQUESTS = 50;

  /** Tells the scripts of an earlier version of the extension, which nothing else can reach, to go. */
  const RENEWED = "sourcemark:renewed";

  /** No other page begins with the same one: an answer to what stood in the tab before is not taken for one of this page's. */
  let readings = Math.floor(Math.random() * 2 ** 50);
  /** @type {Reading | null} sent, and not answered yet */
  let pending = null;
  /** @type {Reading | null} what the marks belong to */
  let shown = null;
  /** @type {PlacedSentence[]} */
  let placed = [];
  /** @type {Watch | null} */
  let watch = null;
  let isLost = false;
  /** @type {string | null} why the marks are gone, where that was not the reader's wish */
  let problem = null;
  /** @type {number[]} */
  let repairs = [];
  let requests = 0;

  const EVENTS = { changed, left: () => clear() };

  /** Read the page, step by step: a long page is not held up. */
  async function collect() {
    // Chromium lets scripts into the frame around its PDF viewer, where there is no text
    if (document.contentType === "application/pdf") return { problem: "restricted_page" };
    const search = Sourcemark.searchScope(document);
    let step = search.next();
    while (!step.done) {
      await scheduler.yield();
      step = search.next();
    }
    const scope = step.value;
    const reading = scope && Sourcemark.startReading(readings + 1, scope);
    if (!reading || reading.blocks.length === 0) return { problem: "no_article" };
    readings += 1;
    pending = reading;
    problem = null;
    const blocks = Sourcemark.blocksToAsk(reading);
    Sourcemark.keepAsked(reading, blocks);
    return { problem: null, reading: reading.id, blocks, title: document.title, origin: location.origin };
  }

  /**
   * Show an answer: the page is read once more, and then marked.
   *
   * @param {number} id  of the reading the answer belongs to
   * @param {Answer} answer
   */
  async function paint(id, answer) {
    const reading = pending;
    if (reading?.id !== id) return { problem: "page_changed" };
    const { blocks } = reading;
    const stands = (/** @type {LabelledSentence} */ { block: id, start, end }) => {
      const block = blocks.find((one) => one.id === id);
      return block !== undefined && Sourcemark.placeIn(block, start, end) !== null;
    };
    if (answer.sentences.length > 0 && !answer.sentences.some(stands)) return { problem: "page_changed" };
    Sourcemark.keepAnswer(reading, answer);
    clear();
    if (answer.view) Sourcemark.view.change(answer.view);
    watch = Sourcemark.watch(reading.scope, EVENTS);
    Sourcemark.readAgain(reading);
    await scheduler.yield();
    // the reader has thought better of it
    if (pending !== reading) return { problem: "page_changed" };
    pending = null;
    shown = reading;
    place(shown);
    askForLateText(shown);
    return { problem: null };
  }

  /**
   * Read the page as it is now, and put every sentence in its place.
   *
   * @param {Reading} reading
   */
  function show(reading) {
    // the ranges are for nodes as the page has made them
    Sourcemark.painter.clear();
    Sourcemark.readAgain(reading);
    place(reading);
  }

  /** @param {Reading} reading  of the page without marks */
  function place(reading) {
    placed = Sourcemark.placeAll(reading);
    Sourcemark.view.update({ placed, unchecked: unchecked(reading), model: reading.model });
    watch?.include(reading.shadows);
    watch?.forgive();
  }

  /**
   * The page has changed: find the sentences again, and ask for those that are new.
   *
   * @param {readonly Element[]} [following]  elements that came to stand beside the article
   */
  function changed(following = []) {
    if (!shown) return;
    if (isOrphaned()) return clear();
    const standing = placed.every(Sourcemark.stands);
    const before = shown.blocks;
    if (!readAgain(shown, following)) return clear();
    if (standing && isSame(before, shown.blocks)) return;
    if (!standing && fightsBack()) return clear("page_restless");
    show(shown);
    askForLateText(shown);
  }

  /**
   * @param {Reading} reading
   * @param {readonly Element[]} following
   * @returns {boolean} false where another article has taken the place of the one that was marked
   */
  function readAgain(reading, following) {
    const { scope } = reading;
    const next = following.filter((element) => element.isConnected && Sourcemark.isArticle(element));
    scope.roots.push(...next);
    watch?.include(next);
    if (!scope.roots[0].isConnected) findAgain(scope);
    Sourcemark.readAgain(reading);
    return !Sourcemark.isAnotherArticle(reading);
  }

  /**
   * The article's element is gone. A framework may have made it anew, or emptied its page to fill it again.
   *
   * @param {Scope} scope
   */
  function findAgain(scope) {
    const found = scope.selection ? null : Sourcemark.findScope(document);
    if (!found && isLost) return;
    isLost = !found;
    scope.roots = found?.roots ?? scope.roots;
    watch?.stop();
    watch = Sourcemark.watch(found ?? { roots: [document.documentElement], selection: null }, EVENTS);
  }

  /**
   * @param {readonly TextBlock[]} before
   * @param {readonly TextBlock[]} now
   */
  function isSame(before, now) {
    return before.length === now.length && before.every(({ id }, index) => id === now[index].id);
  }

  function fightsBack() {
    const now = performance.now();
    repairs = [...repairs.filter((time) => now - time < REPAIR_SPAN), now];
    return repairs.length > MOST_REPAIRS;
  }

  /** @param {Reading} reading */
  async function askForLateText(reading) {
    const blocks = Sourcemark.blocksToAsk(reading);
    if (blocks.length === 0 || requests >= MOST_REQUESTS) return;
    requests += 1;
    Sourcemark.keepAsked(reading, blocks);
    const reply = await ask({ type: Sourcemark.messages.label, blocks, title: document.title });
    if (shown !== reading || !reply?.answer) return;
    Sourcemark.keepAnswer(reading, reply.answer);
    show(reading);
  }

  /**
   * @param {{type: string} & Record<string, unknown>} message
   * @returns {Promise<{answer: Answer | null} | undefined>} undefined where nobody answers
   */
  async function ask(message) {
    try {
      return await chrome.runtime.sendMessage(message);
    } catch {
      return undefined;
    }
  }

  /** @param {string | null} reason  a problem the reader is told, or null */
  function clear(reason = null) {
    watch?.stop();
    watch = null;
    Sourcemark.view.clear();
    shown = null;
    placed = [];
    repairs = [];
    requests = 0;
    isLost = false;
    problem = reason;
  }

  /** @returns {PageReport | null} */
  function report() {
    // a page that has replaced its article has taken the marks with it
    if (shown && !shown.scope.roots[0].isConnected) changed();
    if (!shown || isLost) return null;
    /** @type {Record<string, number>} */
    const counts = {};
    for (const { label, state, range } of placed) {
      if (range !== null) counts[label ?? state] = (counts[label ?? state] ?? 0) + 1;
    }
    return { counts, unchecked: unchecked(shown), selection: shown.scope.selection !== null };
  }

  /** What the background tells the popup, and the badge. */
  function standing() {
    return { report: report(), problem, hidden: Sourcemark.view.isHidden() };
  }

  /** @param {Reading} reading */
  function unchecked({ blocks, answers, dropped }) {
    return {
      paragraphs: blocks.filter(({ id }) => !answers.has(id)).length,
      sentences: dropped + placed.filter(({ range }) => range === null).length,
    };
  }

  /** Whether the extension was updated or removed, and this script is what is left of it. */
  function isOrphaned() {
    return !chrome.runtime?.id;
  }

  function clearIfOrphaned() {
    if (isOrphaned()) clear();
  }

  Sourcemark.place = ({ block: id, start, end }) => {
    // marks that are elements have split the nodes that were read
    if (shown && Sourcemark.painter.changesPage) Sourcemark.readAgain(shown);
    const block = shown?.blocks.find((one) => one.id === id);
    return block ? Sourcemark.placeIn(block, start, end) : null;
  };

  if (!Sourcemark.listening) {
    Sourcemark.listening = true;
    document.dispatchEvent(new CustomEvent(RENEWED));
    document.addEventListener(RENEWED, clearIfOrphaned);
    document.addEventListener("visibilitychange", clearIfOrphaned);
    chrome.runtime.onMessage.addListener((received, sender, sendResponse) => {
      const message = Sourcemark.readMessage(received, sender);
      // a page may be made so that it cannot be read; the background is told all the same
      const failed = () => sendResponse({ problem: "page_changed" });
      switch (message?.type) {
        case Sourcemark.messages.collect:
          collect().then(sendResponse, failed);
          // true keeps the channel open until the answer is there
          return true;
        case Sourcemark.messages.paint:
          paint(message.reading, message).then(sendResponse, failed);
          return true;
        case Sourcemark.messages.clear:
          clear();
          pending = null;
          sendResponse({ report: null, problem });
          break;
        case Sourcemark.messages.report:
          sendResponse(standing());
          break;
        case Sourcemark.messages.view:
          Sourcemark.view.change(message.view);
          sendResponse(standing());
          break;
        case Sourcemark.messages.toggle:
          Sourcemark.view.change({ hidden: !Sourcemark.view.isHidden() });
          sendResponse(standing());
          break;
        case Sourcemark.messages.list:
          if (shown) Sourcemark.list.open();
          sendResponse(standing());
          break;
        case Sourcemark.messages.article:
          sendResponse({ article: shown && Sourcemark.takeAlong(shown, placed) });
          break;
      }
      return false;
    });
  }
}
