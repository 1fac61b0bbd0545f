/** What a correction consists of where it is given to the service: six things, and nothing else of the page. */
"use strict";

{
  Sourcemark.contribution = ({ block, start, text: words, label }, chosen) => {
    const { model = null, placed = [] } = Sourcemark.view.marking() ?? {};
    const at = placed.findIndex((one) => one.block === block && one.start === start && one.text === words);
    if (model === null || label === null || at < 0) return null;
    return {
      model: model.id,
      before: placed[at - 1]?.text.toWellFormed() ?? null,
      sentence: words.toWellFormed(),
      after: placed[at + 1]?.text.toWellFormed() ?? null,
      given: label,
      proposed: chosen === "none" ? null : chosen,
    };
  };
}
