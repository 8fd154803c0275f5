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

const KEYS = {
  Enter: "pick", e: "expand", c: "centre", p: "pin", h: "hide", u: "undo", r: "redo", f: "fit", "+": "closer", "-": "wider",
  "?": "help", Escape: "clear",
};

/** Answers keys on `canvas`: the arrows walk, `act` does what the others are called for. */
export function listen(canvas, cy, say, act) {
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || cy.nodes().empty()) return;
    const walked = cy.nodes(".walked")[0];
    const start = () => cy.$("node.picked")[0] ?? cy.$("node[?centre]")[0] ?? cy.nodes()[0];
    if (event.key in WAYS) walkTo(cy, walked ? nearest(cy, walked, WAYS[event.key]) : start(), say);
    else if (event.key in KEYS) act(KEYS[event.key]);
    else return;
    event.preventDefault();
  });
}
