// How nodes and edges look in the current theme; colours and shapes of types come with the data.

import { statusMark } from "./glyphs.js";

/** The colours and the font of the theme that `host` stands in. */
export function themed(host) {
  const computed = getComputedStyle(host);
  const read = (name, fallback) => computed.getPropertyValue(name).trim() || fallback;
  return {
    ink: read("--st-text-color", "#1f2937"),
    paper: read("--st-background-color", "#ffffff"),
    accent: read("--st-primary-color", "#0b5cad"),
    font: read("--st-font", "sans-serif"),
  };
}

/** A text that changes exactly when the theme does. */
export function themeKey(host) {
  return Object.values(themed(host)).join("|");
}

/** The cytoscape stylesheet for the theme that `host` stands in. */
export function stylesheet(host) {
  const { ink, paper: ground, accent, font } = themed(host);
  const label = {
    color: ink,
    "font-family": font,
    "text-background-color": ground,
    "text-background-opacity": 0.82,
    "text-background-padding": 2,
    "text-background-shape": "round-rectangle",
  };
  return [
    {
      selector: "node",
      style: {
        ...label,
        label: "data(caption)",
        "font-size": 11,
        "text-valign": "bottom",
        "text-margin-y": 4,
        "text-wrap": "wrap",
        "text-max-width": 116,
        width: "data(size)",
        height: "data(size)",
        shape: "data(glyph)",
        "background-color": "data(colour)",
        "border-width": 1.2,
        "border-color": ink,
        "border-opacity": 0.5,
      },
    },
    {
      selector: "node[status]",
      style: {
        "background-image": (node) => statusMark(node.data("status")),
        "background-width": "62%",
        "background-height": "62%",
        "border-style": "dashed",
        "border-width": 2,
        "border-opacity": 0.8,
      },
    },
    { selector: 'node[status="ended"], node[status="denied"]', style: { "background-blacken": -0.1, "background-opacity": 0.55 } },
    { selector: "node[?centre]", style: { "font-size": 13, "font-weight": 700, "border-width": 3, "border-color": accent, "border-opacity": 1 } },
    {
      selector: "edge",
      style: {
        "curve-style": "bezier",
        width: "data(width)",
        "line-color": ink,
        "line-opacity": 0.42,
        "target-arrow-color": ink,
        "target-arrow-shape": "none",
        "arrow-scale": 0.85,
      },
    },
    { selector: "node[?pinned]", style: { "outline-width": 2, "outline-offset": 3, "outline-color": ink, "outline-opacity": 0.75 } },
    { selector: "edge[?arrow]", style: { "target-arrow-shape": "triangle" } },
    { selector: "edge[?weak]", style: { "line-style": "dashed", "line-dash-pattern": [7, 5] } },
    { selector: "edge[?inferred]", style: { "line-style": "dotted", "line-opacity": 0.5 } },
    { selector: "edge[status]", style: { "line-opacity": 0.28 } },
    {
      selector: "edge.told, edge[status][?always]",
      style: {
        ...label,
        label: "data(caption)",
        "font-size": 10,
        "text-rotation": "autorotate",
        "text-background-opacity": 0.92,
        "min-zoomed-font-size": 6,
      },
    },
    { selector: "node[labelSize]", style: { "font-size": "data(labelSize)", "text-max-width": "data(labelWidth)" } },
    { selector: "edge.mute", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: "node.mute", style: { "text-opacity": 0, "text-background-opacity": 0 } },
    { selector: ".dim", style: { opacity: 0.2 } },
    { selector: "edge.lit", style: { "line-opacity": 0.85, "z-index": 9 } },
    {
      selector: "node.picked",
      style: { "underlay-color": accent, "underlay-opacity": 0.28, "underlay-padding": 8, "underlay-shape": "ellipse", "font-weight": 700, "z-index": 10 },
    },
    { selector: "edge.picked", style: { "line-color": accent, "target-arrow-color": accent, "line-opacity": 1, "z-index": 10 } },
    { selector: "node.walked", style: { "border-width": 4, "border-color": accent, "border-opacity": 1, "border-style": "double" } },
    {
      selector: "node.hovered, node.walked, node.picked",
      style: { "text-opacity": 1, "text-background-opacity": 0.96, "font-weight": 700, opacity: 1, "z-index": 20 },
    },
    { selector: "core", style: { "active-bg-opacity": 0.06, "selection-box-opacity": 0 } },
  ];
}
