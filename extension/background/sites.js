/**
 * What the reader chose for a site. Only the sites that are "always" marked tell the background that
 * one of their pages was opened; of all others nothing is heard.
 */

import { loadSettings, originPattern } from "../shared/settings.js";

const ID = "always";

/** @param {string} origin */
export async function isAlwaysMarked(origin) {
  return (await loadSettings()).sites[origin] === "always";
}

/**
 * Let the chosen sites, and no others, tell when a page of theirs was opened. The browser remembers it
 * until the extension is updated.
 */
export async function watchSites() {
  const { sites } = await loadSettings();
  const origins = Object.keys(sites).filter((origin) => sites[origin] === "always");
  // a pattern names no port, so two origins may have the same
  const matches = [...new Set(origins.map(originPattern))];
  // settings may change again while this works
  await navigator.locks.request(ID, async () => {
    await chrome.scripting.unregisterContentScripts({ ids: [ID] }).catch(() => {});
    if (matches.length === 0) return;
    await chrome.scripting.registerContentScripts([{ id: ID, matches, js: ["content/arrival.js"], runAt: "document_idle" }]);
  });
}
