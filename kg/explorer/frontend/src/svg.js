// The picture as an SVG drawing. Built as nodes and serialised, so that a name can never become markup.

import { drawn, markPaths, outline } from "./glyphs.js";
import { labelBox, linesOf } from "./labels.js";

const MARGIN = 24;
const ARROW = 7;

function text(lines, attributes, size) {
  const element = drawn("text", { "font-size": size, "text-anchor": "middle", ...attributes });
  lines.forEach((line, at) => {
    const span = drawn("tspan", { x: attributes.x, dy: at ? 1.2 * size : 0 });
    span.textContent = line;
    element.append(span);
  });
  return element;
}

function edgeShape(edge, theme) {
  const [from, to] = [edge.sourceEndpoint(), edge.targetEndpoint()];
  const bend = edge.controlPoints()?.[0];
  const last = bend ?? from;
  const path = bend ? `M${from.x} ${from.y}Q${bend.x} ${bend.y} ${to.x} ${to.y}` : `M${from.x} ${from.y}L${to.x} ${to.y}`;
  const paint = { stroke: theme.ink, "stroke-opacity": Number(edge.style("line-opacity")) || 0.5 };
  const dash = edge.data("inferred") ? "1.5 3" : edge.data("weak") ? "7 5" : "none";
  const group = drawn("g", {});
  group.append(drawn("path", { d: path, fill: "none", "stroke-width": edge.data("width"), "stroke-dasharray": dash, ...paint }));
  if (edge.data("arrow")) {
    const angle = (Math.atan2(to.y - last.y, to.x - last.x) * 180) / Math.PI;
    const points = `0,0 ${-ARROW},${-ARROW / 2} ${-ARROW},${ARROW / 2}`;
    group.append(drawn("polygon", { points, fill: theme.ink, "fill-opacity": 0.6, transform: `translate(${to.x} ${to.y}) rotate(${angle})` }));
  }
  if (edge.hasClass("told")) {
    const middle = edge.midpoint();
    group.append(text([edge.data("caption")], { x: middle.x, y: middle.y + 3, fill: theme.ink, ...halo(theme) }, 10));
  }
  return group;
}

function halo(theme) {
  return { stroke: theme.paper, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke", "font-family": theme.font };
}

function nodeShape(node, theme) {
  const { x, y } = node.position();
  const size = node.data("size");
  const group = drawn("g", { transform: `translate(${x - size / 2} ${y - size / 2}) scale(${size / 16})` });
  const border = { stroke: node.data("centre") ? theme.accent : theme.ink, "stroke-width": (node.data("centre") ? 3 : 1.2) * (16 / size) };
  const dashed = node.data("status") ? { "stroke-dasharray": "2 1.4" } : {};
  group.append(outline(node.data("glyph"), { fill: node.data("colour"), ...border, ...dashed }));
  const marks = markPaths(node.data("status"));
  if (marks) {
    marks.setAttribute("transform", "translate(3 3) scale(0.62)");
    group.append(marks);
  }
  const title = drawn("title", {});
  title.textContent = `${node.data("name")} (${node.data("kind")})`;
  group.append(title);
  return group;
}

function nodeLabel(node, theme) {
  const size = node.data("labelSize") ?? 11;
  const box = labelBox(node);
  const weight = node.data("centre") ? { "font-weight": 700 } : {};
  return text(linesOf(node), { x: (box.x1 + box.x2) / 2, y: box.y1 + size, fill: theme.ink, ...weight, ...halo(theme) }, size);
}

/** The whole picture as SVG text. */
export function asSvg(cy, theme) {
  const box = cy.elements().boundingBox();
  const [width, height] = [box.w + 2 * MARGIN, box.h + 2 * MARGIN];
  const root = drawn("svg", { viewBox: `${box.x1 - MARGIN} ${box.y1 - MARGIN} ${width} ${height}`, width, height });
  root.append(drawn("rect", { x: box.x1 - MARGIN, y: box.y1 - MARGIN, width, height, fill: theme.paper }));
  cy.edges().forEach((edge) => void root.append(edgeShape(edge, theme)));
  cy.nodes().forEach((node) => void root.append(nodeShape(node, theme)));
  cy.nodes().not(".mute").forEach((node) => void root.append(nodeLabel(node, theme)));
  return new XMLSerializer().serializeToString(root);
}
