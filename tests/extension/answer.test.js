import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readAnswer } from "../../extension/background/answer.js";

const GOLDEN = JSON.parse(readFileSync(new URL("../golden/unicode.json", import.meta.url), "utf8"));

const BLOCKS = [
  { id: "b1", text: "The minister spoke. “No,” she said." },
  { id: "b2", text: "Rain 🌧 fell." },
];
const GOOD = { block: "b1", start: 0, end: 19, label: "official_statement", state: "labelled" };
const NONE = { block: "b2", start: 0, end: 13, label: null, state: "none" };

const read = (sentences, more = {}) => readAnswer({ offsets: "utf-16", sentences, ...more }, BLOCKS);

describe("the service's answer", () => {
  it("is taken where it fits", () => {
    assert.deepEqual(read([GOOD, NONE]), { sentences: [GOOD, NONE], unchecked: { paragraphs: 0, sentences: 0 } });
  });

  it("may hold more than is known here", () => {
    const more = { ...GOOD, scores: { none: 1 }, evidence: [], reason: "…", later: {} };
    assert.deepEqual(read([more, NONE], { model: null, extra: 1 }).sentences, [GOOD, NONE]);
  });

  it("leaves paragraphs unchecked that it does not speak of", () => {
    const answer = read([GOOD], { skipped: [{ block: "b2", reason: "too-long" }] });
    assert.deepEqual(answer.unchecked, { paragraphs: 1, sentences: 0 });
  });

  it("leaves paragraphs unchecked whatever the reason", () => {
    for (const reason of ["not-english", "a reason to come"]) {
      const answer = read([GOOD], { skipped: [{ block: "b2", reason }] });
      assert.deepEqual(answer, { sentences: [GOOD], unchecked: { paragraphs: 1, sentences: 0 } });
    }
  });

  it("may leave out everything", () => {
    assert.deepEqual(read([]), { sentences: [], unchecked: { paragraphs: 2, sentences: 0 } });
  });

  const rubbish = [
    ["no object", "sentence"], ["null", null], ["a list", []],
    ["an unknown label", { ...GOOD, label: "lie" }],
    ["a label from the prototype of objects", { ...GOOD, label: "constructor" }],
    ["a label that is no text", { ...GOOD, label: ["official_statement"] }],
    ["a label without its state", { ...GOOD, state: "none" }],
    ["a state without its label", { ...GOOD, label: null }],
    ["an unknown state", { ...GOOD, state: "verified", label: null }],
    ["an unknown block", { ...GOOD, block: "b9" }],
    ["a block that is no text", { ...GOOD, block: 1 }],
    ["a start before the text", { ...GOOD, start: -1 }],
    ["an end after the text", { ...GOOD, end: 36 }],
    ["an empty slice", { ...GOOD, start: 19 }],
    ["a slice the wrong way round", { ...GOOD, start: 19, end: 0 }],
    ["a fraction", { ...GOOD, end: 18.5 }],
    ["offsets as text", { ...GOOD, start: "0" }],
    ["no offsets", { block: "b1", label: null, state: "none" }],
    ["half a character", { block: "b2", start: 0, end: 6, label: null, state: "none" }],
    ["a second mark on the same words", { ...GOOD, start: 4, end: 25 }],
  ];
  for (const [what, candidate] of rubbish) {
    it(`loses a sentence with ${what}, and counts it`, () => {
      assert.deepEqual(read([GOOD, candidate, NONE]), { sentences: [GOOD, NONE], unchecked: { paragraphs: 0, sentences: 1 } });
    });
  }

  const unusable = [
    ["nothing", undefined], ["null", null], ["a text", "ok"], ["a number", 1], ["a list", [GOOD]], ["an empty object", {}],
    ["sentences that are no list", { offsets: "utf-16", sentences: { 0: GOOD } }],
    ["offsets in code points", { offsets: "code-point", sentences: [GOOD, NONE] }],
    ["offsets without a unit", { sentences: [GOOD, NONE] }],
    ["nothing but rubbish", { offsets: "utf-16", sentences: [null, {}, 7] }],
  ];
  for (const [what, json] of unusable) {
    it(`cannot be used where it is ${what}`, () => assert.equal(readAnswer(json, BLOCKS), null));
  }
});

describe("hard Unicode", () => {
  for (const { name, text, code_points: codePoints, utf16 } of GOLDEN) {
    const characters = Array.from(text);

    it(`gives the same slices in both units: ${name}`, () => {
      assert.equal(codePoints.length, utf16.length);
      codePoints.forEach(([start, end], index) => {
        assert.equal(text.slice(...utf16[index]), characters.slice(start, end).join(""));
      });
    });

    it(`is taken by UTF-16 offsets: ${name}`, () => {
      const spans = utf16.filter(([start, end]) => start < end);
      const sentences = spans.map(([start, end]) => ({ block: "b1", start, end, label: null, state: "none" }));
      const answer = readAnswer({ offsets: "utf-16", sentences }, [{ id: "b1", text }]);
      assert.deepEqual(answer.sentences, sentences);
    });
  }
});
