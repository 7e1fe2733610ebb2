// Keys, and where clicks go.

const KEYS = [
  ["j", "next in the list", () => move(1)],
  ["k", "previous in the list", () => move(-1)],
  ["Enter", "its next evidence", () => cycle(1)],
  ["Shift Enter", "its previous evidence", () => cycle(-1)],
  ["/", "search", () => $("search").focus()],
  ["Escape", "close, or clear the filters", escape],
  ["s", "into the source, and back", swapPanes],
  ["[", "previous source", () => moveSource(-1)],
  ["]", "next source", () => moveSource(1)],
  ["1", "accept", () => act(state.item, "accept"), "served"],
  ["2", "reject", () => act(state.item, "reject"), "served"],
  ["3", "edit", () => act(state.item, "edit"), "served"],
  ["c", "comment", () => act(state.item, "comment"), "served"],
  ["0", "undo the decision", () => act(state.item, "clear"), "served"],
  ["n", "next that is undecided", moveToOpen, "served"],
  ["t", "light, dark, or as the system", nextTheme],
  ["?", "this help", () => openHelp()],
].filter((key) => api || key[3] !== "served");

const ALWAYS = new Set(["Enter", "Shift Enter", "Escape"]);
const byKey = new Map(KEYS.map(([key, , act]) => [key, act]));

function fillHelp() {
  for (const [key, words] of KEYS) {
    $("keys").append(make("dt", {}, key.split(" ").map((part) => make("kbd", {}, part))), make("dd", {}, words));
  }
  for (const [glyph, words, means] of Object.values(VERDICTS)) {
    $("verdicts").append(make("li", {}, sign(glyph), make("b", {}, words), ` — ${means}`));
  }
  $("keys-on").checked = memory.get("keys") !== "off";
}

function openHelp() {
  $("help").showModal();
}

function escape() {
  if (!$("rests").hidden) $("rests").hidden = true;
  else if (filtering()) clearFilters();
  state.item?.button.focus({ preventScroll: true });
}

function swapPanes() {
  const inSource = $("right").contains(document.activeElement);
  if (narrow.matches) showPane(inSource ? "left" : "right");
  const target = inSource ? state.item?.button : $("text").querySelector(".current")?.closest(".held");
  (target ?? $("text")).focus({ preventScroll: true });
}

function writes(element) {
  return element.matches("input:not([type=checkbox]), textarea, select");
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.target.closest("[role=tab]") && onTabKey(event)) return;
  const key = event.key === "Enter" && event.shiftKey ? "Shift Enter" : event.key;
  if (writes(event.target)) {
    if (key === "Escape" || (key === "Enter" && event.target === $("search"))) leaveField(event, key);
    return;
  }
  if (!ALWAYS.has(key) && !$("keys-on").checked) return;
  if ((key === "Enter" || key === "Shift Enter") && !isFree(event.target)) return;
  if (!byKey.has(key)) return;
  event.preventDefault();
  byKey.get(key)();
}

/** Enter belongs to whatever can be pressed, but for the button of the chosen item itself. */
function isFree(target) {
  return target === state.item?.button || !target.closest("button, a, summary, [role=button]");
}

function leaveField(event, key) {
  event.preventDefault();
  if (key === "Escape") clearFilters();
  event.target.blur();
  if (key === "Enter") move(1);
}

function onTabKey(event) {
  const tabs = Object.keys(TABS);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return false;
  const tab = tabs[(tabs.indexOf(state.tab) + step + tabs.length) % tabs.length];
  openTab(tab);
  $(`tab-${tab}`).focus();
  event.preventDefault();
  return true;
}

function onClick(event) {
  const { target } = event;
  const pressed = target.closest("button, a, [role=button]");
  const { tab, act: action, go, source, span, pane, shut, all } = pressed?.dataset ?? {};
  if (tab) openTab(tab);
  else if (pane) showPane(pane);
  else if (shut !== undefined) pressed.parentElement.hidden = true;
  else if (action) act(items.get(target.closest(".item").dataset.id), action);
  else if (go) goTo(go);
  else if (all) showAll(items.get(all));
  else if (source) showOnly(source);
  else if (span !== undefined) follow(pressed.dataset.item, Number(span), target.closest(".item"));
  else if (target.closest("#text")) marking() || inText(target);
  else if (target.closest(".item") && !target.closest(".detail, a, textarea")) pressItem(target.closest(".item"), pressed);
}

function goTo(id) {
  if (narrow.matches) showPane("left");
  choose(id, { focus: true });
}

function showOnly(id) {
  openSource(id);
  light(state.item, null);
  if (narrow.matches) showPane("right");
}

function follow(id, index, row) {
  const owner = row?.dataset.id;
  const span = items.get(id).spans[index];
  if (owner && state.item?.id !== owner) choose(owner, { span: span.item.id === owner ? span : undefined });
  showSpan(span);
  if (narrow.matches) showPane("right");
}

/** Words of the page can be marked and copied: a click that marked some chooses nothing. */
function marking() {
  return !getSelection().isCollapsed;
}

function inText(target) {
  chooseRun(target);
  if (narrow.matches && target.closest(".held")) showPane("left");
}

function pressItem(element, pressed) {
  if (!pressed && marking()) return;
  choose(element.dataset.id, { focus: true });
}

function listen() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  $("text").addEventListener("keydown", (event) => {
    if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches(".held")) return;
    event.preventDefault();
    event.stopPropagation();
    inText(event.target);
  });
  $("search").addEventListener("input", (event) => setFilter("search", event.target.value));
  $("selects").addEventListener("change", (event) => setFilter(event.target.dataset.filter, event.target.value));
  $("clear").addEventListener("click", clearFilters);
  $("which").addEventListener("change", (event) => showOnly(event.target.value));
  $("previous").addEventListener("click", () => moveSource(-1));
  $("next").addEventListener("click", () => moveSource(1));
  $("theme").addEventListener("click", nextTheme);
  $("ask").addEventListener("click", openHelp);
  $("help-close").addEventListener("click", () => $("help").close());
  $("keys-on").addEventListener("change", (event) => memory.set("keys", event.target.checked ? "on" : "off"));
  addEventListener("beforeprint", fillForPrint);
  matchMedia("print").addEventListener("change", (event) => event.matches && fillForPrint());
}

/** On paper everything stands open. */
function fillForPrint() {
  for (const tab of Object.keys(TABS)) fillPanel(tab);
  for (const item of items.values()) fillDetail(item);
  applyFilters();
}
