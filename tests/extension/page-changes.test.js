import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { EVERY_SCRIPT, openPage } from "./page.js";
import { standIn } from "./page-browser.js";

const words = (what) => `The ministry said on Monday that the ${what} over the river Orn would stay closed until the spring of next year.`;
const [BRIDGE, ROAD, FERRY, TUNNEL, TOWER] = ["bridge", "road", "ferry", "tunnel", "tower"].map(words);
const STORY = [BRIDGE, ROAD, FERRY];
const markup = (texts) => texts.map((text) => `<p>${text}</p>`).join("");

/** A service for which every block is one sentence, and an official statement. */
const label = ({ blocks }) => ({
  problem: null,
  answer: {
    sentences: blocks.map(({ id, text }) => ({ block: id, start: 0, end: text.length, label: "official_statement", state: "labelled" })),
    unchecked: { paragraphs: 0, sentences: 0 },
    model: null,
  },
});

describe("a marked page that changes", () => {
  let page;
  let article;
  const paragraphs = (texts) => texts.map((text) => Object.assign(page.document.createElement("p"), { textContent: text }));
  const articleOf = (texts) => {
    const element = page.document.createElement("article");
    element.append(...paragraphs(texts));
    return element;
  };
  const painted = () => [...(page.CSS.highlights.get("sourcemark-official_statement") ?? [])].map(String);
  const sent = () => page.sent.filter(({ blocks }) => blocks).map(({ blocks }) => Array.from(blocks, ({ text }) => text));

  beforeEach(async () => {
    page = openPage(`<!doctype html><div id="app"><article>${markup(STORY)}</article></div>`, EVERY_SCRIPT, standIn);
    article = page.document.querySelector("article");
    page.reply = label;
    const { reading, blocks } = await page.collect();
    await page.paint({ reading, ...label({ blocks }).answer });
    assert.deepEqual(painted(), STORY);
  });

  it("gets marks for late text, which is sent with no more than the three blocks before it", async () => {
    article.append(...paragraphs([TUNNEL]));
    await page.settle();
    assert.deepEqual(painted(), [...STORY, TUNNEL]);
    article.append(...paragraphs([TOWER]));
    await page.settle();
    assert.deepEqual(painted(), [...STORY, TUNNEL, TOWER]);
    assert.deepEqual(sent(), [[...STORY, TUNNEL], [ROAD, FERRY, TUNNEL, TOWER]]);
  });

  it("keeps its marks without a request where a framework makes the same text anew", async () => {
    article.replaceChildren(...paragraphs(STORY));
    await page.settle();
    assert.deepEqual(painted(), STORY);
    article.querySelectorAll("p").forEach((paragraph, index) => (paragraph.textContent = STORY[index]));
    await page.settle();
    assert.deepEqual(painted(), STORY);
    assert.deepEqual(sent(), []);
  });

  it("keeps its marks without a request where paragraphs change places", async () => {
    article.prepend(article.lastElementChild);
    await page.settle();
    assert.deepEqual(painted(), [FERRY, BRIDGE, ROAD]);
    assert.deepEqual(sent(), []);
  });

  it("keeps its marks where the article's element is made anew, also after a time without one", async () => {
    page.document.querySelector("#app").replaceChildren(articleOf(STORY));
    await page.settle();
    assert.deepEqual(painted(), STORY);
    page.document.body.innerHTML = "";
    await page.settle();
    assert.deepEqual(painted(), []);
    assert.equal(page.ask("report").report, null);
    page.document.body.innerHTML = "<main></main>";
    await page.settle();
    page.document.querySelector("main").replaceChildren(articleOf(STORY));
    await page.settle();
    assert.deepEqual(painted(), STORY);
    assert.deepEqual(sent(), []);
  });

  it("has changed words sent again, and only the block they stand in with those before it", async () => {
    article.querySelectorAll("p")[1].firstChild.data = TUNNEL;
    await page.settle();
    assert.deepEqual(painted(), [BRIDGE, TUNNEL, FERRY]);
    assert.deepEqual(sent(), [[BRIDGE, TUNNEL]]);
  });

  it("loses and regains the mark of a paragraph that is hidden and shown", async () => {
    article.firstElementChild.hidden = true;
    await page.settle();
    assert.deepEqual(painted(), [ROAD, FERRY]);
    article.firstElementChild.hidden = false;
    await page.settle();
    assert.deepEqual(painted(), STORY);
    assert.deepEqual(sent(), []);
  });

  it("goes on with the next article of an endless page", async () => {
    const next = [TUNNEL, TOWER, words("dam"), words("weir")];
    page.navigate("/next", { replace: true });
    article.after(articleOf(next));
    await page.settle();
    assert.deepEqual(painted(), [...STORY, ...next]);
    assert.deepEqual(sent(), [[...STORY, ...next]]);
    page.document.querySelectorAll("article")[1].append(...paragraphs([words("quay")]));
    await page.settle();
    assert.equal(painted().length, 8);
  });

  it("counts text that the service did not answer for, and asks only once", async () => {
    page.reply = () => undefined;
    article.append(...paragraphs([TUNNEL]));
    await page.settle();
    article.insertAdjacentHTML("afterbegin", "<!-- something else -->");
    await page.settle();
    assert.deepEqual(painted(), STORY);
    assert.equal(sent().length, 1);
    assert.equal(page.ask("report").report.unchecked.paragraphs, 1);
  });

  it("is read again at once after a burst of changes", async () => {
    for (let round = 0; round < 1200; round += 1) article.append(page.document.createElement("i"));
    article.append(...paragraphs([TUNNEL]));
    await page.settle();
    assert.deepEqual(painted(), [...STORY, TUNNEL]);
  });

  it("loses its marks where it goes to another address, and nothing is sent for the new text", async () => {
    page.navigate("/another");
    article.replaceChildren(...paragraphs([TUNNEL, TOWER, words("dam")]));
    await page.settle();
    assert.deepEqual(painted(), []);
    assert.deepEqual(sent(), []);
    assert.equal(page.ask("report").report, null);
  });

  it("loses its marks where another article takes its place at the same address, and nothing is sent", async () => {
    article.replaceChildren(...paragraphs([TUNNEL, TOWER, words("dam")]));
    await page.settle();
    assert.deepEqual(painted(), []);
    assert.deepEqual(sent(), []);
  });

  it("keeps its marks where only the fragment or the rest of its entry changes", async () => {
    page.navigate("#comments");
    page.navigate("/same?utm=1", { replace: true });
    await page.settle();
    assert.deepEqual(painted(), STORY);
  });

  it("is left alone where it fights back, and the reader is told", async () => {
    for (let round = 0; round < 15; round += 1) {
      article.replaceChildren(...paragraphs(STORY));
      await page.settle();
    }
    assert.deepEqual(painted(), []);
    const { report, problem } = page.ask("report");
    assert.deepEqual([report, problem], [null, "page_restless"]);
    assert.deepEqual(sent(), []);
    await page.collect();
    assert.equal(page.ask("report").problem, null);
  });

  it("has nothing running while nothing changes, and nothing watching once it is cleared", async () => {
    assert.equal(page.waiting(), 0);
    page.ask("clear");
    article.replaceChildren(...paragraphs([TUNNEL]));
    page.navigate("/another");
    await new Promise(setImmediate);
    assert.equal(page.waiting(), 0);
  });

  it("is left clean by scripts whose extension was updated or removed", async () => {
    const ends = [
      () => page.document.dispatchEvent(new page.Event("visibilitychange")),
      () => page.document.dispatchEvent(new page.CustomEvent("sourcemark:renewed")),
      () => article.replaceChildren(...paragraphs(STORY)),
    ];
    for (const end of ends) {
      page.chrome.runtime.id = "sourcemark";
      const { reading, blocks } = await page.collect();
      await page.paint({ reading, ...label({ blocks }).answer });
      assert.deepEqual(painted(), STORY);
      page.chrome.runtime.id = undefined;
      end();
      await page.settle();
      assert.deepEqual(painted(), []);
    }
  });
});
