/** Marking the article of the room, as the extension's background marks the page of a tab. */

import { SCRIPTS, STYLES } from "/extension/background/activate.js";
import { requestLabels } from "/extension/background/server.js";
import { PAGE_ARTICLE, PAGE_COLLECT, PAGE_PAINT, PAGE_REPORT } from "/extension/shared/messages.js";
import { isMarkedArticle } from "/extension/shared/passages.js";
import { tell } from "./browser.js";

/** @import { Block, Outcome, Problem } from "/extension/shared/messages.js" */
/** @import { MarkedArticle } from "/extension/shared/passages.js" */

/** @type {Map<string, MarkedArticle>} by the key in the address of the report's tab, which looks here */
const reports = new Map();
Object.assign(globalThis, { sourcemarkReports: reports });

/**
 * Put the extension's content scripts and styles into this page, in their order.
 *
 * @param {Element} place  the element that the article is set in: nothing else of the page is read
 */
export async function moveIn(place) {
  for (const file of STYLES) {
    const style = Object.assign(document.createElement("link"), { rel: "stylesheet", href: `/extension/${file}` });
    document.head.append(style);
  }
  await Promise.all(
    SCRIPTS.map((file) => {
      const script = Object.assign(document.createElement("script"), { src: `/extension/${file}`, async: false });
      document.head.append(script);
      return new Promise((resolve, reject) => Object.assign(script, { onload: resolve, onerror: reject }));
    }),
  );
  const scope = { roots: [place], selection: null };
  // eslint-disable-next-line require-yield
  Sourcemark.searchScope = function* () {
    return scope;
  };
}

/**
 * Mark the article: all of it or nothing.
 *
 * @param {{painter: "highlight" | "mark", hidden: boolean}} view
 * @returns {Promise<Problem | null>}
 */
export async function mark(view) {
  const collected = await tell({ type: PAGE_COLLECT });
  if (collected.problem) return { kind: collected.problem };
  const { answer, problem } = await askService(collected.blocks);
  if (problem) return problem;
  const painted = await tell({ type: PAGE_PAINT, reading: collected.reading, view, ...answer });
  return painted.problem === null ? null : { kind: painted.problem };
}

/** @param {Block[]} blocks */
export function askService(blocks) {
  return requestLabels(blocks, { serviceAddress: location.origin });
}

/**
 * Return what stands on the page, after something was done with it.
 *
 * @param {string} [type]
 * @returns {Promise<Outcome>}
 */
export function standing(type = PAGE_REPORT) {
  return tell({ type });
}

/** @returns {Promise<MarkedArticle | null>} */
export async function markedArticle() {
  const { article } = await tell({ type: PAGE_ARTICLE });
  if (!isMarkedArticle(article)) return null;
  // a place in the text of this page, which nobody can open again, is no place
  return { ...article, sentences: article.sentences.map((sentence) => ({ ...sentence, position: null })) };
}

/** Open the extension's report in a tab of its own. */
export async function openReport() {
  const article = await markedArticle();
  if (!article) return;
  const key = `report-${reports.size + 1}`;
  reports.set(key, article);
  open(`/extension/report/report.html#${key}`);
}
