// What is chosen, on both sides at once.

const state = { tab: null, item: null, span: null };

function openTab(tab) {
  if (state.tab === tab) return;
  state.tab = tab;
  fillPanel(tab);
  for (const one of Object.keys(TABS)) {
    const here = one === tab;
    $(`panel-${one}`).hidden = !here;
    $(`tab-${one}`).setAttribute("aria-selected", String(here));
    $(`tab-${one}`).tabIndex = here ? 0 : -1;
  }
  applyFilters();
}

/** Choose an item: open it at left and show at right what it rests on. `still` leaves the source where it stands. */
function choose(id, { span, focus = false, still = false, quiet = false, first = false } = {}) {
  const item = items.get(id);
  if (!item) return;
  openTab(item.tab);
  if (!item.listed) clearFilters();
  if (state.item !== item) {
    closeItem(state.item);
    openItem(item);
  }
  if (!first) item.row.scrollIntoView({ block: "nearest" });
  if (focus) item.button.focus({ preventScroll: true });
  if (item.spans.length) showSpan(span ?? item.spans[0], { still });
  else light(item);
  if (!quiet) say(spokenItem(item));
}

function closeItem(item) {
  if (!item) return;
  item.row.classList.remove("chosen");
  item.button.setAttribute("aria-expanded", "false");
  item.button.tabIndex = -1;
  item.detail.hidden = true;
}

function openItem(item) {
  state.item = item;
  fillDetail(item);
  item.row.classList.add("chosen");
  item.button.setAttribute("aria-expanded", "true");
  item.button.tabIndex = 0;
  item.detail.hidden = false;
  rememberInAddress(item.id);
}

function rememberInAddress(id) {
  try {
    history.replaceState(null, "", `#${id}`);
  } catch {
    // Some browsers refuse this to a page from disk; then the address names no claim.
  }
}

function showSpan(span, { still = false } = {}) {
  openSource(span.source);
  state.span = span;
  light(state.item, span);
  if (!still) scrollToSpan(span);
  for (const one of document.querySelectorAll(".jump[aria-current]")) one.removeAttribute("aria-current");
  const jumps = state.item?.row.querySelectorAll(`.jump[data-item="${span.item.id}"][data-span="${span.index}"]`) ?? [];
  for (const one of jumps) one.setAttribute("aria-current", "true");
}

/** The next of the spans that the chosen item rests on, around and around. */
function cycle(step) {
  const { item, span } = state;
  if (!item) return move(1);
  const { spans } = item;
  if (!spans.length) return say("It rests on nothing that was found");
  const next = spans[(spans.indexOf(span) + step + spans.length) % spans.length];
  if (narrow.matches) showPane("right");
  showSpan(next);
  say(`${capital(next.kind)} ${next.index + 1} of ${spans.length}, ${names[next.source]}: ${quote(next)}`);
}

/** What is listed in this tab, from top to bottom. */
function listed() {
  return [...document.querySelectorAll(`#panel-${state.tab} .item:not([hidden])`)].map((row) => items.get(row.dataset.id));
}

/** To the next or the previous item that is listed in this tab. */
function move(step) {
  const list = listed();
  if (!list.length) return;
  const at = list.indexOf(state.item);
  const next = list[at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1)];
  choose(next.id, { focus: true });
}

/** To the next claim below this one, and then from the top, that nobody has decided on. */
function moveToOpen() {
  const list = listed().filter(isClaim);
  const at = list.indexOf(state.item);
  const next = [...list.slice(at + 1), ...list.slice(0, at + 1)].find((item) => isOpen(item.id));
  if (next) choose(next.id, { focus: true });
  else say("Everything here is decided");
}

function moveSource(step) {
  const ids = [...sources.keys()];
  const id = ids[(ids.indexOf(view.source) + step + ids.length) % ids.length];
  openSource(id);
  light(state.item, null);
  say(`Source ${sourceName(id)}`);
}

function spokenItem(item) {
  const { values } = item;
  const facts = isClaim(item) ? [VERDICTS[values.verdict][1], values.standing ? standingWords(item) : "withheld"] : [];
  return [item.id, ...facts, values.text ?? values.about ?? quote(item.spans[0])].join(", ");
}
