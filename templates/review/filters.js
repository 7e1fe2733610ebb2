// What is listed: by verdict, standing, finding, story, source, decision and words.

const wanted = {};

/** What can be asked for, in the order of the page: how a value is read off an item, and how it is named. */
const FILTERS = {
  verdict: { all: "Verdict", of: (item) => [item.values.verdict], claims: true, name: (v) => VERDICTS[v][1] },
  standing: { all: "Standing", of: (item) => [item.values.standing], claims: true, name: (v) => STANDINGS[v][1] },
  finding: {
    all: "Finding",
    of: (item) => (item.values.findings.length ? [...new Set(item.values.findings.map((f) => f.kind)), "any"] : ["none"]),
    claims: true,
    name: (v) => ({ any: "with findings", none: "without findings" })[v] ?? inWords(v),
  },
  story: { all: "Story", of: (item) => [item.story], name: (v) => stories.get(v).title },
  source: { all: "Source", of: (item) => [...new Set(item.spans.map((s) => s.source))], name: sourceName },
  decision: { all: "Decision", of: decisionFilter, claims: true, name: inWords },
};

function applies(filter, item) {
  return !filter.claims || isClaim(item);
}

function matches(item) {
  if (wanted.search && !haystack(item).includes(wanted.search)) return false;
  return Object.entries(FILTERS).every(
    ([name, filter]) => !wanted[name] || !applies(filter, item) || filter.of(item).includes(wanted[name]),
  );
}

function filtering() {
  return Object.values(wanted).some(Boolean);
}

function fillFilters() {
  for (const [name, filter] of Object.entries(FILTERS)) {
    const counts = new Map();
    for (const item of items.values()) {
      if (!applies(filter, item) || !isClaim(item)) continue;
      for (const value of filter.of(item)) if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    const useful = name === "decision" ? api : counts.size > 1;
    if (useful) $("selects").append(filterSelect(name, filter, counts));
  }
}

function filterSelect(name, filter, counts) {
  const values = name === "decision" ? DECISION_FILTERS : [...counts.keys()];
  const options = values.map((value) => {
    const count = name === "decision" ? "" : ` (${counts.get(value)})`;
    return make("option", { value }, `${shortened(filter.name(value))}${count}`);
  });
  const label = `Filter by ${name}`;
  return make("select", { "data-filter": name, "aria-label": label, title: label }, make("option", { value: "" }, filter.all), options);
}

function shortened(words) {
  return words.length > 48 ? `${words.slice(0, 47)}…` : words;
}

/** Show what matches, and say in every tab how many do. */
function applyFilters() {
  const counts = Object.fromEntries(Object.keys(TABS).map((tab) => [tab, [0, 0]]));
  for (const item of items.values()) {
    item.listed = matches(item);
    if (item.row) item.row.hidden = !item.listed;
    counts[item.tab][0] += item.listed;
    counts[item.tab][1] += 1;
  }
  counts.sources = [sources.size, sources.size];
  for (const tab of Object.keys(TABS)) showCount(tab, ...counts[tab]);
  for (const section of document.querySelectorAll("#panels .story")) {
    section.hidden = !section.querySelector(".item:not([hidden])");
  }
  for (const panel of $("panels").children) {
    const nothing = panel.querySelector(".nothing");
    if (nothing) nothing.hidden = counts[panel.id.slice(6)][0] > 0 || !filtering();
  }
  $("clear").hidden = !filtering();
}

function showCount(tab, listed, all) {
  const unread = tab === "sources" && briefing.unread.length ? `, ${briefing.unread.length} not read` : "";
  $(`tab-${tab}`).querySelector(".count").textContent = (listed === all ? `${all}` : `${listed} of ${all}`) + unread;
}

function setFilter(name, value) {
  wanted[name] = name === "search" ? value.trim().toLowerCase() : value;
  applyFilters();
  const tab = state.tab;
  say(`${$(`tab-${tab}`).textContent} listed`);
}

function clearFilters() {
  for (const name of Object.keys(wanted)) wanted[name] = "";
  $("search").value = "";
  for (const select of $("selects").children) select.value = "";
  applyFilters();
}
