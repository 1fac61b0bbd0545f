import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { LABELS } from "../../extension/shared/labels.js";
import { readExtension } from "./page.js";

/**
 * What people see of a colour, as matrices over linear light. The deficiencies are those of Machado,
 * Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
 * IEEE TVCG 15(6), 2009, at severity 1.0. Grey is the luminance of sRGB (IEC 61966-2-1).
 */
const GREY_ROW = [0.2126, 0.7152, 0.0722];
const VISIONS = {
  "full colour": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
  grey: [GREY_ROW, GREY_ROW, GREY_ROW],
};

/** What WCAG 2.2 asks of anything but text that carries a meaning (1.4.11). */
const LEAST_CONTRAST = 3;

/** Where colours count as "clearly different" at a glance; people begin to see a difference at 2.3. */
const LEAST_DIFFERENCE = 10;

const CSS = readExtension("content/highlights.css");

/** The line of each label as content/highlights.css has it: style, thickness in CSS pixels, colour as sRGB from 0 to 1. */
const LINES = LABELS.map(({ highlight }) => {
  const rule = CSS.match(new RegExp(`::highlight\\(${highlight}\\) \\{([^}]*)\\}`))[1];
  const [, style, thickness, hex] = rule.match(/text-decoration: underline (\w+) ([\d.]+)px #([0-9a-f]{6})/);
  return { highlight, style, thickness: Number(thickness), colour: [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255) };
});

const linear = (colour) => colour.map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
const times = (matrix, vector) => matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * vector[index], 0));
const seen = (colour, vision) => times(VISIONS[vision], linear(colour)).map((value) => Math.min(1, Math.max(0, value)));
const luminance = (light) => GREY_ROW.reduce((sum, factor, index) => sum + factor * light[index], 0);

/** Contrast of two amounts of light, after WCAG 2.2. */
function contrast(one, other) {
  const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

/** CIE L*a*b* (D65) of linear sRGB. */
function lab(light) {
  const xyz = times([[0.4124, 0.3576, 0.1805], GREY_ROW, [0.0193, 0.1192, 0.9505]], light);
  const [x, y, z] = xyz.map((value, index) => {
    const relative = value / [0.9505, 1, 1.089][index];
    return relative > (6 / 29) ** 3 ? Math.cbrt(relative) : relative / (3 * (6 / 29) ** 2) + 4 / 29;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Difference of two amounts of light as ΔE*ab (CIE 1976). */
const difference = (one, other) => Math.hypot(...lab(one).map((value, index) => value - lab(other)[index]));

const pairs = LINES.flatMap((one, index) => LINES.slice(index + 1).map((other) => [one, other]));

describe("the lines under marked sentences", () => {
  it("are told apart by their style, whatever a reader sees of colours", () => {
    assert.deepEqual(LINES.map(({ style }) => style), LABELS.map(({ line }) => line));
    assert.equal(new Set(LINES.map(({ style }) => style)).size, LABELS.length);
    // a thinner line shows no dots
    for (const { highlight, thickness } of LINES) assert.ok(thickness >= 2, highlight);
  });

  for (const vision of Object.keys(VISIONS)) {
    it(`stand out from white and from black pages: ${vision}`, () => {
      for (const { highlight, colour } of LINES) {
        for (const page of [[0, 0, 0], [1, 1, 1]]) {
          const found = contrast(seen(colour, vision), page);
          assert.ok(found >= LEAST_CONTRAST, `${highlight}: ${found.toFixed(2)}`);
        }
      }
    });
  }

  for (const vision of ["full colour", "protanopia", "deuteranopia", "tritanopia"]) {
    it(`have colours that differ, too: ${vision}`, () => {
      for (const [one, other] of pairs) {
        const found = difference(seen(one.colour, vision), seen(other.colour, vision));
        assert.ok(found >= LEAST_DIFFERENCE, `${one.highlight}, ${other.highlight}: ${found.toFixed(1)}`);
      }
    });
  }

  it("have the same colours in every part of the extension", () => {
    for (const sheet of ["shared/page.css", "content/look.js"]) {
      for (const [, hex] of CSS.matchAll(/2px (#[0-9a-f]{6});/g)) assert.ok(readExtension(sheet).includes(hex), `${sheet}: ${hex}`);
    }
  });
});

describe("the fill under marked sentences", () => {
  // alpha from the sheet over the page, in the space that browsers blend in
  const fills = [...CSS.matchAll(/background-color: rgb\((\d+) (\d+) (\d+) \/ (\d+)%\);\s+text-decoration: underline/g)].map(
    ([, red, green, blue, alpha]) => ({ colour: [red, green, blue].map((value) => Number(value) / 255), alpha: Number(alpha) / 100 }),
  );
  const over = ({ colour, alpha }, page) => linear(colour.map((value) => value * alpha + page * (1 - alpha)));

  it("leaves black text on white, and white text on black, easy to read", () => {
    assert.equal(fills.length, LABELS.length);
    for (const fill of fills) {
      assert.ok(contrast(over(fill, 1), [0, 0, 0]) >= 7);
      assert.ok(contrast(over(fill, 0), [1, 1, 1]) >= 7);
    }
  });

  it("does not swallow the line", () => {
    fills.forEach((fill, index) => {
      for (const page of [0, 1]) {
        const found = contrast(over(fill, page), linear(LINES[index].colour));
        assert.ok(found >= LEAST_CONTRAST, `${LINES[index].highlight} on ${page}: ${found.toFixed(2)}`);
      }
    });
  });
});
