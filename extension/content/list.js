/**
 * The side list: every marked sentence in the order of the article, and what is said of the others.
 *
 * It is the way to the marks without a pointer and without seeing them: arrow keys go from sentence to
 * sentence, the page follows, and Enter opens the card.
 */
"use strict";

{
  /** @typedef {{element: HTMLElement, summary: HTMLElement, filter: HTMLElement, entries: HTMLElement, rest: HTMLElement, before: HTMLElement | null}} OpenList */

  /** @type {Marking | null} */
  let marking = null;
  /** @type {OpenList | null} */
  let list = null;
  let current = 0;

  Sourcemark.list = Object.freeze({
    update(next) {
      marking = next;
      if (list) fill(list);
    },

    open() {
      if (!marking) return;
      if (!list) {
        const before = document.activeElement;
        list = build(before instanceof HTMLElement ? before : null);
        current = 0;
        fill(list);
      }
      Sourcemark.surface.show(list.element);
      list.element.focus();
    },

    close() {
      close();
      marking = null;
    },
  });

  function close() {
    if (!list) return;
    const { element, before } = list;
    const hadFocus = element.contains(Sourcemark.surface.focused());
    list = null;
    Sourcemark.surface.remove(element);
    if (hadFocus) before?.focus();
  }

  /** @param {HTMLElement | null} before  what had the keyboard */
  function build(before) {
    const { hear, make, text } = Sourcemark;
    const element = make("section", "list");
    element.setAttribute("role", "dialog");
    element.tabIndex = -1;
    const title = make("h2", "", text("list_title"));
    title.id = "list-title";
    element.setAttribute("aria-labelledby", title.id);
    const shut = make("button", "close", text("button_close"));
    hear(shut, "click", close);

    const summary = make("p", "summary");
    summary.setAttribute("role", "status");
    const filter = make("div");
    const [previous, next] = [make("button", "previous", text("list_previous")), make("button", "next", text("list_next"))];
    hear(previous, "click", () => step(-1));
    hear(next, "click", () => step(1));
    const entries = make("ol", "entries");
    hear(entries, "keydown", onKey);
    const rest = make("section", "rest");

    hear(element, "keydown", (event) => {
      if (event.key === "Escape") close();
    });
    const legend = make("legend", "", text("list_filter"));
    const labels = make("fieldset", "filter", legend, filter);
    element.append(make("header", "", title, shut), summary, labels, make("div", "actions", previous, next), entries, rest);
    return { element, summary, filter, entries, rest, before };
  }

  /** @param {OpenList} open */
  function fill(open) {
    if (!marking) return;
    const { placed, unchecked } = marking;
    const found = placed.filter(({ range }) => range !== null);
    const labelled = found.filter(({ label }) => label !== null);
    const listed = labelled.filter(({ label }) => Sourcemark.view.isShown(/** @type {string} */ (label)));
    current = Math.max(0, Math.min(current, listed.length - 1));

    open.filter.replaceChildren(...filterRows(labelled));
    const hadFocus = open.entries.contains(Sourcemark.surface.focused());
    open.entries.replaceChildren(...listed.map(entry));
    if (hadFocus) buttons()[current]?.focus();
    const total = found.length + unchecked.sentences;
    say(Sourcemark.text("list_summary", String(listed.length), String(total)));
    open.rest.replaceChildren(...unmarked(found, unchecked));
  }

  /** @param {readonly PlacedSentence[]} labelled */
  function filterRows(labelled) {
    const { hear, make, text } = Sourcemark;
    return Object.keys(Sourcemark.letters).map((id) => {
      const box = make("input");
      box.type = "checkbox";
      box.value = id;
      box.checked = Sourcemark.view.isShown(id);
      // not "change", which the browser itself says after a click that a script has made
      hear(box, "click", () => show(id, box.checked));
      const count = labelled.filter(({ label }) => label === id).length;
      return make("label", id, box, letter(id), make("span", "name", text(`label_${id}_name`)), make("span", "number", String(count)));
    });
  }

  /**
   * @param {string} id  of a label
   * @param {boolean} isShown
   */
  function show(id, isShown) {
    const labels = Object.fromEntries(Object.keys(Sourcemark.letters).map((one) => [one, Sourcemark.view.isShown(one)]));
    Sourcemark.view.change({ labels: { ...labels, [id]: isShown } });
    // the box was made anew
    /** @type {HTMLElement | null | undefined} */ (list?.filter.querySelector(`[value="${id}"]`))?.focus();
  }

  /**
   * @param {PlacedSentence} sentence
   * @param {number} index
   */
  function entry(sentence, index) {
    const { hear, make, text } = Sourcemark;
    const label = /** @type {string} */ (sentence.label);
    const name = make("span", "name", text(`label_${label}_name`));
    const button = make("button", label, letter(label), " ", name, make("span", "sentence", sentence.text));
    // one stop of the Tab key for the whole list
    button.tabIndex = index === current ? 0 : -1;
    if (index === current) button.ariaCurrent = "true";
    hear(button, "click", () => {
      go(index);
      Sourcemark.card.open(sentence);
    });
    return make("li", "", button);
  }

  /** @param {string} id */
  function letter(id) {
    const element = Sourcemark.make("span", "letter", Sourcemark.letters[id]);
    element.ariaHidden = "true";
    return element;
  }

  /**
   * The three kinds of blank, each said in words.
   *
   * @param {readonly PlacedSentence[]} found
   * @param {Marking["unchecked"]} unchecked
   */
  function unmarked(found, unchecked) {
    const { make, text } = Sourcemark;
    const number = (/** @type {string} */ state) => String(found.filter((sentence) => sentence.state === state).length);
    const left = Object.entries(unchecked).filter(([, count]) => count > 0);
    const notChecked = left.map(([what, count]) => text(`${what}_${count === 1 ? "one" : "other"}`, String(count))).join(", ");
    return [
      make("h3", "", text("legend_unmarked")),
      make(
        "dl",
        "",
        make("dt", "", text("list_none", number("none"))),
        make("dd", "", `${text("label_none_definition")} ${text("legend_none_caution")}`),
        make("dt", "", text("list_unsure", number("unsure"))),
        make("dd", "", text("legend_unsure")),
        make("dt", "", text("list_unchecked", notChecked || "0")),
        make("dd", "", text("legend_unchecked")),
      ),
      make("p", "quiet", text("legend_machine")),
    ];
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    const last = buttons().length - 1;
    /** @type {Record<string, number>} */
    const targets = { ArrowDown: current + 1, ArrowUp: current - 1, Home: 0, End: last };
    if (!Object.hasOwn(targets, event.key)) return;
    event.preventDefault();
    const target = Math.max(0, Math.min(targets[event.key], last));
    buttons()[target]?.focus();
    go(target);
  }

  /**
   * To the next or the previous sentence, from the buttons: they keep the keyboard, so it is told.
   *
   * @param {1 | -1} direction
   */
  function step(direction) {
    const all = buttons();
    const target = Math.max(0, Math.min(current + direction, all.length - 1));
    if (all.length === 0) return;
    go(target);
    const { label, text } = sentences()[target];
    say(Sourcemark.text("list_position", String(target + 1), String(all.length), Sourcemark.text(`label_${label}_name`), text));
  }

  /**
   * Make a sentence the current one, and bring it into sight.
   *
   * @param {number} index
   */
  function go(index) {
    const sentence = sentences()[index];
    if (!sentence?.range) return;
    current = index;
    buttons().forEach((button, at) => {
      button.tabIndex = at === index ? 0 : -1;
      button.ariaCurrent = at === index ? "true" : null;
    });
    buttons()[index].scrollIntoView({ block: "nearest" });
    bringIntoSight(sentence.range);
    Sourcemark.card.open(sentence, { focus: false });
  }

  /** @param {Range} range */
  function bringIntoSight(range) {
    const { top, bottom } = range.getBoundingClientRect();
    if (top >= 0 && bottom <= innerHeight) return;
    const { startContainer } = range;
    const element = startContainer instanceof Element ? startContainer : startContainer.parentElement;
    element?.scrollIntoView({ block: "center" });
  }

  /** The sentences that are listed, in the order of the buttons. */
  function sentences() {
    return (marking?.placed ?? []).filter(({ label, range }) => label !== null && range !== null && Sourcemark.view.isShown(label));
  }

  /** @returns {HTMLButtonElement[]} */
  function buttons() {
    return [...(list?.entries.querySelectorAll("button") ?? [])];
  }

  /** @param {string} words */
  function say(words) {
    // what stands there already would be read out again
    if (list && list.summary.textContent !== words) list.summary.textContent = words;
  }
}
