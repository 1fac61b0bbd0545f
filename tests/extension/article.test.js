import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { openPage } from "./page.js";

const SEEDS = new URL("../../seeds/", import.meta.url);
const ARTICLES = readFileSync(new URL("articles.jsonl", SEEDS), "utf8").trim().split("\n").map((line) => JSON.parse(line));

const SENTENCE = "The council said on Monday that the bridge over the river Orn would stay closed until the spring. ";
const STORY = `<p>${SENTENCE}</p><p>${SENTENCE.repeat(2)}</p><p>${SENTENCE}</p><p>${SENTENCE.repeat(2)}</p>`;
const TEASER = `<h3><a href=#>Ten gardens to see this summer, and two to leave alone</a></h3><p>Our guide.</p>`;

function found(body) {
  const { document, Sourcemark } = openPage(`<!doctype html><body>${body}</body>`);
  return Sourcemark.findScope(document)?.roots[0] ?? null;
}

describe("the article of a page", () => {
  const pages = [
    ["is the element that says so", `<main><div itemprop="articleBody" id="story">${STORY}</div></main>`],
    ["is the article element", `<nav>Home</nav><article id="story"><h1>Bridge</h1>${STORY}</article>`],
    ["is the longest of several article elements", `<article>${TEASER}</article><article id="story">${STORY}</article><article>${TEASER}</article>`],
    ["is the main element where there is no article element", `<main id="story">${STORY}</main><footer>Bye.</footer>`],
    ["is the element with the text where the page has divs only", `<div><div>${TEASER}</div><div id="story">${STORY}</div><div>${TEASER}</div></div>`],
    [
      "is found where every paragraph has wrappers of its own",
      `<div id="story">${`<div><div><x-text>${SENTENCE.repeat(2)}</x-text></div></div>`.repeat(6)}</div>`,
    ],
    ["is all of it where it comes in sections", `<div id="story"><section>${STORY}</section><section>${STORY}</section></div>`],
    ["is not the teaser that calls itself an article", `<div><div id="story">${STORY.repeat(2)}</div><article>${TEASER}</article></div>`],
  ];
  for (const [behaviour, body] of pages) {
    it(behaviour, () => assert.equal(found(body)?.id, "story"));
  }

  const none = [
    ["an empty page", ""],
    ["a notice", "<main><h1>Sign in</h1><p>Please sign in to read on.</p></main>"],
    ["one long paragraph", `<main><p>${SENTENCE.repeat(8)}</p></main>`],
    ["three short lines", "<main><p>One.</p><p>Two.</p><p>Three.</p></main>"],
    ["a page of links", `<main>${TEASER.repeat(20)}</main>`],
    ["an article that is hidden", `<article hidden>${STORY}</article>`],
  ];
  for (const [what, body] of none) {
    it(`does not exist on ${what}`, () => assert.equal(found(body), null));
  }

  it("does not exist in a document without a body", () => {
    const { document, Sourcemark } = openPage("<!doctype html><frameset></frameset>");
    assert.equal(Sourcemark.findScope(document), null);
  });
});

describe("the pages in seeds", () => {
  const pages = readdirSync(new URL("pages/", SEEDS)).map((name) => name.replace(/\.html$/, ""));

  it("are one for every article", () => {
    assert.deepEqual(pages.sort(), ARTICLES.map((article) => article.id).sort());
  });

  for (const { id, paragraphs } of ARTICLES) {
    it(`give exactly the paragraphs of ${id}, and stay as they are`, () => {
      const { document, Sourcemark } = openPage(readFileSync(new URL(`pages/${id}.html`, SEEDS), "utf8"));
      const before = document.documentElement.outerHTML;
      const blocks = Sourcemark.buildTextMap(Sourcemark.findScope(document).roots);
      assert.deepEqual(Array.from(blocks, (block) => block.text), paragraphs);
      assert.equal(document.documentElement.outerHTML, before);
    });
  }
});
