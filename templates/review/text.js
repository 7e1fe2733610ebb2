// Text of sources: offsets by code points, and characters that would steer a page made visible.

/** All characters that are not seen and do something; the same as in Markdown and on a terminal. */
const STEERS = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu;
/** Joiners belong to emoji and several scripts, U+00AD only hints at a line break; the rest is white space. */
const HARMLESS = new Set(["\u200d", "\u200c", "\u00ad", "\n", "\t"]);

/** Return `text` with every steering character written out, such as ⟨U+202E⟩. */
function shown(text) {
  return String(text).replace(STEERS, (ch) =>
    HARMLESS.has(ch) ? ch : `⟨U+${ch.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}⟩`,
  );
}

/** One text, cut by offsets in code points. A JavaScript string counts in UTF-16 units: beyond U+FFFF, two each. */
class Text {
  constructor(text) {
    this.text = text;
    // How many code points stand before each character that takes two units, in order.
    this.wide = [];
    for (const match of text.matchAll(/[\ud800-\udbff][\udc00-\udfff]/g)) {
      this.wide.push(match.index - this.wide.length);
    }
  }

  /** Where in the string the code point of this number begins. */
  at(point) {
    let low = 0;
    let high = this.wide.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.wide[middle] < point) low = middle + 1;
      else high = middle;
    }
    return point + low;
  }

  /** The characters between two offsets in code points, exactly. */
  slice(start, end) {
    return this.text.slice(this.at(start), this.at(end));
  }

  /** What is seen of a range of units: a line ends in one way only. */
  seen(from, to) {
    let part = this.text.slice(from, to);
    if (!part.includes("\r")) return shown(part);
    const lineGoesOn = part.endsWith("\r") && this.text[to] === "\n";
    if (lineGoesOn) part = part.slice(0, -1);
    return shown(part.replace(/\r\n?/g, "\n"));
  }
}
