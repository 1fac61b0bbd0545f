import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { standIn } from "./page-browser.js";
import { EVERY_SCRIPT, openPage } from "./page.js";

const MODEL = { name: "en", version: "1.2.0", id: "9f2c61d0a7b4" };
const HERE = { host: "127.0.0.1:8377", isHere: true, isEncrypted: true, withToken: false };
const ELSEWHERE = { host: "sourcemark.example", isHere: false, isEncrypted: false, withToken: true };

/** Texts are their names here, and what they are filled with. What the reader presses is tried in browsers only. */
describe("the step of giving a correction on the card", () => {
  let page;
  let giving;
  const shown = (selector) => giving.element.querySelector(selector);
  const words = (selector) => shown(selector).textContent;

  beforeEach(async () => {
    page = openPage("<!doctype html><article><p>He left, an aide said.</p></article>", EVERY_SCRIPT, standIn);
    page.chrome.i18n.getMessage = (name, substitutions) => [name, ...substitutions].join(" ");
    page.Element.prototype.scrollIntoView = () => {};
    const scope = { roots: [page.document.querySelector("article")], selection: null };
    // so short a text is no article
    page.Sourcemark.searchScope = function* () {
      yield;
      return scope;
    };
    page.reply = () => HERE;
    const { reading, blocks } = await page.collect();
    const [{ id, text }] = blocks;
    const sentences = [{ block: id, start: 0, end: text.length, label: "anonymous_claim", state: "labelled" }];
    await page.paint({ reading, sentences, unchecked: { paragraphs: 0, sentences: 0 }, model: MODEL });
    page.sent.length = 0;
    giving = page.Sourcemark.giving(page.Sourcemark.view.marking().placed[0]);
  });

  it("is not there before the reader disagrees, and asks nobody", () => {
    assert.deepEqual([shown(".offer").hidden, shown(".preview").hidden, shown(".back").hidden], [true, true, true]);
    assert.deepEqual(page.sent, []);
  });

  it("begins unticked, with nothing sent but the question who takes corrections", async () => {
    await giving.propose("none");
    assert.deepEqual([shown(".offer").hidden, shown("input").checked, shown(".preview").hidden], [false, false, true]);
    assert.deepEqual(page.sent.map((message) => structuredClone(message)), [{ type: "content>background:recipient" }]);
    assert.equal(words(".offer"), "give_offer_here 127.0.0.1:8377");
    assert.equal(words(".destination"), "give_preview_here 127.0.0.1:8377");
  });

  it("names a service that is not on this computer, and says who can read along and what the token tells", async () => {
    page.reply = () => ELSEWHERE;
    await giving.propose("official_statement");
    assert.equal(words(".offer"), "give_offer_elsewhere sourcemark.example");
    assert.equal(words(".destination"), "give_preview_elsewhere sourcemark.example destination_open give_token");
  });

  it("shows all that would be sent, also where there is nothing before or after", async () => {
    await giving.propose("none");
    const rows = Array.from(giving.element.querySelectorAll(".contents dt"), (name) => [name.textContent, name.nextElementSibling.textContent]);
    assert.deepEqual(rows, [
      ["give_before", "give_nothing"],
      ["give_sentence", "He left, an aide said."],
      ["give_after", "give_nothing"],
      ["give_given", "label_anonymous_claim_name"],
      ["give_proposed", "count_none"],
      ["report_model", MODEL.id],
    ]);
  });

  it("is not there where nobody takes corrections, or nobody answers", async () => {
    for (const reply of [null, undefined, {}, { host: 7 }]) {
      page.reply = () => reply;
      await giving.propose("none");
      assert.ok(shown(".offer").hidden);
    }
    page.chrome.runtime.id = undefined;
    await giving.propose("none");
    assert.ok(shown(".offer").hidden);
  });

  it("is about the label that was chosen last, whichever answer comes first", async () => {
    const answers = [];
    page.reply = () => new Promise((resolve) => answers.push(resolve));
    const both = [giving.propose("official_statement"), giving.propose("eyewitness_quote")];
    answers[1](HERE);
    answers[0](HERE);
    await Promise.all(both);
    assert.equal([...giving.element.querySelectorAll(".contents dd")].at(-2).textContent, "label_eyewitness_quote_name");
  });

  it("hears nothing that a script does to it", async () => {
    await giving.propose("none");
    for (const control of giving.element.querySelectorAll("input, button")) control.click();
    assert.equal(page.sent.length, 1);
    assert.ok(shown(".preview").hidden);
  });
});
