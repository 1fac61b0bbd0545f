/** What every page of the extension does with its words and elements. */

/**
 * Return a text of _locales, with its places filled.
 *
 * @param {[name: string, ...substitutions: string[]]} words
 */
export function text(...words) {
  const [name, ...substitutions] = words;
  return chrome.i18n.getMessage(name, substitutions);
}

/** Fill the elements that name a text, and say which language the page is in. */
export function fillTexts() {
  // not the browser's own language, for which there may be no texts
  document.documentElement.lang = text("language_code");
  for (const place of document.querySelectorAll("[data-text]")) {
    place.textContent = text(/** @type {HTMLElement} */ (place).dataset.text ?? "");
  }
}

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @param {new () => T} type
 * @returns {T}
 */
export function element(id, type) {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`${location.pathname} has no ${type.name} #${id}`);
  return found;
}
