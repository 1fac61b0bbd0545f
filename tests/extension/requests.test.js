import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readPageRequest, readPopupRequest } from "../../extension/background/requests.js";
import {
  ARRIVED, CLEAR, CORRECT, COUNT, GIVE, LABEL, LIST, MARK, PAGE_PAINT, RECIPIENT, REPORT, TAKE_ALONG, TAKE_BACK, TOGGLE,
} from "../../extension/shared/messages.js";

const OWN = { id: "sourcemark", address: "chrome-extension://sourcemark/" };
const POPUP = { id: "sourcemark", url: "chrome-extension://sourcemark/popup/popup.html" };
const PAGE = { id: "sourcemark", url: "https://news.example/story?1", origin: "https://news.example", frameId: 0, tab: { id: 7 } };

/** What no request may be, whatever it should be. */
const RUBBISH = [undefined, null, true, 7, NaN, "x", "", [], {}, [[]], { type: null }];

const BLOCKS = [{ id: "b1", text: "He left." }];
const CHOICE = { sentence: "He left.", shown: "anonymous_claim", chosen: "none", model: null };
const CONTRIBUTION = { model: "9f2c61d0a7b4", before: null, sentence: "He left.", after: null, given: "anonymous_claim", proposed: null };
const HOST = "127.0.0.1:8377";
const ID = "a".repeat(22);

describe("what the popup asks", () => {
  const read = (message, sender = POPUP) => readPopupRequest(message, sender, OWN);

  for (const type of [MARK, CLEAR, REPORT, TAKE_ALONG, TOGGLE, LIST]) {
    it(`is heard where it is ${type} for a tab, and taken without anything more`, () => {
      assert.deepEqual(read({ type, tabId: 7, blocks: BLOCKS, url: "https://news.example" }), { type, tabId: 7 });
      for (const tabId of [...RUBBISH.filter((value) => value !== 7), -1, 1.5, "7", [7], 2 ** 60]) assert.equal(read({ type, tabId }), null);
      for (const wrapped of [[type], { type }, `${type} `, type.toUpperCase()]) assert.equal(read({ type: wrapped, tabId: 7 }), null);
    });
  }

  it("is nothing else", () => {
    for (const message of RUBBISH) assert.equal(read(message), null);
    for (const type of [LABEL, PAGE_PAINT, "constructor", "__proto__"]) assert.equal(read({ type, tabId: 7 }), null);
  });

  const STRANGERS = {
    "a content script": PAGE,
    "another extension": { ...POPUP, id: "other" },
    "another extension with an address like ours": { id: "other", url: "chrome-extension://sourcemark/popup/popup.html" },
    "a page whose address begins like ours": { ...POPUP, url: "chrome-extension://sourcemark.evil.example/popup.html" },
    "a page that has our address in its own": { ...POPUP, url: "https://evil.example/#chrome-extension://sourcemark/" },
    "somebody without an address": { id: "sourcemark" },
    "nobody": {},
  };
  for (const [who, sender] of Object.entries(STRANGERS)) {
    it(`is not heard from ${who}`, () => assert.equal(read({ type: MARK, tabId: 7 }, sender), null));
  }
});

