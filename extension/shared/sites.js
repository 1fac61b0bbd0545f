/** Which site a tab shows. */

import { isSite } from "./settings.js";

/**
 * Return the origin of the page in a tab, or null where the extension may not know it, or it is no site's.
 *
 * @param {number} tabId
 * @returns {Promise<string | null>}
 */
export async function siteOf(tabId) {
  const { url } = await chrome.tabs.get(tabId);
  const origin = url !== undefined && URL.canParse(url) ? new URL(url).origin : "";
  return isSite(origin) ? origin : null;
}
