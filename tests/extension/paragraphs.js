/** Paragraphs of random make, the same ones in every run. */

const PIECES = [
  "word", "The", "said", "“yes”", "end.", " ", "  ", "\n\t", "&nbsp;", " &nbsp; ", "&shy;", "&#x200B;", "🌧", "👨‍👩‍👧", "𝒮",
  "é", "é", "השר", "نمی‌خواهم", "&amp;", "ﬁ", "<br>", " <br> ", "<!-- ad -->", "<wbr>",
  "<span hidden> unseen </span>", "<script>no()</script>", "<button>Copy</button>",
];
const TAGS = ["b", "i", "em", "strong", "a", "span", "q", "sup"];

/** A generator of numbers in [0, 1): Mulberry32 by Tommy Ettinger, public domain. */
export function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The inner markup of a paragraph: text, odd characters, breaks and unseen things in nested tags. */
export function randomParagraph(random, depth = 0) {
  const pick = (from) => from[Math.floor(random() * from.length)];
  const parts = Array.from({ length: 1 + Math.floor(random() * 4) }, () => {
    if (depth >= 3 || random() < 0.75) return pick(PIECES);
    const tag = pick(TAGS);
    return `<${tag}>${randomParagraph(random, depth + 1)}</${tag}>`;
  });
  return depth === 0 ? `He ${parts.join("")}` : parts.join("");
}
