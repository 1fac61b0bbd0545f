/** Where the text of articles goes, as the reader sets it. */

import { wordsForDestination } from "../popup/words.js";
import { element, text } from "../shared/page.js";
import {
  DEFAULT_SERVICE_ADDRESS,
  isOnThisComputer,
  isToken,
  loadSettings,
  originPattern,
  parseServiceAddress,
  saveSettings,
} from "../shared/settings.js";

export async function showService() {
  const settings = await loadSettings();
  element("address", HTMLInputElement).value = settings.serviceAddress;
  element("token", HTMLInputElement).value = settings.token;
  element("address-hint", HTMLElement).textContent = text("options_address_hint", DEFAULT_SERVICE_ADDRESS);
  showDestination(settings);
  element("service", HTMLFormElement).addEventListener("submit", save);
}

/** @param {Parameters<typeof wordsForDestination>[0]} settings */
function showDestination(settings) {
  element("destination", HTMLElement).textContent = wordsForDestination(settings)
    .map((words) => text(...words))
    .join(" ");
}

/** @param {SubmitEvent} event */
async function save(event) {
  event.preventDefault();
  const status = element("service-status", HTMLElement);
  const serviceAddress = parseServiceAddress(element("address", HTMLInputElement).value.trim());
  const token = element("token", HTMLInputElement).value.trim();
  const refusal = refuse(serviceAddress, token);
  if (serviceAddress === null || refusal !== null) {
    status.textContent = text(refusal ?? "options_address_bad");
    return;
  }
  // before anything else is waited for: the browser only asks the reader straight from a click
  const isAllowed = await chrome.permissions.request({ origins: [originPattern(serviceAddress)] }).catch(() => false);
  if (!isAllowed) {
    status.textContent = text("options_permission_denied", new URL(serviceAddress).host);
    return;
  }
  await saveSettings({ serviceAddress, token });
  element("address", HTMLInputElement).value = serviceAddress;
  status.textContent = text("options_service_saved");
  showDestination(await loadSettings());
}

/**
 * @param {string | null} serviceAddress
 * @param {string} token
 * @returns {string | null} name of the text that says why it cannot be used
 */
function refuse(serviceAddress, token) {
  if (serviceAddress === null) return "options_address_bad";
  if (!isToken(token)) return "options_token_bad";
  return isOnThisComputer(serviceAddress) || token !== "" ? null : "options_token_missing";
}
