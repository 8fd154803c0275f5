// The elements around the drawing: legend, tool bar, help, message and the text for screen readers. Text only, never
// markup.

import { glyphPicture } from "./glyphs.js";
import { icon } from "./icons.js";

/** The tools from left to right: name, what it is called, its key; a null is a gap. */
const TOOLS = [
  ["undo", "Undo the last step", "U"],
  ["redo", "Redo", "R"],
  null,
  ["expand", "Unfold what is picked", "E"],
  ["centre", "Make what is picked the centre", "C"],
  ["pin", "Pin what is picked, or let it go: it stays in the picture and in its place", "P"],
  ["hide", "Hide what is picked", "H"],
  null,
  ["closer", "Closer", "+"],
  ["wider", "Wider", "−"],
  ["fit", "Fit to view", "F"],
  null,
  ["PNG", "Save as PNG picture", ""],
  ["SVG", "Save as SVG drawing", ""],
  ["help", "Keys and signs", "?"],
];

const HELP = [
  ["Click", "read the facts and sentences of a node or line"],
  ["Double-click, E", "unfold a node; what is drawn stays in its place"],
  ["Arrow keys, Enter", "walk from node to node, read one"],
  ["C", "make it the centre"],
  ["P", "pin it: it stays, whatever is filtered, where you put it"],
  ["H", "hide it"],
  ["U, R", "undo, redo"],
  ["+ − F", "closer, wider, fit"],
  ["/", "search"],
  ["Escape", "let go of what is picked"],
  ["Dashed line", "confidence below 0.75"],
  ["Dotted line", "inferred, not stated"],
  ["Sign in a node", "clock planned · question mark rumoured · cross denied · bar ended"],
  ["+n at a node", "neighbours that are not drawn"],
];

function made(name, className, attributes = {}) {
  const element = document.createElement(name);
  element.className = className;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function toolButton(name, title, key, action) {
  const told = key ? `${title} (${key})` : title;
  const button = made("button", "tool", { type: "button", title: told, "aria-label": title });
  button.dataset.tool = name;
  button.append(icon(name) ?? name);
  button.addEventListener("click", action);
  return button;
}

function helpCard(close) {
  const card = made("div", "help", { role: "dialog", "aria-label": "Keys and signs" });
  const list = made("dl", "");
  for (const [term, meaning] of HELP) {
    const [dt, dd] = [made("dt", ""), made("dd", "")];
    dt.textContent = term;
    dd.textContent = meaning;
    list.append(dt, dd);
  }
  const button = made("button", "tool", { type: "button" });
  button.textContent = "Close";
  button.addEventListener("click", close);
  card.append(list, button);
  card.hidden = true;
  return card;
}

/** Builds the frame into `root` once; `act(tool)` is called for the tool that was pressed. */
export function buildFrame(root, act) {
  const frame = made("div", "frame");
  const legend = made("div", "legend", { role: "group", "aria-label": "Legend: press a type to hide or show it" });
  const stage = made("div", "stage");
  const canvas = made("div", "canvas", {
    tabindex: "0",
    role: "application",
    "aria-label":
      "Graph of relations. Arrow keys walk from node to node, Enter reads one, question mark tells all keys. The table below holds the same.",
  });
  const tools = made("div", "tools", { role: "toolbar", "aria-label": "Picture" });
  for (const tool of TOOLS) tools.append(tool ? toolButton(...tool, () => act(tool[0])) : made("span", "gap"));
  const help = helpCard(() => act("help"));
  const message = made("div", "message", { role: "alert" });
  const live = made("div", "live", { "aria-live": "polite" });
  stage.append(canvas, tools, help, message);
  frame.append(legend, stage, live);
  root.append(frame);
  return { frame, legend, canvas, tools, help, message, live };
}

/** Greys the tools that have nothing to act on. */
export function enableTools(tools, able) {
  for (const button of tools.querySelectorAll("button")) {
    const { tool } = button.dataset;
    if (tool in able) button.disabled = !able[tool];
  }
}

/** Redraws the legend; `toggle(name)` is called for the type that was pressed, null where none can be. */
export function fillLegend(legend, rows, toggle) {
  const focused = legend.getRootNode().activeElement?.dataset?.name;
  legend.replaceChildren(
    ...rows.map((row) => {
      const pressed = { type: "button", "aria-pressed": String(row.on), title: `${row.on ? "Hide" : "Show"}: ${row.label}` };
      const button = toggle ? made("button", "key", pressed) : made("span", "key", {});
      button.dataset.name = row.name;
      const text = made("span", "name");
      text.textContent = row.label;
      const count = made("span", "count");
      count.textContent = row.count;
      button.append(glyphPicture(row.glyph, row.colour), text, count);
      if (toggle) button.addEventListener("click", () => toggle(row.name));
      return button;
    }),
  );
  if (focused) [...legend.children].find((key) => key.dataset.name === focused)?.focus();
}
