import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { isMarkedArticle } from "../../extension/shared/passages.js";
import { standIn } from "./page-browser.js";
import { EVERY_SCRIPT, openPage } from "./page.js";

const TEXT = "The ministry said on Monday 🌧 that the bridge over the river Orn would stay closed until the spring of next year.";
const PAGE = `<!doctype html><title> Bridge </title><body><script type="text/plain">🌧 a script has text, too</script>
  <article>${`<p>\n  ${TEXT.replace("bridge", "<a href='#'>bridge</a>")}\n</p>`.repeat(3)}</article></body>`;
const MODEL = { name: "en", version: "1.2.0", id: "9f2c61d0a7b4" };

describe("an article to take along", () => {
  let page;
  // objects of the page's realm are not equal to ones of this realm
  const taken = () => JSON.parse(JSON.stringify(page.ask("article").article));

  beforeEach(async () => {
    page = openPage(PAGE, EVERY_SCRIPT, standIn);
    const { reading, blocks } = await page.collect();
    const sentences = Array.from(blocks, ({ id, text }) => ({
      block: id, start: 0, end: text.length, state: "labelled", label: "anonymous_claim",
      scores: { anonymous_claim: 0.9 }, speaker: null, evidence: [], reason: "A reason.",
    }));
    await page.paint({ reading, sentences, unchecked: { paragraphs: 0, sentences: 0 }, model: MODEL, view: {} });
  });

  it("is written down as the report reads it", () => {
    const article = taken();
    assert.ok(isMarkedArticle({ ...article, address: "http://news.example/" }));
    assert.equal(article.title, "Bridge");
    assert.deepEqual(article.model, MODEL);
    assert.deepEqual(article.blocks.map(({ text }) => text), [TEXT, TEXT, TEXT]);
    assert.equal(article.sentences[0].reason, "A reason.");
    for (const key of ["range", "text"]) assert.ok(!(key in article.sentences[0]));
  });

  it("says where its sentences are in the text of the page, in code points", () => {
    const characters = Array.from(page.document.body.textContent);
    for (const { position } of taken().sentences) {
      assert.equal(characters.slice(position.start, position.end).join(""), TEXT);
    }
    assert.equal(new Set(taken().sentences.map(({ position }) => position.start)).size, 3);
  });

  it("says nothing of words that are not on the page any more", () => {
    page.document.querySelector("p").firstChild.data = "Another beginning, ";
    const [first, second] = taken().sentences;
    assert.deepEqual([first.state, first.label, first.position], ["unchecked", null, null]);
    assert.equal(second.state, "labelled");
  });

  it("is none where nothing is marked", () => {
    page.ask("clear");
    assert.equal(page.ask("article").article, null);
  });
});
