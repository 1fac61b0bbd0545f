import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { deleteCorrections, keepCorrection, loadCorrections, readChoice, toJsonLines } from "../../extension/shared/corrections.js";

const MODEL = { name: "en", version: "1.2.0", id: "9f2c61d0a7b4" };
const CHOICE = { sentence: "He left, she said.", shown: "eyewitness_quote", chosen: "none", model: MODEL };
const CORRECTION = { ...CHOICE, date: "2026-11-24T12:00:00.000Z" };

/** As much of `storage.local` as corrections need: it stores copies, and takes its time. */
function storage() {
  const stored = {};
  const later = async (value) => structuredClone(value);
  return {
    stored,
    get: (key) => later(key in stored ? { [key]: stored[key] } : {}),
    set: async (values) => Object.assign(stored, await later(values)),
    remove: async (key) => delete stored[key],
  };
}

describe("a correction", () => {
  let area;
  beforeEach(() => (area = storage()));

  it("is kept after those before it", async () => {
    const other = { ...CORRECTION, sentence: "It rained." };
    await keepCorrection(CORRECTION, area);
    await keepCorrection(other, area);
    assert.deepEqual(await loadCorrections(area), [CORRECTION, other]);
  });

  it("takes the place of an earlier one of the same sentence", async () => {
    await keepCorrection(CORRECTION, area);
    await keepCorrection({ ...CORRECTION, chosen: "anonymous_claim" }, area);
    assert.deepEqual((await loadCorrections(area)).map(({ chosen }) => chosen), ["anonymous_claim"]);
  });

  it("is not lost where two come at once", async () => {
    const all = ["One.", "Two.", "Three."].map((sentence) => ({ ...CORRECTION, sentence }));
    await Promise.all(all.map((correction) => keepCorrection(correction, area)));
    assert.deepEqual(await loadCorrections(area), all);
  });

  it("is gone after all were deleted", async () => {
    await keepCorrection(CORRECTION, area);
    await deleteCorrections(area);
    assert.deepEqual(await loadCorrections(area), []);
  });

  it("is a line of JSON in the file", async () => {
    const lines = toJsonLines([CORRECTION, { ...CORRECTION, sentence: "Two\nlines." }]);
    assert.deepEqual(lines.trimEnd().split("\n").map((line) => JSON.parse(line).sentence), [CORRECTION.sentence, "Two\nlines."]);
    assert.equal(toJsonLines([]), "");
  });

  it("is taken from a page without anything more than was asked", () => {
    assert.deepEqual(readChoice({ ...CHOICE, address: "https://news.example/", date: "now" }), CHOICE);
    assert.equal(readChoice({ ...CHOICE, model: "en" }).model, null);
  });

  it("is not taken where it makes no sense", () => {
    const senseless = [
      null, "x", [], {}, { ...CHOICE, sentence: "" }, { ...CHOICE, sentence: "a".repeat(20_001) }, { ...CHOICE, sentence: 7 },
      { ...CHOICE, shown: "none" }, { ...CHOICE, shown: "lie" }, { ...CHOICE, chosen: "lie" }, { ...CHOICE, chosen: "eyewitness_quote" },
    ];
    for (const value of senseless) assert.equal(readChoice(value), null);
  });

  it("that was stored and makes no sense is passed over", async () => {
    area.stored.corrections = [null, { sentence: 7 }, CORRECTION, CHOICE];
    assert.deepEqual(await loadCorrections(area), [CORRECTION]);
    area.stored.corrections = "x";
    assert.deepEqual(await loadCorrections(area), []);
  });
});
