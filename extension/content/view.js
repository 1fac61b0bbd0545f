/**
 * What the reader wants to see of a marking. Hiding the marks, or those of one label, asks nobody for
 * anything: the sentences stay in their places, and are painted again.
 */
"use strict";

{
  /** @type {View} */
  let view = { labels: {}, painter: "highlight", hidden: false };
  /** @type {Marking | null} */
  let marking = null;
  let told = 0;

  Sourcemark.view = Object.freeze({
    isHidden: () => view.hidden,

    isShown: (label) => view.labels[label] !== false,

    marking: () => marking,

    painted() {
      if (view.hidden || !marking) return [];
      return marking.placed.filter(({ label, range }) => label !== null && range !== null && Sourcemark.view.isShown(label));
    },

    change(change) {
      view = { ...view, ...change };
      repaint();
    },

    update(next) {
      marking = next;
      repaint();
    },

    clear() {
      marking = null;
      tell(0);
      Sourcemark.painter.clear();
      Sourcemark.card.close();
      Sourcemark.list.close();
    },
  });

  function repaint() {
    const painter = Sourcemark.painters[view.painter];
    if (Sourcemark.painter !== painter) Sourcemark.painter.clear();
    Sourcemark.painter = painter;
    if (!marking) return;
    const painted = Sourcemark.view.painted();
    painter.paint(painted.map(({ label, range }) => ({ highlight: `sourcemark-${label}`, range: /** @type {Range} */ (range) })));
    Sourcemark.card.update(marking.placed);
    Sourcemark.list.update(marking);
    tell(marking.placed.filter(({ label, range }) => label !== null && range !== null).length);
  }

  /**
   * Tell the background how many sentences are marked, for the toolbar button.
   *
   * @param {number} count
   */
  async function tell(count) {
    if (count === told) return;
    told = count;
    try {
      await chrome.runtime.sendMessage({ type: Sourcemark.messages.count, count });
    } catch {
      // the extension was updated or removed while the page was open
    }
  }
}
