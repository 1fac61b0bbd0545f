import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as messages from "../../extension/shared/messages.js";
import { openPage, readExtension } from "./page.js";

const REPORT = { counts: { none: 3 }, unchecked: { paragraphs: 0, sentences: 1 } };

describe("messages", () => {
  it("have the same names in the content scripts as elsewhere", () => {
    const ofPages = Object.values(messages).filter((value) => typeof value === "string" && value.includes("content"));
    const [, arrived] = readExtension("content/arrival.js").match(/type: "(.+)"/);
    assert.deepEqual([...Object.values(openPage("").Sourcemark.messages), arrived].sort(), ofPages.sort());
  });

  it("say in their names who sends and who receives", () => {
    const names = Object.values(messages).filter((value) => typeof value === "string");
    for (const name of names) assert.match(name, /^(popup>background|background>content|content>background):[a-z]+$/);
    assert.equal(new Set(names).size, names.length);
  });

  it("are requests of the popup only with a known name and a tab", () => {
    assert.ok(messages.isPopupRequest({ type: messages.MARK, tabId: 7 }));
    for (const value of [null, "x", [], {}, { type: messages.MARK }, { type: messages.PAGE_PAINT, tabId: 7 }, { type: messages.MARK, tabId: "7" }]) {
      assert.ok(!messages.isPopupRequest(value));
    }
  });

  it("bring blocks only as a list of ids and texts", () => {
    assert.ok(messages.isBlocks([{ id: "b1", text: "" }]));
    for (const value of [null, [], {}, [null], [{ id: "b1" }], [{ id: 1, text: "" }]]) assert.ok(!messages.isBlocks(value));
  });

  it("bring a report only as numbers", () => {
    assert.ok(messages.isReport(REPORT));
    for (const value of [null, {}, { counts: {} }, { ...REPORT, counts: { none: "3" } }, { ...REPORT, unchecked: { paragraphs: -1, sentences: 0 } }]) {
      assert.ok(!messages.isReport(value));
    }
  });
});
