/* On a narrow screen long parts fold: details marked data-fold close, and the sections of the matrix get a button.
   Without this script everything is open. */

const NARROW = matchMedia("(max-width: 720px)");
const CHEVRON = document.querySelector("[data-chevron]");

function foldDetails() {
  for (const details of document.querySelectorAll("details[data-fold]")) details.open = !NARROW.matches;
}

function rowsOf(group) {
  return [...group.rows].slice(1);
}

function show(group, button, open) {
  for (const row of rowsOf(group)) row.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

function addButton(group) {
  const heading = group.rows[0].cells[0];
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  if (CHEVRON) button.append(CHEVRON.content.cloneNode(true));
  heading.replaceChildren(button);
  button.addEventListener("click", () => show(group, button, button.getAttribute("aria-expanded") !== "true"));
  return button;
}

function takeButton(group, button) {
  show(group, button, true);
  button.querySelector(".icon")?.remove();
  button.replaceWith(...button.childNodes);
}

function foldSections() {
  for (const group of document.querySelectorAll("tbody[data-group]")) {
    const button = group.querySelector(".group button");
    if (NARROW.matches && !button) show(group, addButton(group), group.hasAttribute("data-open") || `#${group.id}` === location.hash);
    if (!NARROW.matches && button) takeButton(group, button);
  }
}

function fold() {
  foldDetails();
  foldSections();
}

/* What the address points at, and paper, show everything. */
function unfoldAll() {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const button of document.querySelectorAll("tbody[data-group] .group button")) show(button.closest("tbody"), button, true);
}

NARROW.addEventListener("change", fold);
addEventListener("beforeprint", unfoldAll);
fold();
