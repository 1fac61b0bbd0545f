import assert from "node:assert/strict";
import { createServer } from "node:http";
import { afterEach, beforeEach, describe, it } from "node:test";
import { give, recipient, takeBack } from "../../extension/background/giving.js";

const CONTRIBUTION = {
  model: "9f2c61d0a7b4", before: null, sentence: "He left, she said.", after: "It\ud83d rained.", given: "eyewitness_quote", proposed: null,
};
const ID = "abcdefghijklmnopqr-_19";
const PROBLEM = { type: "urn:sourcemark:problem:too-many-corrections", title: "Too many corrections", detail: "Try again tomorrow." };

/** A real server on this computer, what it was asked, and how it answers by method: a status and a body. */
let service;
let host;
let requests;
let answers;
/** What is stored, what the options would show as sent, and whether the browser lets us through. */
let stored;
let remembered;
let isAllowed;

beforeEach(async () => {
  requests = [];
  remembered = [];
  isAllowed = true;
  answers = { GET: [200, { corrections: true }], POST: [201, { id: ID }], DELETE: [204] };
  service = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request.setEncoding("utf8")) text += chunk;
    const { method, url, headers } = request;
    requests.push({ method, url, headers, body: text && JSON.parse(text) });
    const [status, body] = answers[method];
    response.writeHead(status).end(body && JSON.stringify(body));
  });
  await new Promise((listening) => service.listen(0, "127.0.0.1", listening));
  host = `127.0.0.1:${service.address().port}`;
  stored = { serviceAddress: `http://${host}` };
  globalThis.chrome = {
    permissions: { contains: async () => isAllowed },
    storage: { local: { get: async () => stored }, session: { set: async ({ lastRequest }) => remembered.push(lastRequest) } },
  };
});

afterEach(() => {
  delete globalThis.chrome;
  service.closeAllConnections();
  service.close();
});

describe("who gets a correction", () => {
  it("is the service that is set, where it says that it takes corrections; it is told nothing for that", async () => {
    assert.deepEqual(await recipient(), { host, isHere: true, isEncrypted: true, withToken: false });
    assert.deepEqual(requests.map(({ method, url, body }) => [method, url, body]), [["GET", "/v1/about", ""]]);
    assert.deepEqual(remembered, []);
    stored.token = "s3cret";
    assert.equal((await recipient()).withToken, true);
  });

  it("is nobody where it does not say so, or does not answer", async () => {
    for (const about of [{}, { corrections: false }, { corrections: "yes" }, null, []]) {
      answers.GET = [200, about];
      assert.equal(await recipient(), null);
    }
    answers.GET = [403, { corrections: true }];
    assert.equal(await recipient(), null);
    isAllowed = false;
    assert.equal(await recipient(), null);
    isAllowed = true;
    service.close();
    service.closeAllConnections();
    assert.equal(await recipient(), null);
  });
});

describe("a correction", () => {
  it("is sent as the reader saw it, with their consent and nothing else", async () => {
    assert.deepEqual(await give({ ...CONTRIBUTION, address: "https://news.example" }, host), { id: ID, words: [] });
    const [{ method, url, headers, body }] = requests;
    assert.deepEqual([method, url, headers["content-type"], headers.referer, headers.cookie], ["POST", "/v1/corrections", "application/json", undefined, undefined]);
    assert.deepEqual(body, { ...CONTRIBUTION, after: "It\ufffd rained.", consent: true, given_state: "labelled" });
    assert.deepEqual(JSON.parse(remembered[0].body), body);
  });

  it("goes with the token, which is not remembered, and so does its taking back", async () => {
    stored.token = "s3cret";
    await give(CONTRIBUTION, host);
    assert.deepEqual(await takeBack(ID, host), { isGone: true, words: [] });
    assert.deepEqual(requests.map(({ headers }) => headers.authorization), ["Bearer s3cret", "Bearer s3cret"]);
    assert.deepEqual([requests[1].method, requests[1].url, requests[1].body], ["DELETE", `/v1/corrections/${ID}`, ""]);
    assert.doesNotMatch(JSON.stringify(remembered), /s3cret/);
  });

  it("goes to nobody but the one that the reader was told of, and is taken back from nobody else", async () => {
    const words = [["give_failed"], ["give_service_changed", "other.example"]];
    assert.deepEqual(await give(CONTRIBUTION, "other.example"), { id: null, words });
    assert.deepEqual(await takeBack(ID, "other.example"), { isGone: false, words: [["give_back_failed"], words[1]] });
    isAllowed = false;
    assert.deepEqual((await give(CONTRIBUTION, host)).words, [["give_failed"], ["problem_access_withheld", host]]);
    assert.deepEqual(requests, []);
  });

  it("that the service refuses is told in its words", async () => {
    answers.POST = [429, PROBLEM];
    answers.DELETE = [503, PROBLEM];
    const reason = ["give_refused", "Too many corrections. Try again tomorrow."];
    assert.deepEqual(await give(CONTRIBUTION, host), { id: null, words: [["give_failed"], reason] });
    assert.deepEqual(await takeBack(ID, host), { isGone: false, words: [["give_back_failed"], reason] });
  });

  it("that is not there any more is taken back", async () => {
    answers.DELETE = [404, { ...PROBLEM, type: "urn:sourcemark:problem:no-correction" }];
    assert.equal((await takeBack(ID, host)).isGone, true);
    answers.DELETE = [404, { ...PROBLEM, type: "urn:sourcemark:problem:corrections-off" }];
    assert.equal((await takeBack(ID, host)).isGone, false);
  });

  it("is not certain to be given where the answer makes no sense", async () => {
    for (const body of [{}, { id: "short" }, { id: `${"a".repeat(21)}/` }, null]) {
      answers.POST = [201, body];
      assert.deepEqual(await give(CONTRIBUTION, host), { id: null, words: [["give_uncertain"], ["give_unreadable", host]] });
    }
  });

  it("is not given where the service has stopped", async () => {
    service.close();
    service.closeAllConnections();
    assert.deepEqual(await give(CONTRIBUTION, host), { id: null, words: [["give_failed"], ["problem_unreachable", host]] });
  });
});
