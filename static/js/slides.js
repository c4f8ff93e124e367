/* A call's slides one at a time: by keys, buttons and swipes, each at its own address, or all of them small. Other
   scripts hear of every slide that is shown (`slide:shown`), may ask for one (`slide:go`), or for black, and say where
   to go on when the slides are new (`slide:renewed`). */
(() => {
  "use strict";

  const root = document.documentElement;
  let frames = [...document.querySelectorAll(".deck .frame")];
  const part = (name) => document.querySelector(`[data-${name}]`);
  const tools = part("tools");
  const black = part("black");
  const keys = part("keys");
  const isPresenter = document.body.classList.contains("presenter");
  if (!frames.length) return;

  const LAST_MARGIN = 30;
  let current = 0;
  let typed = "";

  const number = (index) => Number(frames[index].dataset.number);
  const clamp = (index) => Math.max(0, Math.min(frames.length - 1, index));
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  /* ---------- which slide ---------- */

  function indexOf(wanted) {
    const found = frames.findLastIndex((frame) => Number(frame.dataset.number) <= wanted);
    return clamp(found);
  }

  /* the slide an address names; the last one where it counts further than there are slides by now */
  function named() {
    const id = location.hash.slice(1);
    const frame = id && document.getElementById(id)?.closest(".frame");
    if (frame) return frames.indexOf(frame);
    return /^slide-\d+$/.test(id) ? indexOf(Number(id.slice("slide-".length))) : -1;
  }

  function show(index, own = true) {
    current = clamp(index);
    frames.forEach((frame, place) => {
      frame.classList.toggle("is-current", place === current);
      frame.classList.toggle("is-next", place === current + 1);
    });
    const at = frames[current];
    squeeze(at);
    history.replaceState(null, "", `#slide-${number(current)}`);
    for (const shown of document.querySelectorAll("[data-at]")) shown.textContent = at.getAttribute("aria-label").split(":")[0].replace(" of ", " / ");
    part("said").textContent = `Slide ${at.getAttribute("aria-label")}`;
    for (const [name, off] of [["before", current === 0], ["next", current === frames.length - 1]])
      document.querySelectorAll(`[data-do=${name}]`).forEach((button) => button.setAttribute("aria-disabled", String(off)));
    tell("slide:shown", { frame: at, own });
  }

  /* a slide that runs over with this machine's fonts is made smaller; the last margin of a slide may run over */
  function squeeze(frame) {
    const page = frame.querySelector(".slidepage");
    if (page.scrollHeight - page.clientHeight > LAST_MARGIN && !frame.matches(".frame--long"))
      page.querySelector("section").style.zoom = String(Math.max(0.6, (0.99 * page.clientHeight) / page.scrollHeight));
  }

  /* ---------- one, all small, or one under another ---------- */

  function setMode(mode) {
    if (isPresenter) return;
    root.dataset.mode = mode;
    const isGrid = mode === "grid";
    for (const frame of frames) {
      frame.querySelector(".frame__link").hidden = !isGrid;
      frame.querySelector(".slidepage").inert = isGrid;
    }
    for (const [name, value] of [["overview", "grid"], ["page", "page"]])
      tools.querySelector(`[data-do=${name}]`).setAttribute("aria-pressed", String(mode === value));
    if (isGrid) frames[current].querySelector(".frame__link").focus();
    if (mode === "page") frames[current].scrollIntoView();
  }

  const toggleMode = (mode) => setMode(root.dataset.mode === mode ? "one" : mode);

  function columns() {
    const top = frames[0].offsetTop;
    return Math.max(1, frames.filter((frame) => frame.offsetTop === top).length);
  }

  function stepInGrid(by) {
    show(current + by);
    frames[current].querySelector(".frame__link").focus();
  }

  /* ---------- black, full screen, a number ---------- */

  function setBlack(on, own = true) {
    if (black.hidden === !on) return;
    black.hidden = !on;
    part("said").textContent = on ? "The screen is black. Press b to go on." : `Slide ${frames[current].getAttribute("aria-label")}`;
    if (own) tell("slide:black", { on });
  }

  function toggleScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.().catch(() => {});
  }

  function setTyped(text) {
    typed = text.slice(0, 4);
    const shown = part("typed");
    shown.textContent = typed;
    shown.hidden = !typed;
  }

  const ACTS = {
    before: () => show(current - 1),
    next: () => show(current + 1),
    overview: () => toggleMode("grid"),
    page: () => toggleMode("page"),
    screen: toggleScreen,
    black: () => setBlack(black.hidden),
    print: () => print(),
    keys: () => keys.showModal(),
  };

  /* ---------- keys ---------- */

  const KEYS = {
    ArrowRight: ACTS.next, PageDown: ACTS.next, ArrowLeft: ACTS.before, PageUp: ACTS.before,
    Home: () => show(0), End: () => show(frames.length - 1),
    o: ACTS.overview, f: ACTS.screen, b: ACTS.black, ".": ACTS.black, "?": ACTS.keys,
  };
  const GRID_KEYS = {
    ArrowRight: () => stepInGrid(1), ArrowLeft: () => stepInGrid(-1),
    ArrowDown: () => stepInGrid(columns()), ArrowUp: () => stepInGrid(-columns()),
    Home: () => stepInGrid(-frames.length), End: () => stepInGrid(frames.length),
    o: ACTS.overview, Escape: ACTS.overview, f: ACTS.screen,
  };

  function actOf(event) {
    const { key } = event;
    const onControl = event.target.closest("a, button, summary, [tabindex='0']");
    if (root.dataset.mode === "grid") return GRID_KEYS[key];
    if (root.dataset.mode === "page") return ["o", "f", "?"].includes(key) ? KEYS[key] : key === "Escape" && (() => setMode("one"));
    if (key === " ") return onControl ? null : event.shiftKey ? ACTS.before : ACTS.next;
    if (/^\d$/.test(key)) return () => setTyped(typed + key);
    if (key === "Enter") return typed ? () => { show(indexOf(Number(typed))); setTyped(""); } : null;
    if (key === "Escape") return typed ? () => setTyped("") : black.hidden ? ACTS.overview : ACTS.black;
    return KEYS[key];
  }

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keys.open || event.target.closest("input, textarea, select")) return;
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    if (!black.hidden && act !== ACTS.black) setBlack(false);
    act();
  });

  /* ---------- buttons, links, swipes ---------- */

  addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button && ACTS[button.dataset.do]) return ACTS[button.dataset.do]();
    if (event.target === black) return setBlack(false);
    const link = event.target.closest(".frame__link");
    if (!link) return;
    event.preventDefault();
    show(frames.indexOf(link.closest(".frame")));
    setMode("one");
  });

  let began = null;
  addEventListener("touchstart", (event) => {
    const isOne = event.touches.length === 1 && !event.target.closest(".tools, .controls, dialog");
    began = isOne && (!isPresenter || event.target.closest(".frame")) ? event.touches[0] : null;
  }, { passive: true });
  addEventListener("touchcancel", () => { began = null; }, { passive: true });
  addEventListener("touchend", (event) => {
    const ended = event.changedTouches[0];
    if (!began || event.touches.length || visualViewport?.scale > 1.05 || !["one", undefined].includes(root.dataset.mode)) return;
    const [x, y] = [ended.clientX - began.clientX, ended.clientY - began.clientY];
    if (Math.abs(x) > 48 && Math.abs(x) > 2 * Math.abs(y)) show(current + (x < 0 ? 1 : -1));
  }, { passive: true });

  let resting;
  function stir() {
    root.classList.add("is-stirred");
    clearTimeout(resting);
    resting = setTimeout(() => root.classList.remove("is-stirred"), 2500);
  }
  for (const name of ["pointermove", "pointerdown"]) addEventListener(name, stir, { passive: true });

  addEventListener("hashchange", () => { if (named() >= 0) { show(named()); if (root.dataset.mode === "grid") setMode("one"); } });
  document.addEventListener("slide:go", ({ detail }) => {
    setBlack(Boolean(detail.black), false);
    if (detail.slide && indexOf(detail.slide) !== current) show(indexOf(detail.slide), false);
  });

  document.addEventListener("slide:renewed", ({ detail }) => {
    frames = [...document.querySelectorAll(".deck .frame")];
    show(indexOf(detail.slide), false);
    setMode(root.dataset.mode);
  });

  tools.hidden = false;
  const begin = named();
  setMode("one");
  show(Math.max(begin, 0), begin >= 0);
})();
