/* Keeps a window in step with the presenter: by asking the site where they are, and at once from a presenter's window
   in the same browser. Who turns a page themself leaves the step, and may come back by a button. A window that the
   site does not answer says so. */
(() => {
  "use strict";

  const { call, position, deck } = document.body.dataset;
  const bar = document.querySelector("[data-step]");
  const said = bar.querySelector("[data-step-said]");
  const button = bar.querySelector("[data-step-do]");
  const key = `step:${call}`;
  const QUICK = 600, SLOW = 5000, HIDDEN = 15000, MOST = 60000, MOST_IN_STEP = 5000, PATIENCE = 10000;

  /* a browser that refuses cookies may refuse these too: then the step does not outlive a reload */
  const attempt = (act) => { try { return act(); } catch { return null; } };
  const kept = attempt(() => sessionStorage.getItem(key));

  /* an address with a slide is a link to that slide, but not when it is loaded again: step by step it came to be so */
  const isAgain = performance.getEntriesByType("navigation")[0]?.type !== "navigate";

  let following = kept !== "no" && (!/^#slide-\d/.test(location.hash) || (kept === "yes" && isAgain));
  let told = { presenting: false };
  let newest = ""; // the version of the slides as they are
  let awaited = "";
  let step = -1;
  let failures = 0;
  let timer;

  function set(value) {
    following = value;
    attempt(() => sessionStorage.setItem(key, value ? "yes" : "no"));
  }

  function say() {
    bar.hidden = !told.presenting;
    const inTouch = following ? "In step with the presenter." : "The slides are being presented now.";
    const words = failures > 1 ? "Out of touch with the presenter. Trying again." : inTouch;
    if (said.textContent !== words) said.textContent = words;
    button.textContent = following ? "Leave" : "Follow";
  }

  function hear(answer) {
    newest = answer.deck ?? newest;
    take(answer);
    const { presenting, shown } = told;
    document.dispatchEvent(new CustomEvent("position:told", { detail: { deck: newest, shown, inStep: presenting && following } }));
  }

  /* new slides that the presenter shows already are fetched first, once; then this window goes where they are */
  function isAwaited() {
    const isNew = Boolean(told.shown) && told.shown === newest && told.shown !== document.body.dataset.version && told.shown !== awaited;
    if (isNew) awaited = told.shown;
    return isNew;
  }

  /* a step that is known already says nothing new: an answer may be older than what came from the next window */
  function take(answer) {
    if (answer.step !== undefined) {
      if (told.presenting && answer.step <= step) return;
      step = answer.step;
    }
    if (!answer.presenting && told.presenting) document.dispatchEvent(new CustomEvent("slide:go", { detail: { black: false } }));
    told = answer;
    say();
    if (told.presenting && following && !isAwaited()) document.dispatchEvent(new CustomEvent("slide:go", { detail: told }));
  }

  async function ask() {
    clearTimeout(timer);
    try {
      const answer = await fetch(position, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
      if (!answer.ok) throw new Error(String(answer.status));
      const heard = await answer.json();
      failures = 0;
      hear(heard);
    } catch {
      failures += 1;
    }
    say();
    const wait = document.hidden ? HIDDEN : told.presenting ? QUICK : SLOW;
    const most = told.presenting && !document.hidden ? MOST_IN_STEP : MOST;
    clearTimeout(timer);
    timer = setTimeout(ask, Math.min(most, wait * 2 ** Math.min(failures, 6)));
  }

  if (following) set(true);
  button.addEventListener("click", () => { set(!following); hear({ ...told, step: undefined, deck: undefined }); });
  document.addEventListener("slide:shown", ({ detail }) => {
    if (!detail.own || !told.presenting || !following) return;
    set(false);
    say();
  });
  document.addEventListener("slide:renewed", () => {
    if (told.presenting && following) queueMicrotask(() => document.dispatchEvent(new CustomEvent("slide:go", { detail: told })));
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  addEventListener("online", ask);
  attempt(() => new BroadcastChannel(`slides:${call}`))?.addEventListener("message", ({ data }) => {
    const isWhole = deck === "whole";
    hear({ ...data, slide: isWhole ? data.slide : data.public, shown: isWhole ? data.version : data.publicVersion });
  });
  ask();
})();
