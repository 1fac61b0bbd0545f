/**
 * What the card says about a sentence. Everything the service or the page wrote becomes text, never
 * markup.
 */
"use strict";

{
  /** From this score on a label is said to be likely. */
  const LIKELY = 0.75;

  Sourcemark.explain = (sentence) => {
    const { make, text } = Sourcemark;
    const label = /** @type {string} */ (sentence.label);
    const element = make("div", `card ${label}`);
    element.setAttribute("role", "dialog");
    element.tabIndex = -1;

    const certainty = (sentence.scores[label] ?? 0) >= LIKELY ? "card_likely" : "card_unsure";
    const letter = make("span", "letter", Sourcemark.letters[label]);
    letter.ariaHidden = "true";
    const title = make("h2", "", letter, make("span", "name", text(`label_${label}_name`)), make("span", "certainty", text(certainty)));
    title.id = "card-title";
    element.setAttribute("aria-labelledby", title.id);

    const close = make("button", "close", text("button_close"));
    Sourcemark.hear(close, "click", () => Sourcemark.card.dismiss());
    const { words, evidence } = wordsThatLed(sentence);
    element.append(
      make("header", "", title, close),
      make("p", "speaker", whoSpeaks(sentence)),
      ...(sentence.reason === "" ? [] : [make("p", "reason", sentence.reason)]),
      ...words,
      make("p", "caution", text(`label_${label}_caution`)),
      make("p", "quiet", text("legend_machine")),
      ...Sourcemark.disagreement(sentence, label),
    );
    return { element, evidence };
  };

  /** @param {PlacedSentence} sentence */
  function whoSpeaks({ speaker }) {
    if (!speaker) return Sourcemark.text("card_speaker_unknown");
    return Sourcemark.text(speaker.named ? "card_speaker_named" : "card_speaker_unnamed", speaker.name);
  }

  /** @param {PlacedSentence} sentence */
  function wordsThatLed({ evidence: slices }) {
    const { make, text } = Sourcemark;
    /** @type {Range[]} */
    const evidence = [];
    const list = make("dl", "words");
    for (const slice of slices) {
      const range = Sourcemark.place(slice);
      if (!range) continue;
      evidence.push(range);
      const kind = slice.kind === "source" ? text("card_source") : text("card_cue");
      list.append(make("dt", "", kind), make("dd", "", make("q", "", Sourcemark.textOf(range).trim())));
    }
    return { evidence, words: evidence.length === 0 ? [] : [make("p", "quiet", text("card_words")), list] };
  }
}