describe("what a page's content script asks or tells", () => {
  const read = (message, sender = PAGE) => readPageRequest(message, sender, OWN);

  it("is heard with the tab and the origin that the browser names, not with its own", () => {
    const lie = { tabId: 99, tab: { id: 99 }, url: "https://other.example/", origin: "https://other.example" };
    assert.deepEqual(read({ ...lie, type: LABEL, blocks: BLOCKS, title: "Bridge" }), { type: LABEL, tabId: 7, blocks: BLOCKS, title: "Bridge" });
    assert.deepEqual(read({ ...lie, type: COUNT, count: 3 }), { type: COUNT, tabId: 7, count: 3 });
    assert.deepEqual(read({ ...lie, type: CORRECT, correction: CHOICE }), { type: CORRECT, tabId: 7, choice: CHOICE, url: PAGE.url });
    assert.deepEqual(read({ ...lie, type: RECIPIENT }), { type: RECIPIENT, tabId: 7 });
    const gift = { contribution: { ...CONTRIBUTION, ...lie }, host: HOST };
    assert.deepEqual(read({ ...lie, type: GIVE, ...gift }), { type: GIVE, tabId: 7, contribution: CONTRIBUTION, host: HOST });
    assert.deepEqual(read({ ...lie, type: TAKE_BACK, id: ID, host: HOST }), { type: TAKE_BACK, tabId: 7, id: ID, host: HOST });
    assert.deepEqual(read({ ...lie, type: ARRIVED }), { type: ARRIVED, tabId: 7, origin: "https://news.example" });
  });

  it("has a title only where it brings one, and an origin where a browser names only the address", () => {
    assert.equal(read({ type: LABEL, blocks: BLOCKS }).title, "");
    assert.equal(read({ type: ARRIVED }, { ...PAGE, origin: undefined }).origin, "https://news.example");
    for (const url of [undefined, "", "news"]) assert.equal(read({ type: ARRIVED }, { ...PAGE, origin: undefined, url }), null);
  });

  const BAD = {
    [LABEL]: [
      ...RUBBISH.map((blocks) => ({ blocks })),
      ...[null, [], "b1", { id: "b1" }, { text: "x" }, { id: 1, text: "x" }, { id: "b1", text: ["x"] }].map((block) => ({ blocks: [block] })),
      { blocks: [...BLOCKS, null] },
      ...[7, [], {}, true].map((title) => ({ blocks: BLOCKS, title })),
    ],
    [GIVE]: [
      ...RUBBISH.map((contribution) => ({ contribution, host: HOST })),
      ...RUBBISH.filter((value) => typeof value !== "string").map((host) => ({ contribution: CONTRIBUTION, host })),
      ...[{ sentence: 7 }, { after: undefined }, { given: "lie" }, { proposed: "none" }].map((change) => ({ contribution: { ...CONTRIBUTION, ...change }, host: HOST })),
    ],
    [TAKE_BACK]: [...RUBBISH, `${ID}a`, "../label/aaaaaaaaaaaaa"].map((id) => ({ id, host: HOST })).concat([{ id: ID }, { id: ID, host: 7 }]),
    [COUNT]: RUBBISH.filter((value) => value !== 7).concat([-1, 0.5, "3", 2 ** 60]).map((count) => ({ count })),
  };
  for (const [type, bodies] of Object.entries(BAD)) {
    it(`is not heard as ${type} in any other shape`, () => {
      for (const body of bodies) assert.equal(read({ type, ...body }), null, JSON.stringify(body));
    });
  }

  it("is no correction where it makes no sense, and is answered", () => {
    const changes = [{ sentence: "" }, { sentence: ["x"] }, { shown: "lie" }, { chosen: "anonymous_claim" }, { chosen: "constructor" }, { shown: ["anonymous_claim"] }];
    for (const correction of [...RUBBISH, ...changes.map((change) => ({ ...CHOICE, ...change }))]) {
      assert.equal(read({ type: CORRECT, correction }).choice, null);
    }
    assert.deepEqual(read({ type: CORRECT, correction: { ...CHOICE, address: "https://other.example", date: "1970" } }).choice, CHOICE);
  });

  it("is nothing else", () => {
    for (const message of RUBBISH) assert.equal(read(message), null);
    for (const type of [MARK, PAGE_PAINT, [COUNT], "constructor", "__proto__"]) assert.equal(read({ type, tabId: 7, count: 1 }), null);
  });

  const STRANGERS = {
    "a page of our own": { ...POPUP, tab: { id: 7 }, frameId: 0 },
    "another extension": { ...PAGE, id: "other" },
    "a frame": { ...PAGE, frameId: 3 },
    "no frame": { ...PAGE, frameId: undefined },
    "no tab": { ...PAGE, tab: undefined },
    "a tab without a number": { ...PAGE, tab: {} },
    "nobody": {},
  };
  for (const [who, sender] of Object.entries(STRANGERS)) {
    it(`is not heard from ${who}`, () => assert.equal(read({ type: COUNT, count: 3 }, sender), null));
  }
});
