/** The service that the reader has set, as requests to it need it. */

import { loadSettings, originPattern } from "../shared/settings.js";

/** @import { Service } from "./server.js" */
/** @import { Settings } from "../shared/settings.js" */

/**
 * @returns {Promise<Settings & {service: Service | null}>}  null where the browser withholds access to it
 */
export async function chosenService() {
  const settings = await loadSettings();
  const { serviceAddress, token } = settings;
  // Firefox lets people withdraw it, and the request would fail as if the service were off
  const isAllowed = await chrome.permissions.contains({ origins: [originPattern(serviceAddress)] });
  // in memory only, for "What was sent"
  const remember = (/** @type {object} */ request) => chrome.storage.session.set({ lastRequest: request });
  return { ...settings, service: isAllowed ? { serviceAddress, token, remember } : null };
}
