/**
 * The step after a disagreement: giving the correction to the service. It is there only where the service takes
 * corrections. It begins unticked every time, shows what would be sent before there is a button that sends it,
 * and can be taken back as long as the page is open.
 *
 * What the reader has decided is held here and not read from the elements, which a page may reach in Firefox.
 */
"use strict";

{
  /** @typedef {{id: string, host: string, words: string}} Gift  `words` say what was given, and to whom */

  /** @type {Map<string, Gift>} what was given from this page, by the sentence and its label */
  const gifts = new Map();

  Sourcemark.giving = (sentence) => new Giving(sentence);

  class Giving {
    /** @type {Proposal | null} what the reader could give now */
    #proposal = null;
    #isTicked = false;
    #isWaiting = false;
    #asked = 0;
    #key;
    #sentence;

    #box = Sourcemark.make("input");
    #offered = Sourcemark.make("span");
    #offer = Sourcemark.make("label", "offer", this.#box, this.#offered);
    #contents = Sourcemark.make("div");
    #preview = Sourcemark.make("div", "preview", this.#contents);
    #told = Sourcemark.make("p", "given");
    #back = Sourcemark.make("button", "back", Sourcemark.text("give_back"));
    element = Sourcemark.make("div", "giving", this.#offer, this.#preview, this.#told, Sourcemark.make("div", "actions", this.#back));

    /** @param {PlacedSentence} sentence */
    constructor(sentence) {
      const { hear, make, text, view } = Sourcemark;
      this.#sentence = sentence;
      this.#key = JSON.stringify([sentence.text, sentence.label, view.marking()?.model?.id]);
      this.#box.type = "checkbox";
      this.#told.setAttribute("role", "status");
      const yes = make("button", "give", text("give_yes"));
      const no = make("button", "keep", text("give_no"));
      this.#preview.append(make("div", "actions", yes, no));
      // not "change", which the browser itself says after a click that a script has made
      hear(this.#box, "click", () => this.#tick());
      hear(yes, "click", () => this.#give());
      hear(no, "click", () => this.#decline());
      hear(this.#back, "click", () => this.#takeBack());
      this.#show();
    }

    /** @param {string} chosen  a label id, or "none" */
    async propose(chosen) {
      this.#asked += 1;
      const number = this.#asked;
      this.#proposal = null;
      this.#isTicked = false;
      this.#show();
      const contribution = Sourcemark.contribution(this.#sentence, chosen);
      const recipient = contribution && (await ask({ type: Sourcemark.messages.recipient }));
      // the reader may have chosen another label meanwhile
      if (!contribution || typeof recipient?.host !== "string" || number !== this.#asked) return;
      this.#proposal = { contribution, recipient };
      this.#show();
      this.element.scrollIntoView({ block: "nearest" });
    }

    #tick() {
      if (!this.#isWaiting) this.#isTicked = !this.#isTicked;
      this.#show(this.#isWaiting ? Sourcemark.text("give_waiting") : "");
      if (this.#isTicked) this.#preview.scrollIntoView({ block: "nearest" });
    }

    #decline() {
      if (this.#isWaiting) return;
      this.#isTicked = false;
      this.#show(Sourcemark.text("give_declined"));
      this.#box.focus();
    }

    async #give() {
      if (!this.#proposal || !this.#isTicked || this.#isWaiting) return;
      const { contribution, recipient } = this.#proposal;
      const { host } = recipient;
      const reply = await this.#waitFor({ type: Sourcemark.messages.give, contribution, host });
      if (typeof reply?.id !== "string") return this.#tell(reply, "give_failed");
      const words = Sourcemark.text(`give_done_${Sourcemark.whereTo(recipient)}`, Sourcemark.nameOf(contribution.proposed), host);
      gifts.set(this.#key, { id: reply.id, host, words });
      this.#isTicked = false;
      this.#move(this.#back, words);
    }

    async #takeBack() {
      const gift = gifts.get(this.#key);
      if (!gift || this.#isWaiting) return;
      const reply = await this.#waitFor({ type: Sourcemark.messages.takeBack, id: gift.id, host: gift.host });
      if (reply?.isGone !== true) return this.#tell(reply, "give_back_failed");
      gifts.delete(this.#key);
      this.#move(this.#proposal ? this.#box : this.element.closest(".card"), Sourcemark.text("give_taken_back"));
    }

    /** @param {{type: string} & Record<string, unknown>} message */
    async #waitFor(message) {
      this.#isWaiting = true;
      this.#told.textContent = Sourcemark.text("give_waiting");
      const reply = await ask(message);
      this.#isWaiting = false;
      return reply;
    }

    /** @param {string} [words]  that tell what happened last */
    #show(words) {
      const gift = gifts.get(this.#key);
      const isOffered = this.#proposal !== null && !gift;
      this.#offer.hidden = !isOffered;
      this.#box.checked = this.#isTicked;
      this.#box.ariaExpanded = String(this.#isTicked);
      this.#preview.hidden = !isOffered || !this.#isTicked;
      this.#back.hidden = !gift;
      this.#told.textContent = words ?? gift?.words ?? "";
      this.element.classList.toggle("empty", !isOffered && !gift);
      if (this.#proposal === null) return;
      const { recipient } = this.#proposal;
      this.#offered.textContent = Sourcemark.text(`give_offer_${Sourcemark.whereTo(recipient)}`, recipient.host);
      this.#contents.replaceChildren(...Sourcemark.preview(this.#proposal));
    }

    /**
     * Say what went wrong: the reader may try again.
     *
     * @param {any} reply
     * @param {string} otherwise  name of the text where the background does not answer
     */
    #tell(reply, otherwise) {
      const words = Array.isArray(reply?.words) ? reply.words : [[otherwise]];
      this.#show(words.map((/** @type {[string, ...string[]]} */ each) => Sourcemark.text(...each)).join(" "));
    }

    /**
     * Say what happened, and take the keyboard along, if it was here.
     *
     * @param {HTMLElement | null} to
     * @param {string} words
     */
    #move(to, words) {
      const hadFocus = this.element.contains(Sourcemark.surface.focused());
      this.#show(words);
      if (hadFocus) to?.focus();
    }
  }

  /**
   * @param {{type: string} & Record<string, unknown>} message
   * @returns {Promise<any>} undefined where nobody answers
   */
  async function ask(message) {
    try {
      return await chrome.runtime.sendMessage(message);
    } catch {
      // the extension was updated or removed while the page was open
      return undefined;
    }
  }
}
