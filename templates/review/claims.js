// The left side: lists of claims, disputes and gaps, and all about the one that is chosen.

const TABS = {
  claims: "Claims",
  ...(news ? { news: "New" } : {}),
  disputes: "Disputes",
  withheld: "Withheld",
  gaps: "Not covered",
  sources: "Sources",
};

/** The words of a claim, those that a finding is about marked. */
function markedWords(values) {
  const text = new Text(values.text);
  const found = values.findings.filter((f) => f.end > f.start && f.end - f.start < [...values.text].length);
  const cuts = [...new Set([0, Infinity, ...found.flatMap((f) => [f.start, f.end])])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, index) => {
    const end = cuts[index + 1];
    const words = text.text.slice(text.at(start), end === Infinity ? undefined : text.at(end));
    const kinds = found.filter((f) => f.start <= start && f.end >= end).map((f) => inWords(f.kind));
    return kinds.length ? make("mark", { title: [...new Set(kinds)].join(", ") }, words) : words;
  });
}

function footnotes(item) {
  const seen = new Set();
  return item.spans
    .filter((span) => span.number && !seen.has(span.number) && seen.add(span.number))
    .map((span) =>
      button(String(span.number), {
        class: "note",
        tabindex: "-1",
        "data-item": item.id,
        "data-span": span.index,
        "aria-label": `Footnote ${span.number}: ${span.kind} in ${names[span.source]}`,
        title: `${span.source}, ${names[span.source]}`,
      }),
    );
}

function verdictChip(values) {
  const [glyph, words] = VERDICTS[values.verdict];
  return make("span", { class: `chip verdict ${values.verdict}` }, sign(glyph), words);
}

function standingChip(item) {
  if (!item.values.standing) return null;
  const [glyph] = STANDINGS[item.values.standing];
  return make("span", { class: `chip standing ${item.values.standing}` }, sign(glyph), standingWords(item));
}

function findingsChip(values) {
  if (!values.findings.length) return null;
  const kinds = [...new Set(values.findings.map((finding) => inWords(finding.kind)))];
  return make("span", { class: "chip found" }, sign("⚠"), kinds.join(", "));
}

function tellers(item) {
  return [...new Set(item.spans.map((span) => names[span.source]))].join(", ");
}

function claimRow(item, lead) {
  const { values } = item;
  return row(item, lead ? "claim lead" : "claim", [
    make("p", { class: "words", dir: "auto" }, markedWords(values), footnotes(item)),
    make(
      "p",
      { class: "chips" },
      verdictChip(values),
      standingChip(item),
      findingsChip(values),
      make("span", { class: "tellers" }, tellers(item)),
    ),
  ]);
}

/** One line of a list: a button with its id, what it says, and room for more once it is chosen. */
function row(item, kind, content) {
  item.button = button(item.id, {
    class: "id",
    tabindex: "-1",
    "aria-expanded": "false",
    "aria-label": `${item.id}: ${item.values.text ?? item.values.about ?? quote(item.spans[0])}`,
    title: "Show its evidence (Enter)",
  });
  item.detail = make("div", { class: "detail", hidden: true });
  item.row = make("li", { class: `item ${kind}`, "data-id": item.id }, item.button, make("div", {}, content, item.detail));
  return item.row;
}

function changeRow(item) {
  const { values } = item;
  return row(item, "change", [
    make("p", { class: "words", dir: "auto" }, make("b", {}, `${values.label}: `), values.text, footnotes(item)),
    make(
      "p",
      { class: "chips" },
      make("span", { class: "tellers" }, tellers(item)),
      values.dispute && button(values.dispute, { class: "go", "data-go": values.dispute }),
    ),
  ]);
}

function disputeRow(item) {
  const { values } = item;
  return row(item, "dispute", [
    make("h3", { class: "words" }, capital(values.about)),
    make("p", { class: "chips" }, assessmentChip(values), make("span", { class: "tellers" }, grounds(values))),
    disputeTable(item),
  ]);
}

const ASSESSMENTS = { likely_slip: ["⚠", "likely a slip"], superseded: ["↻", "superseded"], open: ["≠", "open"] };

function assessmentChip(values) {
  const [glyph, words] = ASSESSMENTS[values.assessment];
  return make("span", { class: `chip assessment ${values.assessment}` }, sign(glyph), words);
}

function grounds(values) {
  return capital(values.note);
}

/** So many values, and so many places of each, are shown at once: thousands would make the page wait. */
const SHORT = 6;
const LONGER = 40;

/** Each value, who gives it, and a way to every place where it stands. */
function disputeTable(item, limit = LONGER) {
  const head = ["Value", "Given by, in these words"].map((words) => make("th", { scope: "col" }, words));
  const { values } = item.values;
  const rows = values.slice(0, limit).map((value) =>
    make(
      "tr",
      {},
      make("th", { scope: "row", dir: "auto" }, value.value),
      make("td", {}, make("ul", { class: "givers" }, givers(item, value, limit))),
    ),
  );
  return make(
    "div",
    { class: "table" },
    make("table", {}, make("thead", {}, make("tr", {}, head)), make("tbody", {}, rows)),
    more(item, values.length - limit, limit === SHORT),
  );
}

