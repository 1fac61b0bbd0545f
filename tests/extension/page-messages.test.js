import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { standIn } from "./page-browser.js";
import { EVERY_SCRIPT, openPage } from "./page.js";

const { Sourcemark } = openPage("<p>He left.</p>", EVERY_SCRIPT, standIn);
const { messages } = Sourcemark;
const BACKGROUND = { id: "sourcemark", url: "chrome-extension://sourcemark/background.js" };

const RUBBISH = [undefined, null, true, 7, "x", [], [[]], NaN];
const SENTENCE = {
  block: "b1", start: 0, end: 8, label: "anonymous_claim", state: "labelled", scores: {},
  speaker: { name: "Ana Ruiz", named: true }, evidence: [{ kind: "cue", block: "b1", start: 3, end: 7 }], reason: "A reason.",
};
const PAINT = { type: messages.paint, reading: 1, sentences: [SENTENCE], unchecked: { paragraphs: 0, sentences: 0 }, model: null };
const VIEW = { labels: { anonymous_claim: false }, painter: "mark", hidden: true };

const read = (message, sender = BACKGROUND) => Sourcemark.readMessage(message, sender);

describe("what a page hears from the background", () => {
  const heard = [
    ...["collect", "clear", "report", "article", "toggle", "list"].map((name) => ({ type: messages[name] })),
    PAINT,
    { ...PAINT, view: VIEW },
    { ...PAINT, sentences: [] },
    { ...PAINT, sentences: [{ ...SENTENCE, label: null, state: "unsure", speaker: null, evidence: [] }] },
    { type: messages.view, view: VIEW },
    { type: messages.view, view: {} },
  ];
  for (const message of heard) {
    it(`is ${message.type} in its shape: ${JSON.stringify(message).slice(0, 60)}`, () => {
      assert.equal(read(message), message);
      for (const type of [[message.type], { type: message.type }, `${message.type} `]) assert.equal(read({ ...message, type }), null);
    });
  }

  it("is no message of another direction, and none without a type", () => {
    for (const type of [...RUBBISH, messages.label, messages.count, messages.correct, "popup>background:mark", "constructor", "toString"]) {
      assert.equal(read({ ...PAINT, type }), null);
    }
    for (const message of RUBBISH) assert.equal(read(message), null);
  });

  const wrong = [
    ...RUBBISH.filter((value) => value !== 7).map((reading) => ({ reading })),
    ...RUBBISH.filter((value) => !Array.isArray(value)).map((sentences) => ({ sentences })),
    ...RUBBISH.concat([{}]).map((sentence) => ({ sentences: [SENTENCE, sentence] })),
    ...RUBBISH.concat([{}, { paragraphs: "1", sentences: 0 }]).map((unchecked) => ({ unchecked })),
  ];
  const wrongSentences = [
    { block: 1 }, { start: "0" }, { end: 1.5 }, { label: "lie" }, { label: "constructor" }, { label: undefined }, { state: 1 }, { scores: null },
    { speaker: "Ana" }, { speaker: { name: 7 } }, { speaker: undefined }, { evidence: null }, { evidence: [null] }, { evidence: [{ block: "b1" }] }, { reason: null },
  ];
  it("is no marks in any other shape", () => {
    for (const change of [...wrong, ...wrongSentences.map((change) => ({ sentences: [{ ...SENTENCE, ...change }] }))]) {
      assert.equal(read({ ...PAINT, ...change }), null, JSON.stringify(change));
    }
  });

  it("is no view in any other shape", () => {
    const changes = [{ painter: "spray" }, { painter: "constructor" }, { painter: null }, { labels: "all" }, { labels: null }, { hidden: "yes" }, { hidden: 1 }];
    for (const view of [...RUBBISH, ...changes.map((change) => ({ ...VIEW, ...change }))]) {
      assert.equal(read({ type: messages.view, view }), null, JSON.stringify(view));
      if (view !== undefined) assert.equal(read({ ...PAINT, view }), null);
    }
  });

  const STRANGERS = {
    "another extension": { ...BACKGROUND, id: "other" },
    "a page in a tab": { ...BACKGROUND, tab: { id: 7 }, frameId: 0 },
    "nobody": {},
  };
  for (const [who, sender] of Object.entries(STRANGERS)) {
    it(`is nothing from ${who}`, () => assert.equal(read(PAINT, sender), null));
  }
});
