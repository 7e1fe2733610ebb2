// The right side: one source at a time, its blocks by role, and what rests on which of its characters.

const view = { source: null, root: null, segments: null, lit: [] };

const EXCLUDED = new Set(["headline", "byline", "caption", "opinion", "comment", "furniture"]);
const HOLDS = new Set(["evidence", "corroboration", "dispute"]);
/** A block longer than this is laid out piece by piece, as it comes into sight. */
const LONG = 20000;

function openSource(id) {
  if (view.source === id) return;
  light(null);
  const source = sources.get(id);
  source.rendered ??= renderSource(source);
  view.source = id;
  view.segments = source.rendered.segments;
  $("text").replaceChildren(source.rendered.root);
  $("text").scrollTop = 0;
  $("which").value = id;
  $("about").replaceChildren(...aboutSource(source));
  $("rests").hidden = true;
}

function aboutSource(source) {
  const { values } = source;
  return [
    make("h2", { dir: "auto" }, values.title ?? names[source.id]),
    make("p", { class: "muted small" }, values.title && [make("b", {}, names[source.id]), " · "], sourceFacts(source).join(" · ")),
    make("p", { class: "muted small place" }, placeOf(values)),
    ...values.warnings.map((warning) => make("p", { class: "small" }, sign("⚠"), warning)),
  ];
}

/** A link for the addresses that browsers should open; whatever else a source calls itself is only told. */
function placeOf(values) {
  const address = values.address ?? values.location;
  if (!/^https?:\/\/[!-~]+$/.test(address)) return values.location;
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
}

function renderSource(source) {
  const text = textOf(source.id);
  const segments = new Map(source.spans.map((span) => [span, []]));
  const root = make("div", { class: "source" });
  if (!text) root.append(...withoutText(source));
  else {
    const blocks = blocksOf(source, text);
    for (const span of source.spans) addToBlocks(span, text, blocks);
    for (const block of blocks) root.append(renderBlock(block, text, segments));
  }
  return { root, segments };
}

function withoutText(source) {
  const quotes = source.spans.map((span) => make("blockquote", { dir: "auto" }, span.text));
  return [make("p", { class: "intro" }, "The text of this source is not at hand; the manifest quotes of it:"), ...quotes];
}

/** The blocks in units, and between them what belongs to none. */
function blocksOf(source, text) {
  const blocks = [];
  let from = 0;
  const gap = (to) => {
    // Bullets and rules between blocks say nothing.
    if (/[\p{L}\p{N}]/u.test(text.text.slice(from, to))) blocks.push({ role: "none", from, to, label: "in no block" });
  };
  for (const block of source.values.blocks) {
    const start = text.at(block.start);
    gap(start);
    from = text.at(block.end);
    blocks.push({ role: block.role, from: start, to: from, label: blockLabel(block, source) });
  }
  gap(text.text.length);
  // A run of menu entries is labelled once.
  blocks.forEach((block, index) => {
    block.first = index === 0 || blocks[index - 1].label !== block.label;
    block.spans = [];
  });
  return blocks;
}

/** Tell every block that a span runs over of the span, in units. */
function addToBlocks(span, text, blocks) {
  const [from, to] = [text.at(span.start), text.at(span.end)];
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks[middle].to <= from) low = middle + 1;
    else high = middle;
  }
  for (; low < blocks.length && blocks[low].from < to; low += 1) blocks[low].spans.push({ span, from, to });
}

function blockLabel(block, source) {
  if (block.role === "body") return "";
  if (block.role !== "notice") return block.role;
  const kinds = source.values.notices.filter((n) => n.start < block.end && n.end > block.start).map((n) => n.kind);
  return kinds.length ? [...new Set(kinds)].join(" and ") : "notice";
}

function renderBlock(block, text, segments) {
  const excluded = EXCLUDED.has(block.role) || block.role === "none";
  const element = make("div", { class: `block ${block.role}${excluded ? " greyed" : ""}`, "data-role": block.role });
  if (block.label && block.first) element.append(make("span", { class: "role" }, block.label));
  const words = make("p", { class: "block-text", dir: "auto" });
  for (const run of runsOf(block)) words.append(renderRun(run, text, segments));
  element.append(words);
  return element;
}

