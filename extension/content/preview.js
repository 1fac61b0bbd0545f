/** What would be sent with a correction, word for word, and to whom. */
"use strict";

{
  Sourcemark.nameOf = (label) => Sourcemark.text(label === null ? "count_none" : `label_${label}_name`);

  Sourcemark.whereTo = ({ isHere }) => (isHere ? "here" : "elsewhere");

  Sourcemark.preview = ({ contribution, recipient }) => {
    const { make, nameOf, text } = Sourcemark;
    const sentences = [text(`give_preview_${Sourcemark.whereTo(recipient)}`, recipient.host)];
    if (!recipient.isEncrypted) sentences.push(text("destination_open"));
    if (recipient.withToken) sentences.push(text("give_token"));
    const { model, before, sentence, after, given, proposed } = contribution;
    const rows = [
      [text("give_before"), before ?? text("give_nothing")],
      [text("give_sentence"), sentence],
      [text("give_after"), after ?? text("give_nothing")],
      [text("give_given"), nameOf(given)],
      [text("give_proposed"), nameOf(proposed)],
      [text("report_model"), model],
    ];
    const contents = make("dl", "contents", ...rows.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]));
    return [make("p", "destination", sentences.join(" ")), contents];
  };
}
