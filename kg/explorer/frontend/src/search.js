// A Streamlit component that searches while one types: it tells Python what is typed and shows what is found.
//
// data: label, placeholder, value (what the box says while nobody types), typed (the text that hits answer), hits (id,
// label, kind, colour, glyph, also), none (what is said where there are no hits). Triggers: typed {text}, chosen {id}.

import { glyphPicture } from "./glyphs.js";

const WAIT = 110;
const boxes = new WeakMap();
let made = 0;

function element(name, className, attributes = {}) {
  const found = document.createElement(name);
  found.className = className;
  for (const [key, value] of Object.entries(attributes)) found.setAttribute(key, value);
  return found;
}

function row(box, hit, at) {
  const option = element("li", "hit", { role: "option", id: `${box.list.id}-${at}`, "aria-selected": "false" });
  const [name, kind, also] = [element("span", "name"), element("span", "kind"), element("span", "also")];
  name.textContent = hit.label;
  kind.textContent = hit.kind;
  also.textContent = hit.also;
  option.append(glyphPicture(hit.glyph, hit.colour), name, kind, also);
  option.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    choose(box, hit.id);
  });
  return option;
}

function mark(box, at) {
  const options = [...box.list.children].filter((each) => each.role === "option");
  box.at = options.length ? (at + options.length) % options.length : -1;
  options.forEach((option, index) => option.setAttribute("aria-selected", String(index === box.at)));
  options[box.at]?.scrollIntoView({ block: "nearest" });
  box.input.setAttribute("aria-activedescendant", options[box.at]?.id ?? "");
}

function open(box, wanted) {
  box.list.hidden = !wanted;
  box.input.setAttribute("aria-expanded", String(wanted));
}

function close(box) {
  clearTimeout(box.waiting);
  open(box, false);
  box.input.value = box.data.value;
}

function choose(box, id) {
  clearTimeout(box.waiting);
  open(box, false);
  box.input.blur();
  box.send("chosen", { id });
}

function show(box) {
  const { hits, none, typed } = box.data;
  if (document.activeElement !== box.input && box.input.getRootNode().activeElement !== box.input) return;
  if (typed !== box.input.value.trim() || !typed) return;
  box.list.replaceChildren(...hits.map((hit, at) => row(box, hit, at)));
  if (none) {
    const note = element("li", "none", { role: "presentation" });
    note.textContent = none;
    box.list.prepend(note);
  }
  open(box, true);
  mark(box, 0);
  box.list.dataset.answers = typed;
}

function onKey(box, event) {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") mark(box, box.at + (event.key === "ArrowDown" ? 1 : -1));
  else if (event.key === "Enter") box.list.querySelector('[aria-selected="true"]')?.dispatchEvent(new PointerEvent("pointerdown", { cancelable: true }));
  else if (event.key === "Escape") {
    close(box);
    box.input.blur();
  } else return;
  event.preventDefault();
}

/** A slash anywhere but in a field leads to the search. */
function onSlash(box, event) {
  const there = event.composedPath()[0];
  const writing = there instanceof HTMLElement && (there.isContentEditable || /^(input|textarea|select)$/i.test(there.tagName));
  if (event.key !== "/" || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  box.input.focus();
}

function create(root) {
  const frame = element("div", "search");
  const id = `kg-search-${(made += 1)}`;
  const input = element("input", "box", {
    type: "search", role: "combobox", autocomplete: "off", spellcheck: "false", maxlength: "200",
    "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list",
  });
  const list = element("ul", "hits", { role: "listbox", id });
  list.hidden = true;
  frame.append(input, list);
  root.append(frame);
  const box = { frame, input, list, at: -1, data: {} };
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => close(box));
  input.addEventListener("keydown", (event) => onKey(box, event));
  input.addEventListener("input", () => {
    clearTimeout(box.waiting);
    const text = input.value.trim();
    if (!text) open(box, false);
    else box.waiting = setTimeout(() => box.send("typed", { text }), WAIT);
  });
  box.slash = (event) => onSlash(box, event);
  document.addEventListener("keydown", box.slash);
  return box;
}

export default function render({ parentElement, data, setTriggerValue }) {
  let box = boxes.get(parentElement);
  if (!box) boxes.set(parentElement, (box = create(parentElement)));
  box.send = setTriggerValue;
  box.data = data;
  box.input.placeholder = data.placeholder;
  box.input.setAttribute("aria-label", data.label);
  box.list.setAttribute("aria-label", data.label);
  if (box.input.getRootNode().activeElement !== box.input) box.input.value = data.value;
  show(box);
  return () => {
    document.removeEventListener("keydown", box.slash);
    box.frame.remove();
    boxes.delete(parentElement);
  };
}
