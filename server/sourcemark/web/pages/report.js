/** Starts the extension's report. The article comes from the reading room that opened this tab, and from no disk. */

import "./browser.js";

Object.assign(chrome, { storage: { session: { get: async (/** @type {string} */ key) => ({ [key]: kept(key) }) } } });
await import("/extension/report/report.js");

/** @param {string} key */
function kept(key) {
  try {
    return opener.sourcemarkReports.get(key);
  } catch {
    // the room is closed, or shows something else
    return undefined;
  }
}
