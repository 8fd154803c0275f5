// The elements around the drawing: legend, tool bar, message and the text for screen readers. Text only, never markup.

import { glyphPicture } from "./glyphs.js";

function made(name, className, attributes = {}) {
  const element = document.createElement(name);
  element.className = className;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function toolButton(text, title, action) {
  const button = made("button", "tool", { type: "button", title, "aria-label": title });
  button.textContent = text;
  button.addEventListener("click", action);
  return button;
}

/** Builds the frame into `root` once; `actions` has fit, closer, wider and save. */
export function buildFrame(root, actions) {
  const frame = made("div", "frame");
  const legend = made("div", "legend", { role: "group", "aria-label": "Legend: press a type to hide or show it" });
  const stage = made("div", "stage");
  const canvas = made("div", "canvas", {
    tabindex: "0",
    role: "application",
    "aria-label":
      "Graph of relations. Arrow keys walk from node to node, Enter reads one, E expands it, F fits the picture. The table below holds the same.",
  });
  const tools = made("div", "tools", { role: "toolbar", "aria-label": "Picture" });
  tools.append(
    toolButton("+", "Closer", actions.closer),
    toolButton("−", "Wider", actions.wider),
    toolButton("Fit", "Fit to view", actions.fit),
    toolButton("PNG", "Save as PNG picture", actions.save),
  );
  const message = made("div", "message", { role: "alert" });
  const live = made("div", "live", { "aria-live": "polite" });
  stage.append(canvas, tools, message);
  frame.append(legend, stage, live);
  root.append(frame);
  return { frame, legend, canvas, message, live };
}

/** Redraws the legend; `toggle(name)` is called for the type that was pressed. */
export function fillLegend(legend, rows, toggle) {
  const focused = legend.getRootNode().activeElement?.dataset?.name;
  legend.replaceChildren(
    ...rows.map((row) => {
      const button = made("button", "key", {
        type: "button",
        "aria-pressed": String(row.on),
        title: row.on ? `Hide: ${row.label}` : `Show: ${row.label}`,
      });
      button.dataset.name = row.name;
      const text = made("span", "name");
      text.textContent = row.label;
      const count = made("span", "count");
      count.textContent = row.count;
      button.append(glyphPicture(row.glyph, row.colour), text, count);
      button.addEventListener("click", () => toggle(row.name));
      return button;
    }),
  );
  if (focused) [...legend.children].find((key) => key.dataset.name === focused)?.focus();
}
