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

for (const key of ["a", "e", "x", " ", "u", "n", "w"]) register(key, () => press(key));
register("j", () => press("j") || stepInQueue(1));
register("k", () => press("k") || stepInQueue(-1));
for (const number of [1, 2, 3, 4, 5]) register(String(number), () => chooseValue(number - 1));
register("?", showKeys);
register("Escape", letGo);

// Esc leaves the field first, so that what was filled in is not lost by one press.
function letGo() {
  const active = document.activeElement;
  window.getSelection().removeAllRanges();
  if (!active || active === document.body) return press("Escape");
  active.blur();
  return false;
}

// In the queue j and k walk through the rows; Enter opens the one with the focus.
function stepInQueue(step) {
  const rows = [...document.querySelectorAll(".queue__link")];
  const place = rows.indexOf(document.activeElement);
  const next = rows[place < 0 ? (step > 0 ? 0 : rows.length - 1) : place + step];
  if (!next) return rows.length > 0;
  next.focus();
  return true;
}

const FIELDS = "input, textarea, select, [contenteditable]";
const WIDGETS = "button, a[href], summary, dialog";

function writing(event) {
  const target = event.target;
  if (event.key === "Escape" || !(target instanceof Element)) return false;
  if (target.closest(FIELDS)) return !target.matches('[type="radio"]') || !/^[1-5?]$/.test(event.key);
  return event.key === " " && target.closest(WIDGETS) !== null;
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
  const form = event.target instanceof Element && event.target.closest(".stance-form");
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
});

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

// A form that was opened or refused says where to go on: at a field, or at its errors.
function focusForm() {
  const form = document.querySelector(".stance-form[data-focus]:not([data-focus='']), .stance-form:has(.errors)");
  if (!form) return;
  const fields = form.dataset.focus ? [...form.querySelectorAll(`[name="${CSS.escape(form.dataset.focus)}"]`)] : [];
  const goal = fields.find((field) => field.checked) || fields[0] || form.querySelector(".errors");
  if (!goal) return;
  goal.focus({ preventScroll: true });
  const seen = form.querySelector(".errors") || goal;
  seen.scrollIntoView({ block: "center" });
}

for (const moment of ["DOMContentLoaded", "htmx:afterSettle"]) {
  document.addEventListener(moment, () => { reveal(); focusForm(); });
}
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    document.getElementById("desk-error")?.removeAttribute("hidden");
  });
}
