import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { readBody, textsOf } from "./page.js";

const LONG = "The council met on Monday and said nothing about the bridge.";

describe("the text of a block", () => {
  const cases = [
    ["collapses whitespace and trims the ends", "<p>  The river\n\t rose  again. </p>", "The river rose again."],
    ["reads a line break as one space", "<p>The river<br>rose<br/>\n again.</p>", "The river rose again."],
    ["drops soft hyphens", "<p>The minis&shy;try spoke.</p>", "The ministry spoke."],
    ["drops zero-width spaces", "<p>The&#x200B; min&#xFEFF;istry&#x2060; spoke.</p>", "The ministry spoke."],
    ["keeps a no-break space as an ordinary one", "<p>At 3&nbsp;a.m. it rained.</p>", "At 3 a.m. it rained."],
    ["flows through nested inline tags", "<p>The <b>mi<i>ni</i><a href=#>stry</a></b> spoke.</p>", "The ministry spoke."],
    ["ignores comments", "<p>The mini<!-- ad -->stry spoke.</p>", "The ministry spoke."],
    ["decodes entities", "<p>Salt &amp; Smoke said &ldquo;no&rdquo;.</p>", "Salt & Smoke said “no”."],
    ["keeps characters of two units", "<p>“Rain 🌧 again,” 𝒮he said.</p>", "“Rain 🌧 again,” 𝒮he said."],
    ["keeps joined emoji and joined letters", "<p>A 👨‍👩‍👧 saw نمی‌خواهم there.</p>", "A 👨‍👩‍👧 saw نمی‌خواهم there."],
    ["keeps text that runs from right to left", '<p dir="rtl">אמר <b>השר</b> אתמול.</p>', "אמר השר אתמול."],
    ["keeps a floating first letter in its word", '<p><span style="float:left">T</span>he river rose.</p>', "The river rose."],
    ["leaves out what is hidden", '<p>The <span hidden>old</span> <span style="display:none">wide</span>river rose.</p>', "The river rose."],
    ["leaves out what is invisible", '<p>The <span style="visibility:hidden">old</span> river rose.</p>', "The river rose."],
    ["leaves out what is hidden from screen readers", '<p>The river <span aria-hidden="true">§</span>rose.</p>', "The river rose."],
    ["leaves out what is for screen readers only", '<p>The <a href=#>river<span class="sr-only"> (new window)</span></a> rose.</p>', "The river rose."],
    ["leaves out scripts, styles and controls", "<p>The <script>x()</script><style>p{}</style><button>Copy</button>river rose.</p>", "The river rose."],
  ];
  for (const [behaviour, html, text] of cases) {
    it(behaviour, () => assert.deepEqual(textsOf(html), [text]));
  }
});

describe("the blocks of an article", () => {
  it("are its paragraphs, items, quotations, sub-headings and captions in order", () => {
    const html = `<h2>The night</h2><p>One came.</p><ul><li>Two came.</li></ul><blockquote><p>Three came.</p></blockquote>
      <figure><img alt="no"><figcaption>Four came</figcaption></figure><h4>The day</h4><dl><dd>Five came.</dd></dl>`;
    assert.deepEqual(textsOf(html), ["The night", "One came.", "Two came.", "Three came.", "Four came", "The day", "Five came."]);
  });

  it("may be nested divs and elements of the site's own making", () => {
    const html = `<div><div><div>${LONG}</div></div><story-text style="display:block">He left.</story-text></div>`;
    assert.deepEqual(textsOf(html), [LONG, "He left."]);
  });

  it("end where a block begins, though the text has no tag of its own", () => {
    assert.deepEqual(textsOf("<div>She left. <p>He stayed.</p> They waited.</div>"), ["She left.", "He stayed.", "They waited."]);
  });

  it("have ids of their own", () => {
    const { blocks } = readBody("<p>One came.</p><p>Two came.</p><p>One came.</p>");
    assert.equal(new Set(blocks.map((block) => block.id)).size, 3);
  });

  const left = [
    ["the headline", "<h1>River rises in the north.</h1>"],
    ["navigation, headers with the headline, footers", "<nav>Go home.</nav><header><h1>A</h1><p>Read this.</p></header><footer>Bye.</footer>"],
    ["asides", "<aside><p>“They ran.”</p></aside>"],
    ["parts that say in their role that they are something else", '<div role="complementary">Read this.</div><div role="navigation">Go.</div>'],
    ["forms and controls", "<form><p>Sign up now.</p></form><button>Share.</button><select><option>One.</option></select>"],
    ["advertisements by their name", '<div class="ad-slot">Buy this.</div><div id="dfpAd1">Buy that.</div><section aria-label="Advertisement">Buy.</section>'],
    ["related links, newsletters, sharing and comments", '<div class="related">One.</div><div class="newsletterSignup">Two.</div><ul class="share"><li>Three.</li></ul><section id="comments">Four.</section>'],
    ["pull quotes", '<blockquote class="pull-quote">“They ran.”</blockquote><div class="pullquote">“They ran.”</div>'],
    ["bylines", '<p class="byline">By Ana Ruiz</p><p>By Ana Ruiz and Tom Berg</p><p>By <a rel="author" href=#>Ana Ruiz</a>, Port Ellery</p>'],
    ["dates", "<p>Published 3 March 2025</p><p><time>3 March 2025</time></p><p>Mon 3 Mar 2025, 11:42 GMT</p><div>Updated <time>5 hours ago</time></div>"],
    ["lines that are nothing but a link", "<p><a href=#>What we know about the flood.</a></p><ul><li><a href=#>Why it rained.</a></li></ul>"],
    ["closed details", "<details><summary>More</summary>He came.<p>He left.</p></details>"],
    ["lines without a letter or a digit", "<p>* * *</p>"],
  ];
  for (const [what, html] of left) {
    it(`leave out ${what}`, () => assert.deepEqual(textsOf(`${html}<p>${LONG}</p>`), [LONG]));
  }

  const kept = [
    ["a wrapper that is named after a part of it", `<div class="story has-comments share"><p>${LONG}</p><p>${LONG}</p></div>`, [LONG, LONG]],
    ["a form around the whole page", `<form id="aspnetForm"><p>${LONG}</p></form>`, [LONG]],
    ["a sentence that begins like a byline", "<p>By Monday the river had fallen.</p>", ["By Monday the river had fallen."]],
    ["a sentence with a date and a link", "<p>It began on <time>3 March</time>, <a href=#>he said</a>.</p>", ["It began on 3 March, he said."]],
    ["inline text of any name", '<p>The <span class="ad-free">river</span> rose.</p>', ["The river rose."]],
    ["a sub-heading in a header of its section", "<section><header><h2>The night</h2></header><p>He left.</p></section>", ["The night", "He left."]],
    ["open details", "<details open><summary>More</summary><p>He left.</p></details>", ["He left."]],
    ["children of an element without a box", `<div style="display:contents"><p>${LONG}</p></div>`, [LONG]],
  ];
  for (const [what, html, texts] of kept) {
    it(`keep ${what}`, () => assert.deepEqual(textsOf(html), texts));
  }
});

