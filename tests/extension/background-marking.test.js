import assert from "node:assert/strict";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, it } from "node:test";
import { mark } from "../../extension/background/marking.js";
import { PAGE_COLLECT, PAGE_PAINT, PAGE_REPORT } from "../../extension/shared/messages.js";

const COLLECTED = { problem: null, reading: 5, blocks: [{ id: "b1", text: "He left." }], title: "Bridge", origin: "https://news.example" };

/** A real server on this computer, and what was sent to it and to the page. */
let service;
let requests;
let told;
/** What the page answers, and what is stored. */
let collected;
let stored;

beforeEach(async () => {
  requests = [];
  told = [];
  collected = COLLECTED;
  service = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    requests.push(JSON.parse(text));
    response.end(JSON.stringify({ offsets: "utf-16", sentences: [] }));
  });
  await new Promise((listening) => service.listen(0, "127.0.0.1", listening));
  stored = { serviceAddress: `http://127.0.0.1:${service.address().port}` };
  globalThis.chrome = browser({ url: "https://news.example/story", title: "Another title" });
});

afterEach(() => {
  delete globalThis.chrome;
  service.closeAllConnections();
  service.close();
});

/** The browser's side: one tab, in which the content scripts are. */
function browser(tab) {
  const answers = { [PAGE_REPORT]: () => ({ report: null }), [PAGE_COLLECT]: () => collected, [PAGE_PAINT]: () => ({ problem: null }) };
  return {
    tabs: {
      get: async () => tab,
      async sendMessage(tabId, message) {
        told.push(message.type);
        return answers[message.type]();
      },
    },
    permissions: { contains: async () => true },
    scripting: { insertCSS: async () => {}, removeCSS: async () => {} },
    storage: { local: { get: async () => stored }, session: { set: async () => {} } },
  };
}

describe("marking a page from the background", () => {
  it("sends what the page handed out, and has it painted", async () => {
    assert.equal(await mark(7), null);
    assert.deepEqual(requests, [{ offsets: "utf-16", blocks: COLLECTED.blocks }]);
    assert.deepEqual(told, [PAGE_REPORT, PAGE_COLLECT, PAGE_PAINT]);
  });

  it("sends nothing of another site that has come into the tab since the reader asked", async () => {
    collected = { ...COLLECTED, origin: "https://bank.example" };
    assert.deepEqual(await mark(7), { kind: "page_changed" });
    assert.deepEqual([requests, told], [[], [PAGE_REPORT, PAGE_COLLECT]]);
  });

  it("sends the title of the page that was read, whatever the tab shows by then", async () => {
    stored.sendTitle = true;
    await mark(7);
    assert.equal(requests[0].title, "Bridge");
  });

  it("sends nothing where the page hands out anything else than blocks", async () => {
    for (const answer of [undefined, null, "x", [], {}, { ...COLLECTED, blocks: [] }, { ...COLLECTED, blocks: [{ id: "b1" }] }, { problem: "no_article" }]) {
      collected = answer;
      assert.ok(["page_changed", "no_article"].includes((await mark(7)).kind));
    }
    assert.deepEqual(requests, []);
  });
});
