import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { toCsv, toJson, toWebAnnotations } from "../../extension/shared/exports.js";
import { LABELS } from "../../extension/shared/labels.js";
import { isMarkedArticle, passagesByBlock } from "../../extension/shared/passages.js";
import { readExtension } from "./page.js";

const golden = (name) => readFileSync(new URL(`../golden/exports/${name}`, import.meta.url), "utf8");
const ARTICLE = JSON.parse(golden("article.json"));
const TEXTS = JSON.parse(readExtension("_locales/en/messages.json"));
const NAMES = Object.fromEntries(
  LABELS.map(({ id }) => [id, { name: TEXTS[`label_${id}_name`].message, caution: TEXTS[`label_${id}_caution`].message }]),
);

const annotations = (article = ARTICLE) => {
  let made = 0;
  return toWebAnnotations(article, NAMES, () => `urn:test:${(made += 1)}`);
};
const sentence = (block, start, end, label) => ({
  ...ARTICLE.sentences[2], block, start, end, label, state: label ? "labelled" : "none",
});
const saying = (text) => ({ ...ARTICLE, blocks: [{ id: "b1", text }], sentences: [] });

describe("an article's passages", () => {
  it("hold all of its words, each once and in their order", () => {
    const words = (text) => text.split(/\s+/);
    passagesByBlock(ARTICLE).forEach((passages, index) => {
      assert.deepEqual(words(passages.map(({ text }) => text).join(" ")), words(ARTICLE.blocks[index].text));
    });
  });

  it("are not checked where the service said nothing", () => {
    const block = { id: "b1", text: "One. Two.  Three. " };
    const [passages] = passagesByBlock({ ...ARTICLE, blocks: [block], sentences: [sentence("b1", 5, 9, null)] });
    assert.deepEqual(passages.map(({ start, end, text, state }) => [start, end, text, state]), [
      [0, 4, "One.", "unchecked"], [5, 9, "Two.", "none"], [11, 17, "Three.", "unchecked"],
    ]);
  });
});

describe("the table", () => {
  it("equals the one written down", () => assert.equal(toCsv(ARTICLE), golden("passages.csv")));

  it("ends every row as RFC 4180 wants it, and has as many cells in each", () => {
    const rows = toCsv({ ...saying("Plain text."), address: "http://news.example/", title: "Plain" }).split("\r\n");
    assert.equal(rows.pop(), "");
    assert.equal(rows.length, 2);
    assert.equal(rows[1].split(",").length, rows[0].split(",").length);
  });

  for (const start of ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]) {
    it(`gives a spreadsheet nothing to run where a text starts with ${JSON.stringify(start)}`, () => {
      const hostile = { ...saying("Text."), title: `${start}HYPERLINK("http://evil.example")` };
      assert.ok(toCsv(hostile).includes(`,"'${start}HYPERLINK(""http://evil.example"")",`));
    });
  }
});

describe("the data", () => {
  it("equals the data written down", () => assert.equal(toJson(ARTICLE), golden("passages.json")));

  it("keeps a text as it stands in the article", () => {
    for (const { block, start, end, text } of JSON.parse(toJson(ARTICLE)).sentences) {
      assert.equal(text, ARTICLE.blocks.find(({ id }) => id === block).text.slice(start, end));
    }
  });
});

describe("the annotations", () => {
  it("equal the ones written down", () => assert.equal(annotations(), golden("annotations.jsonld")));

  it("are one for each mark, with a quotation that stands between its prefix and its suffix", () => {
    const { items } = JSON.parse(annotations());
    assert.equal(items.length, ARTICLE.sentences.filter(({ label }) => label !== null).length);
    for (const { target } of items) {
      const [{ exact, prefix, suffix }] = target.selector;
      assert.ok(ARTICLE.blocks.some(({ text }) => text.includes(prefix + exact + suffix)));
    }
  });

  it("say the same in the form that Hypothesis imports", () => {
    const { items, annotations: imported } = JSON.parse(annotations());
    assert.deepEqual(imported.map(({ uri, tags, target: [{ selector }] }) => [uri, tags[0], selector]),
      items.map(({ target, body: [tag] }) => [target.source, tag.value, target.selector]));
    for (const { text, user } of imported) assert.ok(typeof text === "string" && /^acct:[^@]+@[^@]+$/.test(user));
  });

  it("leave out the position where it is not known", () => {
    const kinds = JSON.parse(annotations()).items.map(({ target }) => target.selector.map(({ type }) => type));
    assert.deepEqual(kinds[1], ["TextQuoteSelector"]);
    assert.deepEqual(kinds[2], ["TextQuoteSelector", "TextPositionSelector"]);
  });

  it("cut no character in two", () => {
    const text = `${"🌧".repeat(17)}x. He said so. y${"🌧".repeat(17)}`;
    const start = text.indexOf("He");
    const article = { ...saying(text), sentences: [sentence("b1", start, start + 11, "anonymous_claim")] };
    const [{ exact, prefix, suffix }] = JSON.parse(annotations(article)).items[0].target.selector;
    assert.equal(exact, "He said so.");
    assert.ok(prefix.isWellFormed() && suffix.isWellFormed() && text.includes(prefix + exact + suffix));
  });

  it("do not pass on the service's words to a reader of Markdown", () => {
    const sentences = ARTICLE.sentences.map((each) => ({ ...each, reason: "![](http://evil.example/seen)" }));
    const { annotations: imported } = JSON.parse(annotations({ ...ARTICLE, sentences }));
    assert.ok(!JSON.stringify(imported).includes("evil.example"));
  });
});

describe("an article that comes from another part of the extension", () => {
  it("is taken as it was written down", () => assert.ok(isMarkedArticle(ARTICLE)));

  const [first, second] = ARTICLE.sentences;
  const rubbish = [
    ["nothing", undefined], ["a text", "article"], ["without blocks", { ...ARTICLE, blocks: [] }],
    ["with an address that is none", { ...ARTICLE, address: "here" }],
    ["with a date that is none", { ...ARTICLE, date: "yesterday" }], ["with half a model", { ...ARTICLE, model: { name: "en" } }],
    ["with a sentence past its block", { ...ARTICLE, sentences: [{ ...first, end: 9999 }] }],
    ["with sentences out of order", { ...ARTICLE, sentences: [second, first] }],
    ["with an unknown label", { ...ARTICLE, sentences: [{ ...first, label: "lie" }] }],
    ["with an unknown state", { ...ARTICLE, sentences: [{ ...first, state: "verified", label: null }] }],
    ["with evidence outside of the text", { ...ARTICLE, sentences: [{ ...first, evidence: [{ kind: "cue", block: "b9", start: 0, end: 1 }] }] }],
    ["with a speaker that is a text", { ...ARTICLE, sentences: [{ ...first, speaker: "x" }] }],
    ["with scores that are texts", { ...ARTICLE, sentences: [{ ...first, scores: { none: "1" } }] }],
    ["with a position before the page", { ...ARTICLE, sentences: [{ ...first, position: { start: -1, end: 3 } }] }],
  ];
  for (const [what, value] of rubbish) it(`is not taken where it is one ${what}`, () => assert.ok(!isMarkedArticle(value)));
});
