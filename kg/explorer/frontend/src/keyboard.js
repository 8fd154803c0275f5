// Walking the graph by keyboard; what is reached is spoken through the live region.

const WAYS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function nearest(cy, from, [dx, dy]) {
  const here = from.position();
  let best = null;
  let least = Infinity;
  cy.nodes().not(from).forEach((node) => {
    const there = node.position();
    const along = (there.x - here.x) * dx + (there.y - here.y) * dy;
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
    if (along > 0 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = node;
    }
  });
  return best ?? from;
}

function spoken(node) {
  const relations = node.connectedEdges().length;
  return `${node.data("name")}, ${node.data("kind")}, ${relations} ${relations === 1 ? "relation" : "relations"}`;
}

function walkTo(cy, node, say) {
  cy.nodes().removeClass("walked");
  node.addClass("walked");
  say(spoken(node));
}

/** Answers keys on `canvas`; `actions` has pick(node), expand(node), fit() and clear(). */
export function listen(canvas, cy, say, actions) {
  const current = () => {
    const walked = cy.$("node.walked");
    return walked.nonempty() ? walked[0] : null;
  };
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || cy.nodes().empty()) return;
    const node = current();
    if (event.key in WAYS) walkTo(cy, node ? nearest(cy, node, WAYS[event.key]) : (cy.$("node[?centre]")[0] ?? cy.nodes()[0]), say);
    else if (event.key === "Enter" && node) actions.pick(node);
    else if (event.key === "e" && node) actions.expand(node);
    else if (event.key === "f") actions.fit();
    else if (event.key === "Escape") actions.clear();
    else return;
    event.preventDefault();
  });
}
