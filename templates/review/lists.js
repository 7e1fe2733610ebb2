// The lists of the left side, one tab each, filled when a tab is first opened.

function fillTabs() {
  for (const [tab, words] of Object.entries(TABS)) {
    $("tabs").append(
      make(
        "button",
        { type: "button", role: "tab", id: `tab-${tab}`, "aria-controls": `panel-${tab}`, "data-tab": tab },
        `${words} `,
        make("span", { class: "count" }),
      ),
    );
    $("panels").append(
      make("div", { role: "tabpanel", id: `panel-${tab}`, "aria-labelledby": `tab-${tab}`, tabindex: "0", hidden: true, "data-title": words }),
    );
  }
}

const FILL = {
  claims: (panel) => panel.append(...byStory("claims", claimsOf)),
  news: (panel) => {
    panel.append(make("p", { class: "intro" }, newsIntro()));
    panel.append(rows([...items.values()].filter((item) => item.tab === "news"), changeRow));
  },
  disputes: (panel) => panel.append(...byStory("disputes", (story) => rows(own("disputes", story), disputeRow))),
  withheld: (panel) => {
    panel.append(make("p", { class: "intro" }, withheldIntro()));
    panel.append(...byStory("withheld", (story) => rows(own("withheld", story), (item) => claimRow(item, false))));
  },
  gaps: (panel) => {
    panel.append(make("p", { class: "intro" }, gapsIntro()));
    for (const source of sources.values()) panel.append(...gapsOf(source));
  },
  sources: (panel) => panel.append(...sourcesPanel()),
};

function fillPanel(tab) {
  const panel = $(`panel-${tab}`);
  if (panel.dataset.filled) return;
  panel.dataset.filled = "yes";
  FILL[tab](panel);
  for (const id of decisions.keys()) showDecision(items.get(id));
  panel.append(make("p", { class: "nothing", hidden: true }, "Nothing here matches the filters."));
}

function own(tab, story) {
  return [...items.values()].filter((item) => item.tab === tab && item.story === story.id);
}

function rows(list, one) {
  return make("ol", { class: "rows" }, list.map(one));
}

/** One section a story; its name is told where there are several. */
function byStory(tab, content) {
  return briefing.stories
    .filter((story) => own(tab, story).length)
    .map((story) => make("section", { class: "story", "aria-label": story.title }, storyHead(story), content(story)));
}

function storyHead(story) {
  const facts = `${plural(story.sources.length, "article")}, ${plural(story.origins, "origin")}`;
  return make("header", {}, make("h2", { dir: "auto" }, story.title), make("p", { class: "muted small" }, facts));
}

function claimsOf(story) {
  return rows(own("claims", story), (item) => claimRow(item, story.lead.includes(item.id)));
}

function newsIntro() {
  const { since, changes, told_again: again } = news;
  const facts = "New facts are the claims of this briefing.";
  const repeated = again ? ` ${plural(again, "sentence")} of the new articles only ${again === 1 ? "repeats" : "repeat"} what was told before.` : "";
  return `${plural(changes.length, "change")} since ${since}. ${facts}${repeated}`;
}

function withheldIntro() {
  const count = briefing.withheld.length;
  if (!count) return "Nothing that was drafted had to be withheld.";
  return `${plural(count, "drafted claim")} did not pass the checks and ${count === 1 ? "is" : "are"} not in the briefing.`;
}

function gapsIntro() {
  const count = briefing.not_covered.length;
  return `${plural(count, "citable sentence")} with figures, names or quotations ${count === 1 ? "is" : "are"} reflected by no claim.`;
}

function gapsOf(source) {
  const gaps = source.spans.filter((span) => span.kind === "gap").map((span) => span.item);
  if (!gaps.length) return [];
  const title = make("h2", {}, sourceName(source.id), make("span", { class: "muted" }, ` ${gaps.length}`));
  return [make("section", { class: "story", "aria-label": sourceName(source.id) }, title, rows(gaps, gapRow))];
}

function sourceName(id) {
  return `${id} ${names[id]}`;
}

function sourcesPanel() {
  const list = make("ol", { class: "rows sources" }, [...sources.values()].map(sourceRow));
  const parts = [make("h2", {}, "Read"), list];
  if (briefing.unread.length) {
    parts.push(make("h2", {}, "Not read"), make("ul", { class: "unread" }, briefing.unread.map(unreadRow)));
  }
  if (briefing.refused.length) parts.push(make("h2", {}, "Replies of the model that could not be used"), refusedList());
  return [...parts, make("h2", {}, "How it was made"), madeBy()];
}

function sourceRow(source) {
  const { values } = source;
  return make(
    "li",
    { class: "source-row", "data-source-row": source.id },
    button(source.id, { class: "id", "data-source": source.id, "aria-label": `${sourceName(source.id)}: show its text` }),
    make(
      "div",
      {},
      make("p", { class: "words", dir: "auto" }, make("b", {}, names[source.id]), values.title ? `: ${values.title}` : ""),
      make("p", { class: "muted small" }, sourceFacts(source).join(" · ")),
      make("p", { class: "muted small place" }, values.location),
      values.warnings.map((warning) => make("p", { class: "small" }, sign("⚠"), warning)),
    ),
  );
}

function sourceFacts({ values }) {
  const notices = [...new Set(values.notices.map((notice) => notice.kind))];
  return [
    day(values.published) || "no date stated",
    news?.days[values.id] ? `read ${news.days[values.id]}` : "",
    values.updated ? `updated ${day(values.updated)}` : "",
    values.author ? `by ${values.author}` : "",
    originWords(values),
    values.language && values.language !== "en" ? `language ${values.language}` : "",
    notices.length ? `carries ${notices.join(" and ")}` : "",
  ].filter(Boolean);
}

function originWords(values) {
  const told = values.relayed.map((relay) => `relays ${relay.outlet}${relay.relays ? ` (${relay.relays})` : ""}`);
  return [...new Set(told)].join("; ") || "its own origin";
}

function unreadRow(unread) {
  return make("li", {}, sign("⚠"), make("b", {}, unread.location), `: ${unread.error} (${unread.hint})`);
}

function refusedList() {
  return make(
    "ul",
    { class: "unread" },
    briefing.refused.map((refusal) => make("li", {}, `${refusal.story}: ${refusal.error}`)),
  );
}

function madeBy() {
  const { provenance, drafter, usage } = briefing;
  const { misjudged, ...checker } = provenance.checker;
  const checked = Object.entries(checker).map(([name, value]) => [`checker: ${inWords(name)}`, value]);
  const facts = [["version", provenance.version], ["drafter", drafter], ["calls to a model", usage.calls], ...checked];
  const lines = facts.map(([name, value]) => [make("dt", {}, name), make("dd", {}, String(value))]);
  return make("dl", { class: "made" }, lines);
}
