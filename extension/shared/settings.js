/**
 * The settings a reader can change: read from `storage.local`, checked before use, and filled up with
 * defaults. A value that makes no sense counts as not stored.
 */

import { LABEL_IDS } from "./labels.js";
import { isRecord } from "./messages.js";

export const DEFAULT_SERVICE_ADDRESS = "http://127.0.0.1:8377";

/** Goes up when a stored value has to be read in another way than before. */
export const SCHEMA_VERSION = 1;

/**
 * @typedef {"never" | "always"} SiteChoice  where there is none, the reader decides by a click
 *
 * @typedef {object} Settings
 * @property {string} serviceAddress  origin of the service, without a slash at its end
 * @property {string} token           for a service on another computer; may be empty for this one
 * @property {Record<string, boolean>} labels  by label id: whether its marks are shown
 * @property {{line: "thin" | "thick", fill: boolean}} style  of the marks
 * @property {"highlight" | "mark"} painter
 * @property {boolean} startHidden    marks stay hidden until the reader asks for them
 * @property {boolean} sendTitle      the title of the page goes to the service, too
 * @property {boolean} keepAddress    corrections are kept with the address of their page
 * @property {Record<string, SiteChoice>} sites  by origin
 */

/** @type {Settings} */
export const DEFAULTS = Object.freeze({
  serviceAddress: DEFAULT_SERVICE_ADDRESS,
  token: "",
  labels: Object.freeze(Object.fromEntries(LABEL_IDS.map((id) => [id, true]))),
  style: Object.freeze({ line: "thin", fill: true }),
  painter: "highlight",
  startHidden: false,
  sendTitle: false,
  keepAddress: false,
  sites: Object.freeze({}),
});

/**
 * How each setting is read: its value, or undefined where it makes no sense.
 *
 * @type {{[Name in keyof Settings]: (value: unknown) => Settings[Name] | undefined}}
 */
const READERS = {
  serviceAddress: (value) => parseServiceAddress(value) ?? undefined,
  token: (value) => (typeof value === "string" && isToken(value) ? value : undefined),
  labels: (value) =>
    isRecord(value) ? Object.fromEntries(LABEL_IDS.map((id) => [id, !Object.hasOwn(value, id) || value[id] !== false])) : undefined,
  style: (value) =>
    isRecord(value) ? { line: value.line === "thick" ? "thick" : "thin", fill: value.fill !== false } : undefined,
  painter: (value) => (value === "highlight" || value === "mark" ? value : undefined),
  startHidden: readFlag,
  sendTitle: readFlag,
  keepAddress: readFlag,
  sites: readSites,
};

/**
 * Return the address as an origin, or null where it is none.
 *
 * @param {unknown} value
 * @returns {string | null}
 */
export function parseServiceAddress(value) {
  if (typeof value !== "string" || !/^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::[1-9]\d{0,4})?\/?$/i.test(value)) return null;
  return URL.canParse(value) ? new URL(value).origin : null;
}

/**
 * Whether a text can stand in a header; none at all can, too.
 *
 * @param {string} text
 */
export function isToken(text) {
  return /^[\x21-\x7e]{0,512}$/.test(text);
}

/**
 * Whether a service runs on this computer. Any other may be somebody else's, and needs a token and the
 * reader's permission.
 *
 * @param {string} serviceAddress
 */
export function isOnThisComputer(serviceAddress) {
  const { protocol, hostname } = new URL(serviceAddress);
  return protocol === "http:" && hostname === "127.0.0.1";
}

/**
 * Return the match pattern that a permission for an origin has. Patterns name no port.
 *
 * @param {string} origin
 */
export function originPattern(origin) {
  const { protocol, hostname } = new URL(origin);
  return `${protocol}//${hostname}/*`;
}

/**
 * @param {Record<string, unknown>} stored
 * @returns {Settings & {addressIgnored: boolean}}  `addressIgnored` where the default address stands in for a stored one
 */
export function readSettings(stored) {
  /** @type {Settings} */
  const settings = { ...DEFAULTS };
  for (const name of /** @type {(keyof Settings)[]} */ (Object.keys(READERS))) {
    const value = READERS[name](stored[name]);
    if (value !== undefined) Object.assign(settings, { [name]: value });
  }
  const known = stored.serviceAddress === undefined || READERS.serviceAddress(stored.serviceAddress) !== undefined;
  const allowed = isOnThisComputer(settings.serviceAddress) || settings.token !== "";
  if (!allowed) settings.serviceAddress = DEFAULT_SERVICE_ADDRESS;
  return { ...settings, addressIgnored: !known || !allowed };
}

/** @param {Pick<chrome.storage.StorageArea, "get">} [area] */
export async function loadSettings(area = chrome.storage.local) {
  return readSettings(await area.get(Object.keys(READERS)));
}

/**
 * @param {Partial<Settings>} changes
 * @param {Pick<chrome.storage.StorageArea, "set">} [area]
 */
export async function saveSettings(changes, area = chrome.storage.local) {
  await area.set({ ...changes, schemaVersion: SCHEMA_VERSION });
}

/** @param {unknown} value */
function readFlag(value) {
  return typeof value === "boolean" ? value : undefined;
}

/**
 * @param {unknown} value
 * @returns {Record<string, SiteChoice> | undefined}
 */
function readSites(value) {
  if (!isRecord(value)) return undefined;
  /** @type {Record<string, SiteChoice>} */
  const sites = {};
  for (const [origin, choice] of Object.entries(value)) {
    if (isSite(origin) && (choice === "never" || choice === "always")) sites[origin] = choice;
  }
  return sites;
}

/**
 * @param {Record<string, SiteChoice>} sites
 * @param {string} site
 * @param {SiteChoice | null} choice  null where the site shall have none
 */
export function withChoice(sites, site, choice) {
  const others = Object.entries(sites).filter(([origin]) => origin !== site);
  return Object.fromEntries(choice === null ? others : [...others, [site, choice]]);
}

/**
 * Whether an origin is a site's, and not a file's, an extension's or the browser's own.
 *
 * @param {string} origin
 */
export function isSite(origin) {
  return /^https?:\/\//.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin;
}
