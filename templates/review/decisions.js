// Decisions of an editor, where the page is served: kept by the server, shown beside the claim.

const decisions = new Map();
const DECISION_FILTERS = ["undecided", "accept", "reject", "edit", "comment", "stale"];
const DECIDED = { accept: ["✓", "accepted"], reject: ["✕", "rejected"], edit: ["✎", "edited"], comment: ["✍", "commented"] };
/** As long as somebody types, nothing is asked. */
const PAUSE = 300;

function decisionFilter(item) {
  const decision = decisions.get(item.id);
  return [decision?.action, decision?.state === "stale" && "stale", isOpen(item.id) && "undecided"];
}

async function ask(path, body) {
  const init = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const answer = await fetch(api.base + path, { cache: "no-store", credentials: "same-origin", ...init });
  const values = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(values.error ? `${values.error} (${values.hint})` : `the server answered ${answer.status}`);
  return values;
}

async function loadDecisions() {
  try {
    const { decisions: list } = await ask("decisions");
    for (const decision of list) keep(decision.claim, decision);
  } catch (error) {
    complain(`Decisions could not be read: ${error.message}`);
  }
  showProgress();
  applyFilters();
}

function keep(id, decision) {
  if (decision && decision.action !== "clear") decisions.set(id, decision);
  else decisions.delete(id);
  showDecision(items.get(id));
}

function showDecision(item) {
  if (!item?.row) return;
  item.row.querySelector(".decided")?.remove();
  const decision = decisions.get(item.id);
  item.row.dataset.decision = decision?.action ?? "";
  if (decision) item.row.querySelector(".chips").after(decidedLine(decision));
  for (const one of item.row.querySelectorAll("[data-act]")) {
    one.setAttribute("aria-pressed", String(one.dataset.act === decision?.action));
  }
}

function decidedLine(decision) {
  const [glyph, words] = DECIDED[decision.action];
  const when = decision.when ? ` on ${day(decision.when)}, ${decision.when.slice(11, 16)}` : "";
  const stale = decision.state === "stale";
  return make(
    "div",
    { class: `decided ${decision.action}${stale ? " stale" : ""}` },
    make("p", {}, sign(glyph), make("b", {}, words), ` by ${decision.who ?? api.who}${when}`),
    stale && make("p", { class: "why" }, sign("⚠"), make("b", {}, "stale"), `: ${decision.stale ?? "its evidence has changed since"}; decide again`),
    decision.action === "edit" && make("p", { class: "words", dir: "auto" }, decision.text),
    decision.comment && make("p", { dir: "auto" }, `“${decision.comment}”`),
  );
}

/** A comment alone, or a decision about other evidence, leaves a claim open. */
function isOpen(id) {
  const decision = decisions.get(id);
  return !decision || decision.action === "comment" || decision.state === "stale";
}

function showProgress() {
  const all = briefing.claims.length;
  const open = briefing.claims.filter((claim) => isOpen(claim.id));
  $("progress").hidden = false;
  $("progress").textContent = `${all - open.length} of ${all} decided · ${shown(api.who)}`;
}

/** Save a decision. What the filter lists stays as it is: nothing is taken away from under the editor's hands. */
async function decide(item, action, more = {}) {
  try {
    const { decision } = await ask("decisions", { claim: item.id, action, ...more });
    keep(item.id, decision ?? null);
    showProgress();
    $("complaint")?.remove();
    say(`${item.id} ${action === "clear" ? "undecided" : (DECIDED[action] ?? [])[1]}`);
    return true;
  } catch (error) {
    complain(`${item.id} was not saved: ${error.message}`);
    return false;
  }
}

function complain(words) {
  $("complaint")?.remove();
  document.querySelector(".top").after(
    make("div", { id: "complaint", role: "alert" }, sign("⚠"), words, button("×", { class: "shut", "aria-label": "Close", "data-shut": true })),
  );
}

function decisionForm(item) {
  const buttons = [
    ["accept", "✓ Accept", "1"],
    ["reject", "✕ Reject", "2"],
    ["edit", "✎ Edit", "3"],
    ["comment", "✍ Comment", "c"],
    ["clear", "Undo decision", "0"],
  ].map(([action, words, key]) =>
    make("button", { type: "button", "data-act": action, "aria-pressed": "false" }, words, " ", make("kbd", {}, key)),
  );
  return make("div", { class: "decide", role: "group", "aria-label": `Decide on ${item.id}` }, buttons, make("div", { class: "writing" }));
}

function act(item, action) {
  if (!item || !isClaim(item)) return;
  if (action === "edit" || action === "comment") write(item, action);
  else decide(item, action);
}

/** Open a field for an edit or a comment. An edit is checked as it is typed. */
function write(item, action) {
  const place = item.row.querySelector(".writing");
  const before = decisions.get(item.id);
  const text = action === "edit" ? (before?.text ?? item.values.text) : (before?.comment ?? "");
  const words = action === "edit" ? "The claim in your words" : "Your comment";
  const area = make("textarea", { "aria-label": words, rows: action === "edit" ? "4" : "2", dir: "auto" });
  area.value = text;
  const found = make("div", { class: "found-in-edit", role: "status" });
  place.replaceChildren(area, found, writingButtons(item, action, area));
  if (action === "edit") watch(item, area, found);
  area.focus();
}

function writingButtons(item, action, area) {
  const save = make("button", { type: "button", class: "save" }, action === "edit" ? "Save edit " : "Save comment ", make("kbd", {}, "Ctrl Enter"));
  const cancel = make("button", { type: "button" }, "Cancel ", make("kbd", {}, "Esc"));
  const shut = () => {
    item.row.querySelector(".writing").replaceChildren();
    item.button.focus({ preventScroll: true });
  };
  const keepIt = async () => {
    const more = action === "edit" ? { text: area.value } : { comment: area.value };
    if (await decide(item, action, more)) shut();
  };
  save.addEventListener("click", keepIt);
  cancel.addEventListener("click", shut);
  area.addEventListener("keydown", (event) => {
    if (event.key === "Escape") shut();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) keepIt();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return make("p", { class: "buttons" }, save, cancel);
}

/** Have the edit checked whenever the editor pauses; an answer that comes too late is dropped. */
function watch(item, area, found) {
  let asked = 0;
  let timer = null;
  const check = async () => {
    const mine = (asked += 1);
    found.replaceChildren(make("p", { class: "muted" }, "Checking …"));
    try {
      const { claim } = await ask("check", { claim: item.id, text: area.value });
      if (mine === asked) found.replaceChildren(...checkedEdit(claim));
    } catch (error) {
      if (mine === asked) found.replaceChildren(make("p", {}, sign("⚠"), `Not checked: ${error.message}`));
    }
  };
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
  });
  check();
}

function checkedEdit(claim) {
  const words = make("p", { class: "words", dir: "auto" }, markedWords(claim));
  return [make("p", { class: "chips" }, verdictChip(claim), findingsChip(claim)), words, findingsList(claim)].filter(Boolean);
}
