/* The table of contents marks the part that is being read. */

const links = new Map();
for (const link of document.querySelectorAll("[data-spy] a")) {
  const part = document.getElementById(link.hash.slice(1));
  if (part) links.set(part, link);
}

function mark() {
  const passed = [...links.keys()].filter((part) => part.getBoundingClientRect().top < innerHeight * 0.3);
  const current = passed.at(-1) ?? links.keys().next().value;
  for (const [part, link] of links) {
    if (part === current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; mark(); });
}

addEventListener("scroll", soon, { passive: true });
if (links.size) mark();
