import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { PROBLEMS } from "../../extension/popup/words.js";
import { LABELS } from "../../extension/shared/labels.js";
import { readExtension } from "./page.js";

const TEXTS = JSON.parse(readExtension("_locales/en/messages.json"));

describe("the texts in _locales", () => {
  it("are all used, and all there", () => {
    const sources = ["manifest.json", "popup/popup.html", "popup/popup.js", "popup/words.js"].map(readExtension).join("\n");
    const literals = /__MSG_(\w+)__|data-text="(\w+)"|\btext\("(\w+)"|"((?:problem|status)_\w+)"/g;
    const used = new Set([
      ...[...sources.matchAll(literals)].flatMap(([, ...names]) => names.filter(Boolean)),
      ...PROBLEMS.map((kind) => `problem_${kind}`),
      ...LABELS.flatMap(({ id }) => ["name", "definition", "caution"].map((part) => `label_${id}_${part}`)),
      ...["sentences", "paragraphs"].flatMap((what) => [`${what}_one`, `${what}_other`]),
    ]);
    assert.deepEqual([...used].sort(), Object.keys(TEXTS).sort());
  });

  it("each tell translators what they are for", () => {
    for (const [name, { message, description }] of Object.entries(TEXTS)) {
      assert.ok(message && description, name);
      assert.match(name, /^[a-z0-9_]+$/);
    }
  });
});
