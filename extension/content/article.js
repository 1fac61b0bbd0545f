/**
 * Which element of a page holds its article: the one that Readability finds, or else the one that
 * calls itself so, as long as the words bear it out. For that, every paragraph gives points to the
 * elements around it, and links take them away.
 */
"use strict";

{
  /** Where sites say it themselves, the most exact first. */
  const SELECTORS = ["[itemprop~=articleBody]", "article", "main, [role=main]"];

  /** Below this a page has a notice or a teaser, not an article. */
  const LEAST_CHARACTERS = 250;
  const LEAST_PARAGRAPHS = 3;

  Sourcemark.searchArticle = function* (document) {
    if (!document.body) return null;
    const runs = Sourcemark.textRuns(document.body);
    yield;
    const scores = scoreElements(runs);
    const best = highest([...scores.keys()], scores);
    if (best === null) return null;

    const readable = Sourcemark.findByReadability(document);
    yield;
    if (readable && bearsOut(readable)) return enough(readable, runs);
    for (const selector of SELECTORS) {
      const declared = highest([...document.querySelectorAll(selector)], scores);
      if (declared && bearsOut(declared)) return enough(declared, runs);
    }
    return enough(best, runs);

    /** @param {Element} element */
    function bearsOut(element) {
      return score(element, scores) >= score(/** @type {Element} */ (best), scores) / 2;
    }
  };

  /** Whether an element holds enough running text to be an article, or the next part of one. */
  Sourcemark.isArticle = (root) => enough(root, Sourcemark.textRuns(root)) !== null;

  /**
   * Return the points of every element that holds running text.
   *
   * A root of the length instead of the length: many paragraphs make an article, one long one does not.
   *
   * @param {readonly TextRun[]} runs
   */
  function scoreElements(runs) {
    /** @type {Map<Element, number>} */
    const scores = new Map();
    for (const run of runs) {
      const points = pointsOf(run);
      for (let element = /** @type {Element | null} */ (run.container); element; element = Sourcemark.parentOf(element)) {
        scores.set(element, (scores.get(element) ?? 0) + points);
      }
    }
    return scores;
  }

  /** @param {TextRun} run */
  function pointsOf({ text, linked }) {
    if (linked > text.length / 2) return -Math.sqrt(text.length);
    return Sourcemark.hasSentence(text) ? Math.sqrt(Math.max(0, text.length - 25)) : 0;
  }

  /**
   * @param {Element} element
   * @param {Map<Element, number>} scores
   */
  function score(element, scores) {
    return scores.get(element) ?? 0;
  }

  /**
   * Return the element with most points; among equals the innermost, which has the least around it.
   *
   * @param {readonly Element[]} elements
   * @param {Map<Element, number>} scores
   * @returns {Element | null}
   */
  function highest(elements, scores) {
    /** @type {Element | null} */
    let best = null;
    let most = 0;
    for (const element of elements) {
      const points = score(element, scores);
      if (points > most || (points === most && isInside(element, best))) {
        best = element;
        most = points;
      }
    }
    return best;
  }

  /**
   * @param {Element} element
   * @param {Element | null} other
   */
  function isInside(element, other) {
    for (let around = /** @type {Element | null} */ (element); around; around = Sourcemark.parentOf(around)) {
      if (around === other) return true;
    }
    return false;
  }

  /**
   * @param {Element} root
   * @param {readonly TextRun[]} runs
   */
  function enough(root, runs) {
    const paragraphs = runs.filter(
      ({ container, text, linked }) =>
        isInside(container, root) && linked <= text.length / 2 && Sourcemark.hasSentence(text),
    );
    const characters = paragraphs.reduce((sum, { text }) => sum + text.length, 0);
    return characters >= LEAST_CHARACTERS && paragraphs.length >= LEAST_PARAGRAPHS ? root : null;
  }
}
