import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { EVERY_SCRIPT as SCRIPTS, openPage } from "./page.js";
import { standIn } from "./page-browser.js";

const TEXT = "The ministry said on Monday that the bridge over the river Orn would stay closed until the spring of next year.";
const PAGE = `<!doctype html><article>${`<p>${TEXT}</p>`.repeat(3)}</article>`;
const UNCHECKED = { paragraphs: 0, sentences: 0 };

const sentence = (block, label, more = {}) => ({
  block, start: 0, end: TEXT.length, label, state: label ? "labelled" : "none", ...more,
});

describe("marking a page", () => {
  let page;
  let reading;
  const paint = (sentences, unchecked = UNCHECKED) => page.paint({ reading, sentences, unchecked });
  const painted = () =>
    Object.fromEntries(Array.from(page.CSS.highlights, ([name, ranges]) => [name, Array.from(ranges, String)]));

  beforeEach(async () => {
    page = openPage(PAGE, SCRIPTS, standIn);
    ({ reading } = await page.collect());
  });

  it("hands out the text of the article", async () => {
    const { problem, blocks } = await page.collect();
    assert.equal(problem, null);
    assert.deepEqual(Array.from(blocks, (block) => block.text), [TEXT, TEXT, TEXT]);
  });

  it("paints every label by its own name, and counts what it painted", async () => {
    await paint([sentence("b1", "anonymous_claim"), sentence("b2", null), sentence("b3", null, { state: "unsure" })]);
    assert.deepEqual(painted(), { "sourcemark-anonymous_claim": [TEXT] });
    assert.equal(JSON.stringify(page.ask("report").report), JSON.stringify({ counts: { anonymous_claim: 1, none: 1, unsure: 1 }, unchecked: UNCHECKED, selection: false }));
  });

  it("leaves the page's markup as it is, with marks and without", async () => {
    const before = page.document.documentElement.outerHTML;
    await paint([sentence("b1", "anonymous_claim")]);
    assert.equal(page.document.documentElement.outerHTML, before);
    page.ask("clear");
    assert.equal(page.document.documentElement.outerHTML, before);
    assert.deepEqual(painted(), {});
    assert.equal(page.ask("report").report, null);
  });

  it("replaces earlier marks by new ones", async () => {
    await paint([sentence("b1", "anonymous_claim")]);
    ({ reading } = await page.collect());
    await paint([sentence("b2", "official_statement")]);
    assert.deepEqual(painted(), { "sourcemark-official_statement": [TEXT] });
  });

  it("paints no sentence whose words have changed meanwhile, and counts its paragraph", async () => {
    page.document.querySelector("p").firstChild.data = TEXT.replace("closed", "opened");
    await paint([sentence("b1", "anonymous_claim"), sentence("b2", "official_statement")], { paragraphs: 1, sentences: 2 });
    assert.deepEqual(painted(), { "sourcemark-official_statement": [TEXT] });
    assert.equal(JSON.stringify(page.ask("report").report.unchecked), JSON.stringify({ paragraphs: 2, sentences: 2 }));
  });

  it("says that the page changed where no sentence is in its place, and keeps the earlier marks", async () => {
    await paint([sentence("b1", "anonymous_claim"), sentence("b2", null)]);
    ({ reading } = await page.collect());
    page.document.querySelectorAll("p")[1].textContent = "Something else.";
    assert.equal((await paint([sentence("b2", "official_statement")])).problem, "page_changed");
    assert.deepEqual(painted(), { "sourcemark-anonymous_claim": [TEXT] });
  });

  it("paints no answer to an earlier reading", async () => {
    await page.collect();
    assert.equal((await paint([sentence("b1", "anonymous_claim")])).problem, "page_changed");
    assert.deepEqual(painted(), {});
  });

  it("paints no answer to a reading of the page that stood in the tab before", async () => {
    const before = reading;
    const next = openPage(PAGE, SCRIPTS, standIn);
    assert.notEqual((await next.collect()).reading, before);
    const answer = { reading: before, sentences: [sentence("b1", "anonymous_claim")], unchecked: UNCHECKED };
    assert.equal((await next.paint(answer)).problem, "page_changed");
  });

  it("paints an answer once, however often it comes", async () => {
    await paint([sentence("b1", "anonymous_claim")]);
    assert.equal((await paint([sentence("b2", "official_statement")])).problem, "page_changed");
    assert.deepEqual(painted(), { "sourcemark-anonymous_claim": [TEXT] });
  });

  it("paints nothing where the reader cleared the page meanwhile", async () => {
    const later = paint([sentence("b1", "anonymous_claim")]);
    page.ask("clear");
    assert.equal((await later).problem, "page_changed");
    assert.deepEqual(painted(), {});
    assert.equal(page.waiting(), 0);
  });

  it("forgets its marks where the page has replaced the article", async () => {
    await paint([sentence("b1", "anonymous_claim")]);
    page.document.body.innerHTML = "<p>Another page.</p>";
    assert.equal(page.ask("report").report, null);
    assert.deepEqual(painted(), {});
  });

  it("says that there is no article", async () => {
    const window = openPage("<!doctype html><p>Sign in.</p>", SCRIPTS, standIn);
    assert.equal((await window.collect()).problem, "no_article");
  });

  it("listens to nobody else", () => {
    assert.equal(page.ask("collect", {}, "another-extension"), undefined);
    assert.equal(page.ask("dance"), undefined);
  });

  it("listens once, however often the scripts are injected", () => {
    let added = 0;
    openPage(PAGE, [...SCRIPTS, ...SCRIPTS], (window) => {
      standIn(window);
      window.chrome.runtime.onMessage.addListener = () => (added += 1);
    });
    assert.equal(added, 1);
  });
});
