/** The reader's corrections: how many there are, as a file, and away with them. */

import { deleteCorrections, loadCorrections, toJsonLines } from "../shared/corrections.js";
import { element, text } from "../shared/page.js";

let isSure = false;

export async function showCorrections() {
  const corrections = await loadCorrections();
  const count = corrections.length;
  element("corrections-count", HTMLElement).textContent = text(
    count === 1 ? "options_corrections_one" : "options_corrections_other",
    String(count),
  );
  const link = element("corrections-download", HTMLAnchorElement);
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([toJsonLines(corrections)], { type: "application/jsonl" }));
  link.hidden = count === 0;

  const button = element("corrections-delete", HTMLButtonElement);
  button.hidden = count === 0;
  ask(button, false);
  button.onclick = () => (isSure ? deleteCorrections() : ask(button, true));
  button.onblur = () => ask(button, false);
}

/**
 * @param {HTMLButtonElement} button
 * @param {boolean} once  whether it was pressed once
 */
function ask(button, once) {
  isSure = once;
  button.textContent = text(once ? "options_corrections_sure" : "options_corrections_delete");
}
