import assert from "node:assert/strict";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, it } from "node:test";
import { requestLabels } from "../../extension/background/server.js";

const BLOCKS = [{ id: "b1", text: "He left." }];
const SENTENCE = { block: "b1", start: 0, end: 8, label: null, state: "none", scores: {}, speaker: null, evidence: [], reason: "" };

/** A real server on this computer, a new one for every test, which says how it answers. */
let service;
let address;

beforeEach(async () => {
  service = createServer();
  address = await listen(service);
});

afterEach(() => {
  service.closeAllConnections();
  service.close();
});

async function listen(server) {
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return `http://127.0.0.1:${server.address().port}`;
}

function answer(status, type, body) {
  const requests = [];
  service.on("request", async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    requests.push({ method: request.method, url: request.url, headers: request.headers, body: JSON.parse(text) });
    response.writeHead(status, { "Content-Type": type }).end(body);
  });
  return requests;
}

const problem = async (more = {}) => (await requestLabels(BLOCKS, { serviceAddress: address, ...more })).problem;

describe("a request to the service", () => {
  const good = JSON.stringify({ offsets: "utf-16", sentences: [SENTENCE] });

  it("sends the text of the blocks and nothing else", async () => {
    const requests = answer(200, "application/json", good);
    const result = await requestLabels(BLOCKS, { serviceAddress: address });
    const unchecked = { paragraphs: 0, sentences: 0 };
    assert.deepEqual(result, { answer: { sentences: [SENTENCE], unchecked, model: null }, problem: null });
    const [{ method, url, headers, body }] = requests;
    assert.deepEqual([method, url, headers["content-type"]], ["POST", "/v1/label", "application/json"]);
    assert.deepEqual(body, { offsets: "utf-16", blocks: BLOCKS });
    assert.equal(headers.referer, undefined);
    assert.equal(headers.cookie, undefined);
  });

  it("sends halves of characters as U+FFFD, which is as long", async () => {
    const requests = answer(200, "application/json", good);
    await requestLabels([{ id: "b1", text: "He\ud83d left\udca9." }], { serviceAddress: address });
    assert.equal(requests[0].body.blocks[0].text, "He\ufffd left\ufffd.");
  });

  it("sends nothing of a block but its id and text", async () => {
    const requests = answer(200, "application/json", good);
    await requestLabels([{ ...BLOCKS[0], url: "https://news.example/" }], { serviceAddress: address });
    assert.deepEqual(requests[0].body.blocks, BLOCKS);
  });

  it("sends the title and a token only where they are given", async () => {
    const requests = answer(200, "application/json", good);
    await requestLabels(BLOCKS, { serviceAddress: address });
    await requestLabels(BLOCKS, { serviceAddress: address, title: "Rain", token: "s3cret" });
    assert.deepEqual(requests.map(({ body }) => body.title), [undefined, "Rain"]);
    assert.deepEqual(requests.map(({ headers }) => headers.authorization), [undefined, "Bearer s3cret"]);
  });

  it("is told exactly as it is sent, before it is sent, and without the token", async () => {
    const requests = answer(200, "application/json", good);
    const told = [];
    const remember = (request) => told.push([request, requests.length]);
    await requestLabels(BLOCKS, { serviceAddress: address, title: "Rain", token: "s3cret", remember });
    const [[{ method, address: to, headers, body, withToken }, before]] = told;
    assert.deepEqual([method, to, withToken, before], ["POST", `${address}/v1/label`, true, 0]);
    assert.deepEqual(JSON.parse(body), requests[0].body);
    assert.equal(headers["Content-Type"], requests[0].headers["content-type"]);
    assert.doesNotMatch(JSON.stringify(told), /s3cret/);
  });
});

describe("a problem with the service", () => {
  it("is told as unreachable where nothing listens", async () => {
    await new Promise((closed) => service.close(closed));
    const result = await requestLabels(BLOCKS, { serviceAddress: address });
    assert.deepEqual(result, { answer: null, problem: { kind: "unreachable" } });
  });

  it("is told as unreachable where the connection breaks", async () => {
    service.on("request", (request) => request.socket.destroy());
    assert.deepEqual(await problem(), { kind: "unreachable" });
  });

  it("is told as unreachable where it sends elsewhere", async () => {
    service.on("request", (request, response) => response.writeHead(307, { Location: `${address}/other` }).end());
    assert.deepEqual(await problem(), { kind: "unreachable" });
  });

  it("is told as a timeout where it never answers", async () => {
    service.on("request", () => {});
    assert.deepEqual(await problem({ timeLimit: 50 }), { kind: "timeout" });
  });

  it("is told as a timeout where the answer never ends", async () => {
    service.on("request", (request, response) => response.writeHead(200).write('{"sentences": ['));
    assert.deepEqual(await problem({ timeLimit: 50 }), { kind: "timeout" });
  });

  it("is told in the service's words where it refuses", async () => {
    const details = { type: "urn:x", title: "Too many characters", detail: "The article is longer than the limit.", status: 413 };
    answer(413, "application/problem+json", JSON.stringify(details));
    assert.deepEqual(await problem(), { kind: "refused", reason: "Too many characters. The article is longer than the limit." });
  });

  it("is told in few words, however many the service uses", async () => {
    answer(422, "application/problem+json", JSON.stringify({ title: "No. ".repeat(1000), detail: 7 }));
    assert.equal((await problem()).reason.length, 300);
  });

  it("is told as not ready where the model is not loaded", async () => {
    answer(503, "application/problem+json", JSON.stringify({ title: "No model" }));
    assert.deepEqual(await problem(), { kind: "not_ready" });
  });

  it("is told as busy where too many others ask", async () => {
    answer(503, "application/problem+json", JSON.stringify({ type: "urn:sourcemark:problem:busy", title: "Busy" }));
    assert.deepEqual(await problem(), { kind: "busy" });
  });

  const unreadable = [
    ["a page of HTML and status 500", 500, "text/html", "<h1>Internal Server Error</h1>"],
    ["a page of HTML and status 200", 200, "text/html", "<h1>It works!</h1>"],
    ["status 404 and nothing else", 404, "text/plain", ""],
    ["JSON that is cut off", 200, "application/json", '{"offsets": "utf-16", "sentences": ['],
    ["other JSON", 200, "application/json", '{"ok": true}'],
    ["an error without a title", 400, "application/json", '{"error": "bad"}'],
    ["nothing", 200, "application/json", ""],
  ];
  for (const [what, status, type, body] of unreadable) {
    it(`is told as unreadable where it answers ${what}`, async () => {
      answer(status, type, body);
      assert.deepEqual(await problem(), { kind: "unreadable" });
    });
  }
});
