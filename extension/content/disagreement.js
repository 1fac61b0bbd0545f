/**
 * The part of the card where the reader says that they see a sentence differently. What they choose is kept on
 * this computer; giving it to the service is a step of its own (content/giving.js).
 */
"use strict";

{
  Sourcemark.disagreement = (sentence, label) => {
    const { hear, make, nameOf, text } = Sourcemark;
    const ask = make("button", "disagree", text("card_disagree"));
    ask.ariaExpanded = "false";
    const choices = make("fieldset", "", make("legend", "", text("card_choose")));
    choices.hidden = true;
    const told = make("p", "told");
    told.setAttribute("role", "status");
    const giving = Sourcemark.giving(sentence);

    const row = make("div", "choices");
    for (const chosen of [...Object.keys(Sourcemark.letters), "none"].filter((id) => id !== label)) {
      const name = nameOf(chosen === "none" ? null : chosen);
      const choice = make("button", "", name);
      choice.dataset.chosen = chosen;
      hear(choice, "click", async () => {
        const isKept = await correct(sentence, chosen);
        told.textContent = isKept ? text("card_kept", name) : text("card_not_kept");
        told.scrollIntoView({ block: "nearest" });
        if (isKept) giving.propose(chosen);
      });
      row.append(choice);
    }
    choices.append(row);
    hear(ask, "click", () => {
      choices.hidden = !choices.hidden;
      ask.ariaExpanded = String(!choices.hidden);
      choices.scrollIntoView({ block: "nearest" });
    });
    return [make("div", "actions", ask), choices, told, giving.element];
  };

  /**
   * @param {PlacedSentence} sentence
   * @param {string} chosen  a label id, or "none"
   * @returns {Promise<boolean>} whether it was kept
   */
  async function correct({ text: words, label: shown }, chosen) {
    const correction = { sentence: words, shown, chosen, model: Sourcemark.view.marking()?.model ?? null };
    try {
      return (await chrome.runtime.sendMessage({ type: Sourcemark.messages.correct, correction }))?.kept === true;
    } catch {
      // the extension was updated or removed while the page was open
      return false;
    }
  }
}
