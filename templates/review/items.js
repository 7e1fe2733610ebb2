// What can be chosen: claims, disputes, withheld claims and sentences that no claim reflects, with their spans.

const { api, briefing, texts, names, notes, news } = JSON.parse($("data").textContent);

const numberOf = new Map(notes.map((span, index) => [span.join(":"), index + 1]));
const sources = new Map(briefing.sources.map((values) => [values.id, { id: values.id, values, spans: [] }]));
const stories = new Map(briefing.stories.map((story) => [story.id, story]));
const items = new Map();

/** The text of a source, or null where only the manifest is at hand. */
function textOf(id) {
  const source = sources.get(id);
  if (source.text === undefined) source.text = texts[id] === null ? null : new Text(texts[id]);
  return source.text;
}

function quote(span) {
  return span.text ?? textOf(span.source)?.slice(span.start, span.end) ?? "";
}

/** A span of a source and the item that it belongs to. */
function addSpan(item, kind, values, more = {}) {
  const number = numberOf.get([values.source, values.start, values.end].join(":"));
  const span = { ...values, ...more, kind, number, item, index: item.spans.length };
  item.spans.push(span);
  sources.get(values.source).spans.push(span);
  return span;
}

function addItem(tab, id, values) {
  const item = { tab, id, values, story: values.story ?? sources.get(values.source).values.story, spans: [] };
  items.set(id, item);
  return item;
}

function addClaim(tab, values) {
  const item = addItem(tab, values.id, values);
  for (const evidence of values.evidence) addSpan(item, "evidence", evidence);
  for (const evidence of values.corroboration ?? []) addSpan(item, "corroboration", evidence);
}

function addDispute(values) {
  const item = addItem("disputes", values.id, values);
  for (const value of values.values) {
    for (const evidence of value.evidence) addSpan(item, "dispute", evidence, { of: value });
  }
}

/** What is new is about the whole briefing; it stands with the story of its first source. */
function addChange(values) {
  const story = sources.get(values.evidence[0]?.source)?.values.story ?? briefing.stories[0].id;
  const item = addItem("news", values.id, { ...values, story });
  for (const evidence of values.evidence) addSpan(item, "evidence", evidence);
}

/** Claims in the order in which the briefing prints them: per story the lead, then the others. */
function printedOrder() {
  return briefing.stories.flatMap((story) => {
    const own = briefing.claims.filter((claim) => claim.story === story.id);
    const lead = story.lead.map((id) => own.find((claim) => claim.id === id)).filter(Boolean);
    return [...lead, ...own.filter((claim) => !lead.includes(claim))];
  });
}

function readItems() {
  for (const claim of printedOrder()) addClaim("claims", claim);
  for (const change of news?.changes ?? []) addChange(change);
  for (const dispute of briefing.disputes) addDispute(dispute);
  for (const claim of briefing.withheld) addClaim("withheld", claim);
  briefing.not_covered.forEach((span, index) => {
    addSpan(addItem("gaps", `N${index + 1}`, span), "gap", span);
  });
  briefing.not_shown.forEach((span, index) => {
    addSpan(addItem("gaps", `L${index + 1}`, { ...span, unshown: true }), "gap", span);
  });
}

function isClaim(item) {
  return item.tab === "claims" || item.tab === "withheld";
}

/** What the search looks through. */
function haystack(item) {
  if (item.haystack === undefined) {
    const { values } = item;
    const parts = [item.id, values.label, values.text, values.about, values.note, values.decided_by];
    for (const finding of values.findings ?? []) parts.push(inWords(finding.kind), finding.detail);
    for (const span of item.spans) parts.push(span.source, names[span.source], span.of?.value, quote(span));
    item.haystack = parts.filter(Boolean).join("\n").toLowerCase();
  }
  return item.haystack;
}

const VERDICTS = {
  supported: ["✓", "supported", "located, consistent, and its meaning follows"],
  partly: ["◐", "partly supported", "published with what is missing said"],
  unsupported: ["✕", "unsupported", "withheld: the sources do not bear it out"],
  contradicted: ["≠", "contradicted", "withheld: its evidence says otherwise"],
  not_checked: ["?", "not checked", "withheld: nobody could decide"],
};

const STANDINGS = {
  corroborated: ["⊕", "corroborated"],
  single_source: ["•", "single source"],
  disputed: ["≠", "disputed"],
};

const ANSWERS = { pass: "✓ pass", fail: "✕ fail", not_checked: "– not checked" };

/** How many tell it, and whether anybody tells it otherwise. */
function standingWords(item) {
  const { standing, origins, disputes } = item.values;
  if (standing === "disputed") return `disputed, see ${disputes.join(", ")}`;
  if (standing === "corroborated") return `corroborated, ${plural(origins, "origin")}`;
  return new Set(item.spans.map((span) => names[span.source])).size === 1 ? "single source" : "one origin";
}

/** A day as people write it. The zone is the publisher's own: nothing is converted. */
function day(moment) {
  const match = /^(\d{4})-(\d\d)-(\d\d)/.exec(moment ?? "");
  if (!match) return "";
  const months = "January February March April May June July August September October November December".split(" ");
  return `${Number(match[3])} ${months[Number(match[2]) - 1]} ${match[1]}`;
}