// that it reads as the slice is shown in text-map-trees.test.js
describe("the range of a slice", () => {
  it("does not exist outside of the block", () => {
    const { window, blocks } = readBody("<p>He left.</p>");
    for (const [start, end] of [[-1, 2], [3, 3], [4, 2], [0, 9], [NaN, 2], [0, undefined]]) {
      assert.equal(window.Sourcemark.rangeFor(blocks[0], start, end), null);
    }
  });

  it("does not exist where the page has taken the text away", () => {
    const { window, blocks } = readBody("<p>He left.</p>");
    window.document.querySelector("p").textContent = "She stayed.";
    assert.equal(window.Sourcemark.rangeFor(blocks[0], 0, 8), null);
  });

  it("does not exist where the page has shortened the text", () => {
    const { window, blocks } = readBody("<p>He left.</p>");
    window.document.querySelector("p").firstChild.data = "He";
    assert.equal(window.Sourcemark.rangeFor(blocks[0], 0, 8), null);
  });

  it("shows by its text that the page has changed the words", () => {
    const { window, blocks } = readBody("<p>He <b>never</b> left.</p>");
    window.document.querySelector("b").hidden = true;
    assert.equal(window.Sourcemark.textOf(window.Sourcemark.rangeFor(blocks[0], 0, 14)), "He left.");
  });
});

describe("text around things that are not part of it", () => {
  const cases = [
    ["ends a paragraph at an empty line", "<div>He left.<br><br>She stayed.<br>Then she left.</div>", ["He left.", "She stayed. Then she left."]],
    ["flows on around what floats in it", '<p>The river <span style="float:right">A note stood here.</span>rose again.</p>', ["A note stood here.", "The river rose again."]],
    ["is not there where its letters have no size", '<p>The <span style="font-size:0">old </span>river rose.</p>', ["The river rose."]],
    ["is not there where it is moved off the screen", '<p>The <span style="position:absolute;left:-9999px">old </span>river rose.</p>', ["The river rose."]],
    ["keeps a first letter that is drawn for eyes only", '<p><span style="float:left" aria-hidden="true">T</span><span class="sr-only">T</span>he river rose.</p>', ["The river rose."]],
    ["may end with a number", "<table><tr><td>It began in 1968.</td><td>12.</td></tr></table>", ["It began in 1968."]],
    ["is left out where a pull quote repeats it", `<p>${LONG}</p><blockquote><p>“said nothing about the bridge”</p></blockquote>`, [LONG]],
    ["stays where a quotation is no repetition", `<p>${LONG}</p><blockquote><p>“We were there,” she wrote.</p></blockquote>`, [LONG, "“We were there,” she wrote."]],
  ];
  for (const [behaviour, html, texts] of cases) {
    it(behaviour, () => assert.deepEqual(textsOf(html), texts));
  }
});

describe("text in open shadow roots", () => {
  it("is read where it is seen, with what the root shows of its host's children", () => {
    const { window } = readBody(`<news-frame><p>He left.</p><p slot="no">Unseen.</p></news-frame>`);
    const shadow = window.document.querySelector("news-frame").attachShadow({ mode: "open" });
    shadow.innerHTML = "<h2>The night</h2><section><slot></slot></section><p>They waited.</p>";
    const shadows = [];
    const blocks = window.Sourcemark.buildTextMap(window.document.body, shadows);
    assert.deepEqual(Array.from(blocks, ({ text }) => text), ["The night", "He left.", "They waited."]);
    for (const block of blocks) assert.equal(String(window.Sourcemark.placeIn(block, 0, block.text.length)), block.text);
    assert.ok(shadows.length === 1 && shadows[0] === shadow);
  });
});
