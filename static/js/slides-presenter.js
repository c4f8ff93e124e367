/* The presenter's window: says to the site, and at once to windows of this browser, which slide is shown; and shows the
   notes of the agenda item it belongs to. What could not be sent is sent again. One window presents at a time: another
   is told, keeps in step until its owner turns a page, and may take over. */
(() => {
  "use strict";

  const { body } = document;
  const { call, version, publicVersion, name, position } = body.dataset;
  const form = document.querySelector(".controls");
  const button = form.querySelector("[data-present]");
  const said = form.querySelector("[data-sent]");
  const blackButton = form.querySelector("[data-do=black]");
  const channel = new BroadcastChannel(`slides:${call}`);
  const followButton = form.querySelector("[data-follow]");
  const AGAIN = 2000, ASK = 2500, ASK_OTHER = 1000, HIDDEN = 15000, STILL = 30000, PATIENCE = 15000;
  const IN_STEP = "The audience is in step.";
  const ENDED = "Presenting has ended: this window was not heard of, or no slide was turned for hours.";

  const key = `window:${call}`;
  const names = new BroadcastChannel(key);
  let mine = sessionStorage.getItem(key) ?? newName();
  const state = { on: false, slide: 1, public: 1, black: false };
  let other = null; // who presents in another window, since when, and where
  let wasTaken = false; // from this window
  let following = true;
  let isSending = false;
  let isDue = false;
  let sent = 0;
  let lost = 0; // how often the site did not say where the presentation is

  /* this window's name, which outlives a reload */
  function newName() {
    const made = [...crypto.getRandomValues(new Uint32Array(4))].map((one) => one.toString(16)).join("-");
    sessionStorage.setItem(key, made);
    return made;
  }

  /* a tab that was duplicated has its twin's name: the newcomer, which asked, takes another and presents no more */
  function hearName({ asks, has }) {
    if (asks === mine) names.postMessage({ has: mine });
    if (has !== mine) return;
    mine = newName();
    state.on = false;
    hear(first);
  }

  function say(sentence, wrong = false) {
    if (said.textContent !== sentence) said.textContent = sentence;
    said.classList.toggle("is-wrong", wrong);
  }

  function post(act) {
    const data = new FormData();
    const fields = { act, window: mine, slide: state.slide, public: state.public, deck: version, public_deck: publicVersion };
    for (const [field, value] of Object.entries(fields)) data.append(field, value);
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    if (state.black) data.append("black", "on");
    if (state.on) data.append("on", "on");
    return fetch(form.action, { method: "POST", body: data, redirect: "error", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
  }

  function problem(status) {
    if (status === 403 || status === 404) return "The audience is not in step: you may be signed out. Sign in in another tab; it goes on here by itself.";
    return "The audience is not in step: the connection failed. Trying again.";
  }

  /* one at a time, the latest last; 409 says that another window presents */
  async function send() {
    isDue = true;
    if (isSending) return;
    isSending = true;
    while (isDue) {
      isDue = false;
      sent += 1;
      const moved = { ...state };
      const answer = await post("move");
      const told = [200, 409].includes(answer?.status) && (await answer.json().catch(() => null));
      if (told) {
        if (answer.ok && !isDue) spread({ ...moved, presenting: told.presenting, step: told.step });
        if (answer.ok) say(state.on ? IN_STEP : "");
        if (!answer.ok || !isDue) hear(told);
      } else {
        say(problem(answer?.status), true);
        isDue = true;
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }
    isSending = false;
  }

  const spread = (told) => channel.postMessage({ ...told, version, publicVersion });

  function move() {
    if (!state.on) return;
    spread({ ...state, presenting: true });
    send();
  }

  /* ---------- who presents ---------- */

  function sayOther() {
    const isSelf = other.by === name;
    const begins = wasTaken
      ? `${isSelf ? "Another window of yours" : other.by} took over at ${other.since}`
      : `${isSelf ? "You present in another window" : `${other.by} is presenting`} since ${other.since}`;
    say(`${begins}. ${following ? "This window follows." : "This window stays on its slide."}`, wasTaken);
  }

  function hear(told) {
    const isTaken = told.presenting && told.window !== mine;
    if (isTaken && other?.window !== told.window) [wasTaken, following] = [state.on, true];
    if (!isTaken && other) say("");
    if (!told.presenting && state.on) say(ENDED, true);
    other = isTaken ? told : null;
    state.on = told.presenting && !isTaken;
    drawButton();
    if (other) follow();
    document.dispatchEvent(new CustomEvent("position:told", { detail: { deck: told.deck, shown: told.shown, inStep: Boolean(other) && following } }));
  }

  function follow() {
    sayOther();
    if (following && other.slide) document.dispatchEvent(new CustomEvent("slide:go", { detail: { slide: other.slide, black: false } }));
  }

  function drawButton() {
    button.textContent = other ? "Take over" : state.on ? "End presenting" : "Start presenting";
    button.setAttribute("aria-pressed", String(state.on));
    followButton.hidden = !other || following;
  }

  /* go on where the other window is */
  async function takeOver() {
    sent += 1;
    const answer = await post("take");
    const told = answer?.ok && (await answer.json().catch(() => null));
    if (!told) return say(problem(answer?.status), true);
    document.dispatchEvent(new CustomEvent("slide:go", { detail: { slide: told.slide, black: told.black } }));
    state.black = told.black;
    blackButton.setAttribute("aria-pressed", String(told.black));
    hear(told);
    begin();
  }

  function begin() {
    state.on = true;
    drawButton();
    document.dispatchEvent(new CustomEvent("clock:go"));
    send();
  }

  /* an answer that is older than what was sent since says nothing */
  async function ask() {
    const before = sent;
    const answer = await fetch(position, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) }).catch(() => null);
    let told = answer?.ok && (await answer.json().catch(() => null));
    if (told && state.on && !told.presenting && before === sent) told = await still();
    if (told && before === sent && !isSending) hear(told);
    if (!isSending && state.on) tellLoss(told ? 0 : lost + 1, answer?.status);
    setTimeout(ask, document.hidden ? HIDDEN : other ? ASK_OTHER : ASK);
  }

  /* one answer that fails says little, two are told, and that it is well again */
  function tellLoss(failures, status) {
    if (failures > 1) say(problem(status), true);
    else if (!failures && lost > 1) say(IN_STEP);
    lost = failures;
  }

  async function still() {
    const answer = await post("still");
    return [200, 409].includes(answer?.status) && answer.json().catch(() => null);
  }

  function showNotes(item) {
    let found = false;
    for (const notes of document.querySelectorAll("[data-notes]")) {
      notes.hidden = notes.dataset.notes !== item;
      found ||= !notes.hidden;
    }
    document.querySelector("[data-no-notes]").hidden = found;
  }

  button.addEventListener("click", () => {
    document.getElementById("slides").focus({ preventScroll: true }); // the next Space turns a page, and ends nothing
    if (other) return takeOver();
    if (!state.on) return begin();
    state.on = false;
    drawButton();
    send();
  });
  document.addEventListener("slide:shown", ({ detail }) => {
    const { number, item } = detail.frame.dataset;
    if (other && detail.own && other.slide) {
      following = false;
      sayOther();
      drawButton();
    }
    Object.assign(state, { slide: Number(number), public: Number(detail.frame.dataset.public) });
    document.querySelector("[data-end]").hidden = Boolean(document.querySelector(".frame.is-next"));
    showNotes(item);
    move();
  });
  document.addEventListener("slide:black", ({ detail }) => {
    state.black = detail.on;
    blackButton.setAttribute("aria-pressed", String(detail.on));
    move();
  });
  followButton.addEventListener("click", () => {
    following = true;
    drawButton();
    follow();
    button.focus();
  });
  document.addEventListener("visibilitychange", () => { if (state.on && !document.hidden) still(); });
  setInterval(() => { if (state.on) still(); }, STILL);

  document.documentElement.classList.add("is-on");
  const { presenting, window: holder, by, since: at } = body.dataset;
  const first = { presenting: presenting === "yes", window: holder, by, since: at };
  state.on = first.presenting && holder === mine;
  /* whoever looked at the minutes meanwhile and came by the link goes on where the audience is */
  if (state.on && !location.hash) history.replaceState(null, "", `#slide-${body.dataset.slide}`);
  hear(first);
  names.addEventListener("message", ({ data }) => hearName(data));
  names.postMessage({ asks: mine });
  setTimeout(ask, ASK);
})();
