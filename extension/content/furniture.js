/**
 * What stands on a news page and is not the text of its article: things nobody sees, and the
 * furniture around the text (navigation, advertisements, related links, bylines).
 */
"use strict";

{
  /** Elements whose text nobody reads as text. */
  const NO_TEXT = new Set([
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "meter", "noscript", "object",
    "option", "progress", "script", "select", "style", "svg", "template", "textarea", "title", "video",
  ]);

  const FURNITURE_TAGS = new Set(["address", "aside", "dialog", "footer", "h1", "menu", "nav", "search"]);

  const FURNITURE_ROLES = new Set([
    "alertdialog", "banner", "button", "complementary", "contentinfo", "dialog", "form", "menu", "menubar",
    "navigation", "search", "tablist", "toolbar",
  ]);

  /** Words that sites write into the names of such parts; matched whole, between hyphens. */
  const FURNITURE_NAMES = new RegExp(
    `-(?:${[
      // advertising and offers
      "ads?\\d*|advert|adverts|advertisement|advertorial|sponsor|sponsored|promo|promos|promotion|outbrain|taboola",
      "newsletter|newsletters|sign-?up|subscribe|subscription|paywall|donate|donation",
      // ways to other pages
      "nav|navigation|navbar|menu|footer|breadcrumbs?|sidebar|rail|tags|topics|toc",
      "related|recommended|recommendations|recirc|recirculation|trending|most-?(?:popular|read|viewed)",
      "(?:read|see)-(?:more|next|also)|more-on|up-next",
      // ways to other people
      "share|sharing|social|comments?|disqus",
      // the page's own remarks on the article
      "pull-?quotes?|kicker|eyebrow|byline|bylines|authors?|bio|dateline|timestamp|pubdate|published|date|meta",
      "cookies?|consent|gdpr|copyright",
    ].join("|")})-`,
  );

  const VISUALLY_HIDDEN = /(?:^|\s)(?:sr-only|screen-reader-(?:text|only)|(?:is-|u-)?visually-?hidden)(?:\s|$)/i;

  /**
   * @param {Element} element
   * @param {CSSStyleDeclaration} style  its computed style
   */
  Sourcemark.isUnseen = (element, style) =>
    NO_TEXT.has(element.localName) ||
    element.hasAttribute("hidden") ||
    (element.getAttribute("aria-hidden") === "true" && !Sourcemark.isDropCap(element, style)) ||
    style.display === "none" ||
    style.visibility === "hidden" ||
    style.visibility === "collapse" ||
    isFolded(element) ||
    isOffScreen(style) ||
    isForScreenReadersOnly(element, style) ||
    // an element with `display: contents` has no box of its own, but its children have
    (element.checkVisibility?.() === false && style.display !== "contents");

  /** Whether an element is the first letter of its paragraph. It floats, and still belongs to its word. */
  Sourcemark.isDropCap = (element, style) =>
    Boolean(style.float) && style.float !== "none" && (element.textContent ?? "").trim().length <= 3;

  /** @param {CSSStyleDeclaration} style */
  function isOffScreen({ position, left, top }) {
    if (position !== "absolute" && position !== "fixed") return false;
    return Number.parseFloat(left) < -500 || Number.parseFloat(top) < -500;
  }

  /** @param {Element} element */
  function isFolded(element) {
    const { parentElement } = element;
    return parentElement?.localName === "details" && !parentElement.hasAttribute("open") && element.localName !== "summary";
  }

  /**
   * Text that is kept for screen readers ("Image source", "opens in a new window") belongs to the
   * page's controls. It is clipped or one pixel wide rather than hidden.
   *
   * @param {Element} element
   * @param {CSSStyleDeclaration} style
   */
  function isForScreenReadersOnly(element, style) {
    if (VISUALLY_HIDDEN.test(element.getAttribute("class") ?? "")) return true;
    if (style.position !== "absolute" && style.position !== "fixed") return false;
    return (
      /^rect\(/.test(style.clip) ||
      /^inset\((?:50|100)%/.test(style.clipPath) ||
      (style.overflow === "hidden" && Number.parseFloat(style.width) <= 1)
    );
  }

  /**
   * Return a test for the furniture under an element that is being read.
   *
   * Names are a guess, so they count only for whole blocks, and never for a part that holds most of
   * the text: a wrapper called "has-comments" is not a comment. A form may wrap a whole page.
   */
  Sourcemark.furnitureIn = (root) => {
    /** @type {number | undefined} */
    let length;
    const holdsMostText = (/** @type {Element} */ element) => textLength(element) > (length ??= textLength(root)) / 2;

    return (element, isBlock) => {
      if (FURNITURE_TAGS.has(element.localName)) return true;
      if (FURNITURE_ROLES.has(element.getAttribute("role") ?? "")) return true;
      if (element.localName === "header") return element.querySelector("h1") !== null;
      return isBlock && (element.localName === "form" || hasFurnitureName(element)) && !holdsMostText(element);
    };
  };

  /** @param {Element} element */
  function hasFurnitureName(element) {
    const names = ["id", "class", "data-component", "data-testid", "aria-label", "itemprop"]
      .map((name) => element.getAttribute(name) ?? "")
      .join("-")
      .replace(/([a-z])([A-Z])/g, "$1-$2")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-");
    return FURNITURE_NAMES.test(`-${names}-`);
  }

  /** @param {Element} element */
  function textLength(element) {
    const texts = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let length = 0;
    while (texts.nextNode()) {
      const parent = texts.currentNode.parentElement;
      if (parent && !NO_TEXT.has(parent.localName)) length += texts.currentNode.nodeValue?.trim().length ?? 0;
    }
    return length;
  }

  const CREDIT = /^\(?(?:By|BY|Words by|(?:Additional )?[Rr]eporting by|Editing by)\s+\p{Lu}/u;
  const DATED = /^(?:first |last )?(?:published|updated|posted|modified)\b.*\d/i;
  const DATE_WORDS =
    /\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\b(?:at|am|pm|gmt|utc|bst|ce?s?t|e[sd]?t|p[sd]?t|ist)\b|[\d\s:.,/|·•–-]/gi;

  /** Whether a run only says who wrote the article, or when. */
  Sourcemark.isByline = ({ container, text }) => {
    if (text.length > 200 || /[.!?]["”’)]*$/.test(text)) return false;
    if (CREDIT.test(text) || DATED.test(text) || text.replace(DATE_WORDS, "") === "") return true;
    const named = container.querySelector("time, [rel~=author], [itemprop~=author]");
    return named !== null && text.length - (named.textContent ?? "").trim().length < 40;
  };
}
