// The workbench's keys and text selection. Everything here only presses buttons and fills
// fields that are on the page anyway: without this file the forms work the same.
"use strict";

// One registry of keys. Letters press the element that carries data-key; no key twice.
const registry = new Map();

function register(key, run) {
  if (registry.has(key)) throw new Error(`the key ${key} is taken`);
  registry.set(key, run);
}

function press(key) {
  const element = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!element) return false;
  element.click();
  return true;
}

function chooseValue(place) {
  const radio = document.querySelectorAll('.stance-form [name="value"]')[place];
  if (!radio) return false;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

function showKeys() {
  const dialog = document.getElementById("keys");
  if (!dialog) return false;
  if (!dialog.open) dialog.showModal();
  return true;
}

for (const key of ["a", "e", "x", " ", "u", "j", "k", "n"]) register(key, () => press(key));
for (const number of [1, 2, 3, 4, 5]) register(String(number), () => chooseValue(number - 1));
register("?", showKeys);
register("Escape", letGo);

function letGo() {
  if (document.activeElement && document.activeElement !== document.body) document.activeElement.blur();
  window.getSelection().removeAllRanges();
  return false;
}

const FIELDS = "input, textarea, select, [contenteditable]";
const WIDGETS = "button, a[href], summary, dialog";

function writing(event) {
  const target = event.target;
  if (event.key === "Escape" || !(target instanceof Element)) return false;
  if (target.closest(FIELDS)) return !target.matches('[type="radio"]') || event.key === " ";
  return event.key === " " && target.closest(WIDGETS) !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (writing(event) || document.querySelector("dialog[open]")) return;
  const run = registry.get(event.key);
  if (run && run()) event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest('[data-key="?"]')) showKeys();
});

// Offsets are Unicode code points of the text, as the server counts them: a UTF-16 index
// would be wrong after an emoji.
const codePoints = (words) => Array.from(words).length;

function selectedSpan() {
  const text = document.getElementById("text");
  const selection = window.getSelection();
  if (!text || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const words = range.toString();
  const trimmed = words.trim();
  if (!trimmed) return null;
  const lead = document.createRange();
  lead.selectNodeContents(text);
  lead.setEnd(range.startContainer, range.startOffset);
  const skipped = words.slice(0, words.indexOf(trimmed));
  const start = codePoints(lead.toString()) + codePoints(skipped);
  return { start, end: start + codePoints(trimmed), quote: trimmed };
}

function fillFromSelection() {
  const span = selectedSpan();
  const form = document.querySelector(".stance-form");
  if (!span || !form) return;
  for (const name of ["start", "end", "quote"]) form.elements[name].value = span[name];
  form.classList.add("stance-form--filled");
}

// Words typed by hand make the offsets of an earlier selection wrong.
document.addEventListener("input", (event) => {
  if (event.target.name !== "quote") return;
  for (const name of ["start", "end"]) event.target.form.elements[name].value = "";
});

document.addEventListener("mouseup", (event) => {
  if (event.target instanceof Element && event.target.closest("#text")) fillFromSelection();
});
document.addEventListener("keyup", (event) => {
  if (event.shiftKey || event.key === "Shift") fillFromSelection();
});

// After a swap the selected suggestion is brought into sight, in the text as in the list.
function reveal() {
  const mark = document.querySelector("#text .mark-selected");
  const box = mark && mark.getBoundingClientRect();
  if (box && (box.top < 80 || box.bottom > window.innerHeight)) mark.scrollIntoView({ block: "center" });
  const side = document.querySelector(".desk__side");
  const card = side && side.querySelector(".card--selected");
  if (card) side.scrollTop = card.offsetTop - 70;
}

document.addEventListener("DOMContentLoaded", reveal);
document.addEventListener("htmx:afterSettle", reveal);
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    document.getElementById("desk-error")?.removeAttribute("hidden");
  });
}
