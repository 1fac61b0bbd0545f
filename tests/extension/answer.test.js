import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { readAnswer } from "../../extension/background/answer.js";

const GOLDEN = JSON.parse(readFileSync(new URL("../golden/unicode.json", import.meta.url), "utf8"));

const BLOCKS = [
  { id: "b1", text: "The minister spoke. “No,” she said." },
  { id: "b2", text: "Rain 🌧 fell." },
];
/** What a sentence comes with where the service explains nothing. */
const UNEXPLAINED = { scores: {}, speaker: null, evidence: [], reason: "" };
const GOOD = { block: "b1", start: 0, end: 19, label: "official_statement", state: "labelled", ...UNEXPLAINED };
const NONE = { block: "b2", start: 0, end: 13, label: null, state: "none", ...UNEXPLAINED };

const read = (sentences, more = {}) => readAnswer({ offsets: "utf-16", sentences, ...more }, BLOCKS);

describe("the service's answer", () => {
  it("is taken where it fits", () => {
    const unchecked = { paragraphs: 0, sentences: 0 };
    assert.deepEqual(read([GOOD, NONE]), { sentences: [GOOD, NONE], unchecked, model: null });
  });

  it("may hold more than is known here", () => {
    assert.deepEqual(read([{ ...GOOD, later: {} }, NONE], { extra: 1 }).sentences, [GOOD, NONE]);
  });

  it("leaves paragraphs unchecked that it does not speak of", () => {
    const answer = read([GOOD], { skipped: [{ block: "b2", reason: "too-long" }] });
    assert.deepEqual(answer.unchecked, { paragraphs: 1, sentences: 0 });
  });

  it("leaves paragraphs unchecked whatever the reason", () => {
    for (const reason of ["not-english", "a reason to come"]) {
      const answer = read([GOOD], { skipped: [{ block: "b2", reason }] });
      assert.deepEqual(answer, { sentences: [GOOD], unchecked: { paragraphs: 1, sentences: 0 }, model: null });
    }
  });

  it("may leave out everything", () => {
    assert.deepEqual(read([]), { sentences: [], unchecked: { paragraphs: 2, sentences: 0 }, model: null });
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
      const { sentences, unchecked } = read([GOOD, candidate, NONE]);
      assert.deepEqual([sentences, unchecked], [[GOOD, NONE], { paragraphs: 0, sentences: 1 }]);
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
      assert.deepEqual(answer.sentences, sentences.map((sentence) => ({ ...sentence, ...UNEXPLAINED })));
    });
  }
});

describe("what explains a label", () => {
  const explained = {
    scores: { official_statement: 0.93, anonymous_claim: 0.02, eyewitness_quote: 0, none: 0.05 },
    speaker: { name: "the minister", named: false },
    evidence: [{ kind: "source", block: "b1", start: 0, end: 12 }, { kind: "cue", block: "b1", start: 13, end: 18 }],
    reason: "A minister speaks for the government.",
  };
  const first = (more) => read([{ ...GOOD, ...more }]).sentences[0];

  it("is passed on as it came", () => {
    assert.deepEqual(first(explained), { ...GOOD, ...explained });
  });

  it("may stand in an earlier paragraph", () => {
    const evidence = [{ kind: "source", block: "b1", start: 0, end: 12 }];
    assert.deepEqual(read([GOOD, { ...NONE, evidence }]).sentences[1].evidence, evidence);
  });

  const lost = [
    ["scores that are no record", { scores: [1] }],
    ["scores that are no numbers from 0 to 1", { scores: { none: "1", official_statement: -1, anonymous_claim: 1.5, eyewitness_quote: null } }],
    ["scores of unknown labels", { scores: { lie: 1, constructor: 1, __proto__: { none: 1 } } }],
    ["a speaker who is no record", { speaker: "Ana Ruiz" }],
    ["a speaker without a name", { speaker: { name: "", named: true } }],
    ["a speaker of whom it is not told whether they are named", { speaker: { name: "Ana Ruiz" } }],
    ["evidence that is no list", { evidence: { kind: "cue" } }],
    ["evidence of an unknown kind", { evidence: [{ kind: "lie", block: "b1", start: 0, end: 3 }] }],
    ["evidence in an unknown block", { evidence: [{ kind: "cue", block: "b9", start: 0, end: 3 }] }],
    ["evidence after the end of the text", { evidence: [{ kind: "cue", block: "b1", start: 0, end: 99 }] }],
    ["evidence of half a character", { evidence: [{ kind: "cue", block: "b2", start: 0, end: 6 }] }],
    ["evidence that is no object", { evidence: [null, "cue", 7, []] }],
    ["a reason that is no text", { reason: { html: "<b>" } }],
  ];
  for (const [what, more] of lost) {
    it(`is lost where it has ${what}, and the label stays`, () => assert.deepEqual(first(more), GOOD));
  }

  it("is cut where it is too long, never through a character", () => {
    assert.equal(first({ reason: "a".repeat(9999) }).reason.length, 500);
    assert.ok(first({ reason: `${"a".repeat(499)}🌧` }).reason.isWellFormed());
    assert.equal(first({ speaker: { name: "a".repeat(9999), named: true } }).speaker.name.length, 200);
  });

  it("names the model, whole or not at all", () => {
    const model = { name: "en", version: "1.2.0", id: "9f2c61d0a7b4" };
    assert.deepEqual(read([GOOD], { model: { ...model, path: "/srv" } }).model, model);
    for (const bad of [null, "en", {}, [], { ...model, id: 7 }, { name: "en" }]) assert.equal(read([GOOD], { model: bad }).model, null);
  });
});
