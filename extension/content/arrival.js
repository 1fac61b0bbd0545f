/**
 * Runs on the pages of sites that the reader wants to have marked always, and nowhere else. It stands
 * alone, so that a page without an article carries nothing more; see background/sites.js.
 */
"use strict";

void chrome.runtime.sendMessage({ type: "content>background:arrived" });
