// Fill the page, and choose the first claim or the one that the address names.

function fillHead() {
  $("title").textContent = shown(briefing.title);
  const origins = new Set(briefing.sources.map((source) => source.origin)).size;
  const made = `${day(briefing.as_of)}, ${briefing.as_of.slice(11, 16)} UTC`;
  const { drafter: by } = briefing;
  const drafter = by === "extractive" ? "drafted without a model" : `drafted by ${by.replace("model:", "")}`;
  $("facts").textContent = shown(
    [`As of ${made}`, plural(sources.size, "source"), plural(origins, "origin"), drafter].join(" · "),
  );
}

function fillWarning() {
  const misjudged = briefing.provenance.checker.misjudged;
  if (!misjudged.length) return;
  $("warning").hidden = false;
  $("warning").append(
    make("p", {}, sign("⚠"), make("b", {}, "Not verified."), ` The checker misjudged ${plural(misjudged.length, "claim")} planted to test it:`),
    make("ul", {}, misjudged.map((claim) => make("li", {}, claim))),
  );
}

function fillSources() {
  for (const id of sources.keys()) {
    $("which").append(make("option", { value: id }, shortened(sourceName(id))));
  }
  $("right").append(make("span", { id: "held-means", hidden: true }, "Shows the claims that rest on it"));
}

function start() {
  setTheme(memory.get("theme"));
  readItems();
  fillHead();
  fillWarning();
  fillHelp();
  fillTabs();
  fillFilters();
  fillSources();
  listen();
  const asked = items.get(location.hash.slice(1));
  const first = asked ?? items.values().next().value;
  openTab(first?.tab ?? "sources");
  if (first) choose(first.id, { quiet: true, first: !asked });
  else if (sources.size) openSource(sources.keys().next().value);
  if (api) loadDecisions();
}

try {
  start();
} catch (error) {
  $("title").textContent = "This page could not be built; read briefing.md beside it.";
  throw error;
}
