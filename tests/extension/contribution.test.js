import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { isReceipt, readContribution } from "../../extension/shared/contribution.js";
import { standIn } from "./page-browser.js";
import { EVERY_SCRIPT, openPage } from "./page.js";

const CONTRIBUTION = {
  model: "9f2c61d0a7b4", before: "It rained.", sentence: "He left, she said.", after: null, given: "eyewitness_quote", proposed: "anonymous_claim",
};

describe("a correction that is given", () => {
  it("is taken from a page without anything more than is sent", () => {
    assert.deepEqual(readContribution({ ...CONTRIBUTION, address: "https://news.example/", title: "Bridge", consent: true }), CONTRIBUTION);
    assert.deepEqual(readContribution({ ...CONTRIBUTION, proposed: null }).proposed, null);
  });

  it("is not taken where it makes no sense", () => {
    const changes = [
      { model: "" }, { model: null }, { model: "a".repeat(201) }, { model: 7 }, { sentence: "" }, { sentence: null }, { sentence: "a".repeat(20_001) },
      { before: "" }, { before: undefined }, { before: 7 }, { after: ["x"] }, { after: "a".repeat(20_001) },
      { given: null }, { given: "none" }, { given: "lie" }, { given: ["eyewitness_quote"] }, { given: "constructor" },
      { proposed: "none" }, { proposed: undefined }, { proposed: "lie" }, { proposed: "eyewitness_quote" },
    ];
    for (const change of changes) assert.equal(readContribution({ ...CONTRIBUTION, ...change }), null, JSON.stringify(change));
    for (const value of [undefined, null, true, 7, "x", [], {}, [CONTRIBUTION]]) assert.equal(readContribution(value), null);
  });

  it("is taken back with what the service gave for it, and with nothing that leads elsewhere", () => {
    assert.ok(isReceipt("abcdefghijklmnopqr-_19"));
    for (const value of ["", "a".repeat(21), "a".repeat(23), "../label/aaaaaaaaaaaaa", `${"a".repeat(21)}?`, `${"a".repeat(22)}\n`, null, 7, ["a".repeat(22)]]) {
      assert.ok(!isReceipt(value), String(value));
    }
  });
});

describe("what a page takes along for it", () => {
  const [BRIDGE, ROAD, FERRY] = ["The bridge\ud83d is shut.", "The road is open, she said. It is wet.", "The ferry sails, it said."];
  const HTML = `<!doctype html><article>${[BRIDGE, ROAD, FERRY].map((text) => `<p>${text}</p>`).join("")}</article>`;
  const MODEL = { name: "en", version: "1.2.0", id: "9f2c61d0a7b4" };
  let page;

  /** Show a marking of the page, as content/main.js does after an answer. */
  async function mark(model = MODEL) {
    const { reading, blocks } = await page.collect();
    const label = (block, start, end, id) => ({ block: block.id, start, end, label: id, state: id ? "labelled" : "none" });
    const [first, second, third] = blocks;
    const turn = second.text.indexOf(" It is");
    const sentences = [
      label(first, 0, first.text.length, "anonymous_claim"), label(second, 0, turn, "official_statement"),
      label(second, turn + 1, second.text.length, null), label(third, 0, third.text.length, "official_statement"),
    ];
    await page.paint({ reading, sentences, unchecked: { paragraphs: 0, sentences: 0 }, model });
    return page.Sourcemark.view.marking().placed;
  }

  beforeEach(() => {
    page = openPage(HTML, EVERY_SCRIPT, standIn);
    const scope = { roots: [page.document.querySelector("article")], selection: null };
    // so short a text is no article
    page.Sourcemark.searchScope = function* () {
      yield;
      return scope;
    };
  });

  const taken = (sentence, chosen) => structuredClone(page.Sourcemark.contribution(sentence, chosen));

  it("is the sentence with its neighbours, whichever paragraphs they stand in and whatever is said of them", async () => {
    const placed = await mark();
    assert.deepEqual(taken(placed[1], "none"), {
      model: MODEL.id, before: BRIDGE.replace("\ud83d", "\ufffd"), sentence: "The road is open, she said.", after: "It is wet.",
      given: "official_statement", proposed: null,
    });
    const { before, sentence, after, proposed } = taken(placed[3], "eyewitness_quote");
    assert.deepEqual([before, sentence, after, proposed], ["It is wet.", FERRY, null, "eyewitness_quote"]);
    assert.equal(taken(placed[0], "none").before, null);
    for (const one of [placed[0], placed[1], placed[3]]) assert.notEqual(readContribution(taken(one, "none")), null);
  });

  it("is nothing where nobody says what set the label, or the sentence is gone", async () => {
    const [first] = await mark(null);
    assert.equal(taken(first, "none"), null);
    const [again] = await mark();
    assert.equal(taken({ ...again, text: "Another." }, "none"), null);
    page.ask("clear");
    assert.equal(taken(again, "none"), null);
  });
});