/** Cut a block where spans begin and end; spans that overlap make one run, which can be chosen. */
function runsOf(block) {
  const { spans } = block;
  const within = (at) => Math.min(Math.max(at, block.from), block.to);
  const points = new Set([block.from, block.to, ...spans.flatMap((one) => [within(one.from), within(one.to)])]);
  for (let at = block.from + LONG; at < block.to; at += LONG) points.add(at);
  const cuts = [...points].sort((a, b) => a - b);
  const runs = [];
  let reach = -1;
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [from, to] = [cuts[index], cuts[index + 1]];
    const over = spans.filter((one) => one.from <= from && one.to >= to);
    const holding = over.filter((one) => HOLDS.has(one.span.kind));
    if (!holding.length || from >= reach) runs.push({ held: holding.length > 0, pieces: [] });
    if (holding.length) reach = Math.max(reach, ...holding.map((one) => one.to));
    runs.at(-1).pieces.push({ from, to, over });
  }
  return runs;
}

function renderRun(run, text, segments) {
  const pieces = run.pieces.map((piece) => renderPiece(piece, text, segments));
  if (!run.held) return pieces[0];
  const owners = new Set(run.pieces.flatMap((piece) => piece.over.map((one) => one.span.item.id)));
  const held = make("span", { class: "held", role: "button", tabindex: "0", "aria-describedby": "held-means" }, pieces);
  held.dataset.owners = [...owners].join(" ");
  return held;
}

function renderPiece({ from, to, over }, text, segments) {
  const kinds = new Set(over.map((one) => one.span.kind));
  const long = to - from >= LONG ? " long" : "";
  const element = make("span", { class: ["piece", ...kinds].join(" of-") + long }, text.seen(from, to));
  for (const one of over) segments.get(one.span).push(element);
  const ending = over.filter((one) => one.to === to && one.span.kind !== "gap");
  const marks = new Set(ending.map(({ span }) => (span.kind === "dispute" ? span.item.id : span.number ?? span.item.id)));
  if (marks.size) element.dataset.marks = [...marks].join(" ");
  return element;
}

/** Show all that the chosen item rests on in this source, and the one span that is meant. */
function light(item, current) {
  for (const element of view.lit) element.classList.remove("lit", "current", "evidence", "corroboration", "dispute", "gap");
  view.lit = [];
  const spans = new Set([...(item?.spans ?? []), current].filter((span) => span?.source === view.source));
  for (const span of spans) {
    for (const element of view.segments.get(span) ?? []) {
      element.classList.add("lit", span.kind);
      if (span === current) element.classList.add("current");
      view.lit.push(element);
    }
  }
}

function scrollToSpan(span) {
  const pieces = view.segments.get(span);
  if (!pieces?.length) return;
  const pane = $("text");
  const height = pieces.at(-1).getBoundingClientRect().bottom - pieces[0].getBoundingClientRect().top;
  const block = height > pane.clientHeight * 0.7 ? "start" : "center";
  pieces[0].scrollIntoView({ block, behavior: "auto" });
}

/** Say which claims rest on the run that was chosen, with a way to each. */
function showRests(owners, words) {
  const bar = $("rests");
  const list = owners.map((id) => items.get(id));
  for (const element of document.querySelectorAll(".item.rests")) element.classList.remove("rests");
  bar.replaceChildren(make("p", {}, words));
  if (list.length) bar.append(make("ul", {}, list.map((item) => make("li", {}, ownerButton(item)))));
  bar.append(button("×", { class: "shut", "aria-label": "Close", "data-shut": true }));
  bar.hidden = false;
  for (const item of list) item.row?.classList.add("rests");
  say(`${words} ${owners.join(", ")}`);
}

function ownerButton(item) {
  const { values } = item;
  const words = isClaim(item) ? values.text : capital(values.about);
  const state = item.tab === "withheld" ? `withheld, ${VERDICTS[values.verdict][1]}` : isClaim(item) ? VERDICTS[values.verdict][1] : "dispute";
  return make(
    "button",
    { type: "button", class: "go", "data-go": item.id, title: words },
    make("b", {}, item.id),
    make("span", { class: "muted" }, ` ${state}: `),
    make("span", { class: "short", dir: "auto" }, words),
  );
}

/** What a click into the text means: the claims on this run, or that there are none. */
function chooseRun(target) {
  const held = target.closest(".held");
  if (held) {
    const owners = held.dataset.owners.split(" ").filter((id) => HOLDS.has(items.get(id).spans[0].kind));
    const one = owners.length === 1;
    showRests(owners, one ? "Rests on this sentence:" : `${owners.length} rest on this sentence:`);
    const spans = items.get(owners[0]).spans;
    const meant = spans.find((span) => span.source === view.source && view.segments.get(span).some((p) => held.contains(p)));
    choose(owners[0], { span: meant, still: true });
    return;
  }
  const role = target.closest(".block")?.dataset.role;
  if (!role) return;
  const excluded = role !== "body" && role !== "notice";
  showRests([], excluded ? `Read as ${role === "none" ? "no part of the article" : role}: it may support no claim.` : "No claim rests on this sentence.");
}
