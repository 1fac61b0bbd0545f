/** The settings a person can change, read from `storage.local` and checked before use. */

export const DEFAULT_SERVICE_ADDRESS = "http://127.0.0.1:8377";

/**
 * @typedef {object} Settings
 * @property {string} serviceAddress  origin of the service, without a slash at its end
 * @property {boolean} addressIgnored true where a stored address was refused and the default stands in
 */

/**
 * Return the address as an origin, or null where it is not a port on this computer.
 *
 * Only 127.0.0.1 is allowed: the manifest asks for no other host, and the popup promises that
 * the text of a page goes nowhere else.
 *
 * @param {unknown} value
 * @returns {string | null}
 */
export function parseServiceAddress(value) {
  const match = typeof value === "string" ? /^(http:\/\/127\.0\.0\.1:([1-9]\d{0,4}))\/?$/.exec(value) : null;
  return match && Number(match[2]) <= 65535 ? match[1] : null;
}

/**
 * @param {Pick<chrome.storage.StorageArea, "get">} [area]
 * @returns {Promise<Settings>}
 */
export async function loadSettings(area = chrome.storage.local) {
  const { serviceAddress: stored } = await area.get("serviceAddress");
  const serviceAddress = parseServiceAddress(stored);
  return {
    serviceAddress: serviceAddress ?? DEFAULT_SERVICE_ADDRESS,
    addressIgnored: stored !== undefined && serviceAddress === null,
  };
}
