import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { describe, it } from "node:test";
import { readExtension } from "./page.js";

const FOLDER = new URL("../../extension/", import.meta.url);
const SOURCES = readdirSync(FOLDER, { recursive: true })
  .filter((name) => /\.(js|html|json)$/.test(name) && !/^(_locales|content\/vendor)/.test(name))
  .map(readExtension)
  .join("\n");

const LOCALES = readdirSync(new URL("_locales/", FOLDER));
const textsOf = (locale) => JSON.parse(readExtension(`_locales/${locale}/messages.json`));
const TEXTS = textsOf("en");

/** Names that are put together, such as `label_${id}_name`, as patterns. */
function patterns() {
  return [...SOURCES.matchAll(/`((?:\w|\$\{[^{}`]+\})+)`/g)]
    .map(([, template]) => template.replace(/\$\{[^}]*\? "(\w+)" : "(\w+)"\}/g, "($1|$2)").replace(/\$\{[^}]+\}/g, "\\w+"))
    // without a word of its own a pattern would fit every name
    .filter((pattern) => /_/.test(pattern) && /[a-z]{2}/.test(pattern))
    .map((pattern) => new RegExp(`^${pattern}$`));
}

/** The places of a text, each with the number of the substitution that fills it. */
function placesOf({ message, placeholders = {} }) {
  const named = [...message.matchAll(/\$(\w+)\$/g)].map(([, name]) => name.toLowerCase());
  return [...new Set(named)].sort().map((name) => [name, placeholders[name]?.content]);
}

describe("the texts in _locales", () => {
  it("are there wherever one is named", () => {
    const named = [...SOURCES.matchAll(/__MSG_(\w+)__|data-text="(\w+)"|\btext\("(\w+)"/g)];
    for (const name of named.flatMap(([, ...names]) => names.filter(Boolean))) assert.ok(name in TEXTS, name);
  });

  it("are all used", () => {
    const formed = patterns();
    const used = (name) => SOURCES.includes(`"${name}"`) || SOURCES.includes(`__MSG_${name}__`) || formed.some((pattern) => pattern.test(name));
    assert.deepEqual(Object.keys(TEXTS).filter((name) => !used(name)), []);
  });

  it("each tell translators what they are for", () => {
    for (const [name, { message, description }] of Object.entries(TEXTS)) {
      assert.ok(message && description, name);
      assert.match(name, /^[a-z0-9_]+$/);
    }
  });

  it("fill every place they have, and show an example of it", () => {
    for (const [name, entry] of Object.entries(TEXTS)) {
      for (const [place, content] of placesOf(entry)) {
        assert.match(content ?? "", /^\$[1-9]$/, `${name}: ${place}`);
        assert.ok(entry.placeholders[place].example, `${name}: ${place}`);
      }
      assert.equal(placesOf(entry).length, Object.keys(entry.placeholders ?? {}).length, name);
    }
  });
});

for (const locale of LOCALES.filter((name) => name !== "en")) {
  describe(`the texts in ${locale}`, () => {
    const translated = textsOf(locale);

    it("are the same ones as in English, in the same order", () => {
      assert.deepEqual(Object.keys(translated), Object.keys(TEXTS));
    });

    it("have the same places to fill", () => {
      for (const [name, entry] of Object.entries(translated)) assert.deepEqual(placesOf(entry), placesOf(TEXTS[name]), name);
    });

    it("are translated", () => {
      // names and what is the same word in both languages
      const same = Object.keys(TEXTS).filter((name) => translated[name].message === TEXTS[name].message);
      assert.ok(same.length < Object.keys(TEXTS).length / 10, same.join(", "));
      assert.equal(translated.language_code.message, locale);
      assert.ok(translated.extension_description.message.length <= 132);
    });
  });
}
