/** The options page: every choice is kept at once, only the service wants a button, because the browser may ask. */

import { LABELS } from "../shared/labels.js";
import { element, fillTexts, text } from "../shared/page.js";
import { loadSettings, saveSettings, withChoice } from "../shared/settings.js";
import { showCorrections } from "./corrections.js";
import { showSent } from "./sent.js";
import { showService } from "./service.js";

fillTexts();
document.title = `${text("extension_name")}: ${text("options_title")}`;

chrome.storage.onChanged.addListener((changes, area) => {
  if (area === "session" && changes.lastRequest) showSent();
  if (area === "local" && changes.corrections) showCorrections();
  if (area === "local" && changes.sites) showSites();
});

await showService();
await showMarks();
await showSent();
await showCorrections();
await showSites();

async function showMarks() {
  const { labels, style, painter, startHidden, sendTitle, keepAddress } = await loadSettings();
  const boxes = LABELS.map(({ id, letter }) => {
    const choice = copyOf("label-choice");
    const box = /** @type {HTMLInputElement} */ (choice.querySelector("input"));
    box.value = id;
    box.checked = labels[id];
    /** @type {Element} */ (choice.querySelector(".letter")).textContent = letter;
    /** @type {Element} */ (choice.querySelector(".name")).textContent = text(`label_${id}_name`);
    return { choice, box };
  });
  element("labels", HTMLElement).replaceChildren(...boxes.map(({ choice }) => choice));
  for (const { box } of boxes) {
    box.addEventListener("change", () =>
      saveSettings({ labels: Object.fromEntries(boxes.map(({ box: one }) => [one.value, one.checked])) }),
    );
  }

  /** @type {NodeListOf<HTMLInputElement>} */
  const lines = document.querySelectorAll("[name=line]");
  const fill = element("fill", HTMLInputElement);
  for (const line of lines) line.checked = line.value === style.line;
  fill.checked = style.fill;
  for (const input of [...lines, fill]) {
    input.addEventListener("change", () => {
      const isThick = [...lines].some((line) => line.value === "thick" && line.checked);
      return saveSettings({ style: { line: isThick ? "thick" : "thin", fill: fill.checked } });
    });
  }

  keep("painter", painter === "mark", (checked) => ({ painter: checked ? "mark" : "highlight" }));
  keep("start-hidden", startHidden, (checked) => ({ startHidden: checked }));
  keep("send-title", sendTitle, (checked) => ({ sendTitle: checked }));
  keep("keep-address", keepAddress, (checked) => ({ keepAddress: checked }));
}

/**
 * @param {string} id  of a check box
 * @param {boolean} checked
 * @param {(checked: boolean) => Parameters<typeof saveSettings>[0]} change
 */
function keep(id, checked, change) {
  const box = element(id, HTMLInputElement);
  box.checked = checked;
  box.addEventListener("change", () => saveSettings(change(box.checked)));
}

async function showSites() {
  const { sites } = await loadSettings();
  const entries = Object.entries(sites).map(([site, choice]) => {
    const entry = copyOf("site-entry");
    /** @type {Element} */ (entry.querySelector(".site")).textContent = site;
    /** @type {Element} */ (entry.querySelector(".choice")).textContent = text(choice === "never" ? "site_never" : "site_always");
    const button = /** @type {HTMLButtonElement} */ (entry.querySelector("button"));
    button.textContent = text("options_remove");
    button.ariaLabel = text("options_site_remove", site);
    button.addEventListener("click", async () => {
      await saveSettings({ sites: withChoice((await loadSettings()).sites, site, null) });
    });
    return entry;
  });
  element("sites", HTMLElement).replaceChildren(...entries);
  element("sites-none", HTMLElement).hidden = entries.length > 0;
}

/** @param {string} template */
function copyOf(template) {
  return /** @type {Element} */ (element(template, HTMLTemplateElement).content.firstElementChild?.cloneNode(true));
}
