/** Marking a page: its text from the page, its labels from the service, and the marks by the page. */

import { PAGE_COLLECT, PAGE_PAINT, isBlocks, isRecord } from "../shared/messages.js";
import { loadSettings } from "../shared/settings.js";
import { siteOf } from "../shared/sites.js";
import { activate, applyStyle, ask } from "./activate.js";
import { requestLabels } from "./server.js";
import { chosenService } from "./service.js";

/** @import { Block, Problem } from "../shared/messages.js" */
/** @import { Settings } from "../shared/settings.js" */

/**
 * Mark a page: all of it or nothing. Marks that were there stay until new ones take their place.
 *
 * @param {number} tabId
 * @returns {Promise<Problem | null>} null where the page is marked
 */
export async function mark(tabId) {
  const settings = await loadSettings();
  const site = await siteOf(tabId);
  if (site !== null && settings.sites[site] === "never") return { kind: "never_here" };
  if (!(await activate(tabId))) return { kind: "restricted_page" };

  const collected = await ask(tabId, { type: PAGE_COLLECT });
  if (!isRecord(collected)) return { kind: "page_changed" };
  if (typeof collected.problem === "string") return { kind: collected.problem };
  if (!isBlocks(collected.blocks)) return { kind: "page_changed" };
  // the tab may have gone to another site since the reader asked
  if (site !== null && collected.origin !== site) return { kind: "page_changed" };

  const title = typeof collected.title === "string" ? collected.title : "";
  const { answer, problem } = await askService(collected.blocks, title);
  if (problem) return problem;
  await applyStyle(tabId, settings.style);
  const view = { ...viewOf(settings), hidden: settings.startHidden };
  const painted = await ask(tabId, { type: PAGE_PAINT, reading: collected.reading, view, ...answer });
  return isRecord(painted) && painted.problem === null ? null : { kind: "page_changed" };
}

/**
 * Return the part of the settings that a page draws its marks by.
 *
 * @param {Settings} settings
 */
export function viewOf({ labels, painter }) {
  return { labels, painter };
}

/**
 * @param {Block[]} blocks
 * @param {string} title  of the page they are from, as it was when they were read
 * @returns {ReturnType<typeof requestLabels>}
 */
export async function askService(blocks, title) {
  const { service, sendTitle } = await chosenService();
  if (service === null) return { answer: null, problem: { kind: "access_withheld" } };
  return requestLabels(blocks, { ...service, title: sendTitle ? title : "" });
}
