/** The reader's choice for the site of the tab: never, by a click, or always. */

import { element, text } from "../shared/page.js";
import { loadSettings, originPattern, saveSettings, withChoice } from "../shared/settings.js";
import { siteOf } from "../shared/sites.js";

/** @import { SiteChoice } from "../shared/settings.js" */

/**
 * Show the choice for the site of a tab, where it has one, and keep what the reader chooses.
 *
 * @param {number | undefined} tabId
 * @param {{never: () => unknown, always: () => unknown}} chosen  what to do about the page in the tab
 */
export async function showSiteChoice(tabId, chosen) {
  const site = tabId === undefined ? null : await siteOf(tabId);
  if (site === null) return;
  element("site-name", HTMLElement).textContent = text("site_title", new URL(site).host);
  for (const input of inputs()) input.addEventListener("click", () => choose(site, input.value, chosen));
  await show(site);
  element("site", HTMLElement).hidden = false;
}

/** @returns {NodeListOf<HTMLInputElement>} */
function inputs() {
  return document.querySelectorAll("#site input");
}

/** @param {string} site */
async function show(site) {
  const { sites } = await loadSettings();
  // the browser's own settings can take the permission back
  const isAllowed = sites[site] !== "always" || (await chrome.permissions.contains({ origins: [originPattern(site)] }));
  for (const input of inputs()) input.checked = input.value === (isAllowed ? (sites[site] ?? "click") : "click");
}

/**
 * @param {string} site
 * @param {string} choice
 * @param {{never: () => unknown, always: () => unknown}} chosen
 */
async function choose(site, choice, chosen) {
  // first of all: the browser only asks the reader straight from a click
  const asked = choice === "always" ? chrome.permissions.request({ origins: [originPattern(site)] }) : null;
  // before the answer, too, because the question may close the popup
  await keep(site, choice);
  if (asked !== null && !(await asked.catch(() => false))) {
    await keep(site, "click");
    return show(site);
  }
  if (choice === "never") await chosen.never();
  if (choice === "always") await chosen.always();
}

/**
 * @param {string} site
 * @param {string} choice
 */
async function keep(site, choice) {
  const { sites } = await loadSettings();
  await saveSettings({ sites: withChoice(sites, site, choice === "click" ? null : /** @type {SiteChoice} */ (choice)) });
}
