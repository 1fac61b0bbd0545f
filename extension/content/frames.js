/** The documents of a page: its own, and those of its frames from the same site. */
"use strict";

{
  /** Below this a frame holds a button or an advertisement. In CSS pixels. */
  const LEAST_WIDTH = 300;
  const LEAST_HEIGHT = 200;

  /**
   * Return a document and those of its frames that scripts may read, the largest frame first. A page
   * whose article stands in a frame has none of its own, so the order is also that of preference.
   */
  Sourcemark.documentsIn = (page) => {
    const frames = [...page.querySelectorAll("iframe, frame")].map((frame) => ({
      ...sizeOf(frame),
      inner: documentOf(/** @type {HTMLIFrameElement} */ (frame)),
    }));
    const large = frames.filter(({ width, height }) => width >= LEAST_WIDTH && height >= LEAST_HEIGHT);
    large.sort((one, other) => other.width * other.height - one.width * one.height);
    return [page, ...large.flatMap(({ inner }) => (inner ? Sourcemark.documentsIn(inner) : []))];
  };

  /** @param {Element} frame */
  function sizeOf(frame) {
    const { width, height } = frame.getBoundingClientRect();
    return { width, height };
  }

  /**
   * @param {HTMLIFrameElement} frame
   * @returns {Document | null} null for a frame of another site
   */
  function documentOf(frame) {
    try {
      return frame.contentDocument;
    } catch {
      return null;
    }
  }
}
