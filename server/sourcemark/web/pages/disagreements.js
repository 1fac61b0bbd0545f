/**
 * Where the reader disagreed with a label. A correction holds a sentence of the article, and this may be
 * a library's computer: it stays in memory, until the reader downloads it or closes the page.
 */

import { keepCorrection, loadCorrections, readChoice, toJsonLines } from "/extension/shared/corrections.js";
import { element, text } from "/extension/shared/page.js";

/** @import { Area } from "/extension/shared/corrections.js" */

/** @type {Record<string, unknown>} */
const kept = {};
const area = /** @type {Area} */ ({ get: async () => kept, set: async (/** @type {object} */ items) => void Object.assign(kept, items) });

/**
 * Keep what the reader chose in a card.
 *
 * @param {unknown} correction
 */
export async function disagree(correction) {
  const choice = readChoice(correction);
  if (choice === null) return { kept: false };
  await keepCorrection({ ...choice, date: new Date().toISOString() }, area);
  const corrections = await loadCorrections(area);
  const count = corrections.length;
  element("disagreed", HTMLElement).textContent = text(
    count === 1 ? "options_corrections_one" : "options_corrections_other",
    String(count),
  );
  const link = element("corrections", HTMLAnchorElement);
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([toJsonLines(corrections)], { type: "application/jsonl" }));
  element("disagreements", HTMLElement).hidden = false;
  return { kept: true };
}