/** A way to what a table leaves out. */
function more(item, count, elsewhere) {
  if (count <= 0) return null;
  const words = `${plural(count, "more value")} …`;
  return make("p", {}, button(words, elsewhere ? { class: "go", "data-go": item.id } : { class: "go", "data-all": item.id }));
}

function showAll(item) {
  item.row.querySelector(".table").replaceWith(disputeTable(item, Infinity));
}

function givers(item, value, limit) {
  const spans = item.spans.filter((span) => span.of === value);
  const lines = spans.slice(0, limit).map((span) => make("li", {}, jump(span), inQuotes(span.context)));
  if (spans.length > limit) lines.push(make("li", { class: "muted small" }, `and in ${spans.length - limit} more places`));
  return lines;
}

/** A button that shows a span in its source. */
function jump(span) {
  const date = day(sources.get(span.source).values.published);
  return make(
    "button",
    { type: "button", class: "jump", "data-item": span.item.id, "data-span": span.index, title: "Show it in the source" },
    make("span", { class: "source-id" }, span.source),
    ` ${names[span.source]}`,
    date && make("span", { class: "muted" }, `, ${date}`),
    span.number && make("span", { class: "number" }, String(span.number)),
  );
}

function gapRow(item) {
  return row(item, "gap-row", [
    make("p", { class: "words", dir: "auto" }, quote(item.spans[0])),
    item.values.unshown && make("p", { class: "chips" }, make("span", { class: "chip" }, "too long for the model")),
  ]);
}

/** All that is known of a claim beyond its first line. */
function fillDetail(item) {
  if (item.filled) return;
  item.filled = true;
  if (isClaim(item)) item.detail.append(...claimDetail(item));
  if (item.tab === "news") item.detail.append(spanList("It rests on", item, "evidence") ?? "");
  showDecision(item);
}

function claimDetail(item) {
  const { values } = item;
  return [
    findingsList(values),
    spanList("Evidence", item, "evidence") ?? make("p", { class: "muted" }, "It rests on nothing that was found in a source."),
    spanList("Told also in", item, "corroboration"),
    ...(values.disputes ?? []).map((id) => disputeInClaim(items.get(id))),
    answersLine(values),
    ...history(values),
    api && decisionForm(item),
  ].filter(Boolean);
}

function findingsList(values) {
  if (!values.findings.length) return null;
  const text = new Text(values.text);
  const lines = values.findings.map((finding) => {
    const words = text.slice(finding.start, finding.end);
    return make(
      "li",
      {},
      sign("⚠"),
      make("strong", {}, capital(inWords(finding.kind))),
      words && words !== values.text ? [": ", inQuotes(words)] : "",
      ` — ${finding.detail}`,
    );
  });
  return make("ul", { class: "findings" }, lines);
}

/** Between quotation marks, unless the words bring their own. */
function inQuotes(words) {
  return make("q", { dir: "auto" }, /^[“"«„]/.test(words) ? words : `“${words}”`);
}

function spanList(title, item, kind) {
  const spans = item.spans.filter((span) => span.kind === kind);
  if (!spans.length) return null;
  const lines = spans.map((span) => make("li", { class: kind }, jump(span), spanFacts(span), quotation(span)));
  return make("div", { class: "spans" }, make("h3", {}, title), make("ol", {}, lines));
}

function spanFacts(span) {
  const match = span.match && span.match !== "exact" ? `, ${span.match} match` : "";
  return make("span", { class: "muted small" }, ` characters ${span.start}–${span.end}${match}`);
}

function quotation(span) {
  const words = quote(span);
  if (words === span.item.values.text) return make("p", { class: "muted small" }, "The claim, word for word");
  return make("blockquote", { dir: "auto" }, words);
}

function disputeInClaim(item) {
  if (!item) return null;
  const heading = make("h3", {}, button(item.id, { class: "go", "data-go": item.id }), ` ${capital(item.values.about)} `);
  return make("div", { class: "spans disputed" }, heading, assessmentChip(item.values), disputeTable(item, SHORT));
}

function answersLine(values) {
  const answers = Object.entries(values.answers).map(([question, answer]) =>
    make("span", { class: `answer ${answer}` }, `${capital(question)} `, make("b", {}, ANSWERS[answer])),
  );
  const score = values.score === null ? "no score" : `score ${values.score.toFixed(2)}`;
  return make("p", { class: "answers" }, answers, make("span", {}, `decided by ${inWords(values.decided_by)}, ${score}`));
}

/** Where the claim comes from, if a model was asked more than once. */
function history(values) {
  const lines = [];
  if (values.moved_from?.length) lines.push(`Moved here: it cited ${values.moved_from.join(", ")}, which did not support it.`);
  if (values.corrects) lines.push(`Corrects ${values.corrects}, which was withheld.`);
  for (const wording of values.wordings ?? []) lines.push(`Worded before: ${wording}`);
  return lines.map((line) => make("p", { class: "muted small" }, line));
}
