// The page itself: making elements out of text, saying things, remembering choices.

const $ = (id) => document.getElementById(id);

/** Make an element. Strings, in attributes as in children, are text and nothing else. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, shown(value));
  }
  element.append(...children.flat(9).filter((child) => child || child === 0).map(asNode));
  return element;
}

function asNode(child) {
  return child instanceof Node ? child : document.createTextNode(shown(child));
}

function button(words, attributes = {}) {
  return make("button", { type: "button", ...attributes }, words);
}

/** A sign that is only seen, for what the words beside it say. */
function sign(glyph) {
  return make("span", { class: "sign", "aria-hidden": "true" }, glyph);
}

function plural(count, noun, many = `${noun}s`) {
  return `${count.toLocaleString("en")} ${count === 1 ? noun : many}`;
}

function inWords(kind) {
  return kind.replaceAll("_", " ");
}

function capital(text) {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Tell a screen reader what has changed. */
function say(words) {
  $("said").textContent = shown(words);
}

const narrow = matchMedia("(max-width: 52rem)");

function showPane(name) {
  document.querySelector("main").dataset.pane = name;
  for (const one of $("panes").children) one.setAttribute("aria-pressed", String(one.dataset.pane === name));
}

/** What a reader chose lasts where the browser lets a page remember; from disk some do not. */
const memory = {
  get(name) {
    try {
      return localStorage.getItem(`briefing.${name}`);
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      localStorage.setItem(`briefing.${name}`, value);
    } catch {
      // Then it lasts until the page is closed.
    }
  },
};

const THEMES = { system: "◐", light: "☀", dark: "☾" };

function setTheme(name) {
  const theme = name in THEMES ? name : "system";
  document.documentElement.dataset.theme = theme;
  $("theme").replaceChildren(sign(THEMES[theme]), make("span", {}, capital(theme)));
  $("theme").setAttribute("aria-label", `Theme: ${theme}`);
  memory.set("theme", theme);
}

function nextTheme() {
  const names = Object.keys(THEMES);
  const theme = names[(names.indexOf(document.documentElement.dataset.theme) + 1) % names.length];
  setTheme(theme);
  say(`Theme: ${theme}`);
}
