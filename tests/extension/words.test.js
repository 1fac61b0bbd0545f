import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { GIVING_PROBLEMS, PROBLEMS, wordsFor, wordsForDestination, wordsForGiving, wordsForTakingBack } from "../../extension/popup/words.js";
import { CLEAR, MARK, REPORT } from "../../extension/shared/messages.js";
import { readExtension } from "./page.js";

const TEXTS = JSON.parse(readExtension("_locales/en/messages.json"));
const HOST = "127.0.0.1:8377";
const MARKED = { counts: { official_statement: 2, eyewitness_quote: 1, none: 4, unsure: 1 }, unchecked: { paragraphs: 0, sentences: 1 } };

/** What the popup says, filled in as the browser fills it in. */
function says(request, outcome) {
  return inWords(wordsFor(request, outcome, HOST));
}

function inWords(words) {
  return words.map(([name, ...substitutions]) => fill(TEXTS[name], substitutions)).join(" ");
}

function fill({ message, placeholders = {} }, substitutions) {
  return message.replace(/\$([A-Z]+)\$/g, (_, name) => substitutions[Number(placeholders[name.toLowerCase()].content.slice(1)) - 1]);
}

describe("the popup's words", () => {
  it("tell how many sentences are marked", () => {
    assert.equal(says(MARK, { problem: null, report: MARKED }), "Marked 3 of 9 sentences.");
    assert.equal(says(REPORT, { problem: null, report: MARKED }), "Marked 3 of 9 sentences.");
  });

  it("tell that the marks are hidden", () => {
    assert.equal(says(MARK, { problem: null, report: MARKED, hidden: true }), "Marked 3 of 9 sentences. The marks are hidden.");
  });

  it("tell that nothing was to be marked", () => {
    const report = { counts: { none: 8, unsure: 1 }, unchecked: { paragraphs: 0, sentences: 0 } };
    assert.equal(says(MARK, { problem: null, report }), "Read 9 sentences, and none of them gets a mark.");
  });

  it("tell that nothing could be checked", () => {
    const report = { counts: {}, unchecked: { paragraphs: 1, sentences: 0 } };
    assert.equal(says(MARK, { problem: null, report }), "No sentence of this page could be checked. Sourcemark reads English.");
  });

  it("tell that the page is not marked, or not any more", () => {
    assert.equal(says(REPORT, { problem: null, report: null }), "This page is not marked.");
    assert.equal(says(CLEAR, { problem: null, report: null }), "The marks are gone; the page is as it was.");
  });

  it("name the address where the service does not run, and how to start it", () => {
    const words = says(MARK, { problem: { kind: "unreachable" }, report: null });
    assert.match(words, /127\.0\.0\.1:8377/);
    assert.match(words, /make run.*sourcemark serve/);
  });

  it("give the service's own reason", () => {
    assert.match(says(MARK, { problem: { kind: "refused", reason: "Too many characters" }, report: null }), /: Too many characters$/);
  });

  it("say that earlier marks are kept", () => {
    assert.match(says(MARK, { problem: { kind: "timeout" }, report: MARKED }), /earlier marks are still on the page\.$/);
  });

  it("have a text for every problem, filled to the last place", () => {
    for (const kind of PROBLEMS) {
      const words = says(MARK, { problem: { kind }, report: null });
      assert.ok(words.length > 40 && !/undefined|\$/.test(words), `${kind}: ${words}`);
    }
  });

  it("cover every problem that the code can name", () => {
    const sources = ["background.js", ...["marking", "report", "server"].map((name) => `background/${name}.js`), "content/main.js"].map(readExtension).join("\n");
    const named = [...sources.matchAll(/(?:(?:kind|problem): |\bclear\()(?:signal\.aborted \? "(\w+)" : )?"(\w+)"/g)].flatMap(([, ...kinds]) => kinds.filter(Boolean));
    assert.deepEqual([...new Set(named)].sort(), [...PROBLEMS]);
  });

  it("exist where the background breaks or says something unknown", () => {
    assert.equal(says(MARK, undefined), TEXTS.problem_failed.message);
    assert.equal(says(MARK, { problem: { kind: "constructor" }, report: null }), TEXTS.problem_failed.message);
  });
});

describe("the words on where the text goes", () => {
  const says = (settings) => inWords(wordsForDestination({ sendTitle: false, ...settings }));

  it("name this computer only where it is this computer", () => {
    assert.match(says({ serviceAddress: "http://127.0.0.1:9000" }), /this computer \(127\.0\.0\.1:9000\) and nowhere else/);
    const elsewhere = says({ serviceAddress: "https://sourcemark.example.org" });
    assert.match(elsewhere, /goes to sourcemark\.example\.org, which is not this computer/);
  });

  it("warn of a connection that others can read", () => {
    assert.match(says({ serviceAddress: "http://192.168.1.5:8377" }), /not encrypted/);
    assert.doesNotMatch(says({ serviceAddress: "https://sourcemark.example.org" }), /not encrypted/);
  });

  it("tell of the title where it is sent, and of an address that cannot be used", () => {
    const words = says({ serviceAddress: "http://127.0.0.1:8377", sendTitle: true, addressIgnored: true });
    assert.match(words, /title of the page goes with it.*cannot be used/);
  });
});

describe("the words of a correction that was not given", () => {
  it("are there for every reason, and name the service or give its own words", () => {
    for (const kind of GIVING_PROBLEMS.keys()) {
      for (const wordsFor of [wordsForGiving, wordsForTakingBack]) {
        assert.match(inWords(wordsFor({ kind }, HOST)), /127\.0\.0\.1:8377/, kind);
        assert.match(inWords(wordsFor({ kind, reason: "Try tomorrow." }, HOST)), kind === "refused" ? /Try tomorrow/ : /./);
      }
    }
    assert.match(inWords(wordsForGiving({ kind: "constructor" }, HOST)), /127\.0\.0\.1:8377/);
  });

  it("say where it still is, and do not say more than is known", () => {
    assert.match(inWords(wordsForGiving({ kind: "unreachable" }, HOST)), /^It was not given, and is still kept on this computer\./);
    for (const kind of ["timeout", "unreadable"]) assert.match(inWords(wordsForGiving({ kind }, HOST)), /^It may have been given or not\./);
    assert.match(inWords(wordsForTakingBack({ kind: "timeout" }, HOST)), /^It was not taken back\./);
  });
});
