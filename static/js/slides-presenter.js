/* The presenter's window: says to the site, and at once to windows of this browser, which slide is shown; and shows the
   notes of the agenda item it belongs to. What could not be sent is sent again. */
(() => {
  "use strict";

  const { call, presenting } = document.body.dataset;
  const form = document.querySelector(".controls");
  const button = form.querySelector("[data-present]");
  const said = form.querySelector("[data-sent]");
  const blackButton = form.querySelector("[data-do=black]");
  const channel = new BroadcastChannel(`slides:${call}`);
  const AGAIN = 2000;

  const state = { on: presenting === "yes", slide: 1, public: 1, black: false };
  let isSending = false;
  let isDue = false;

  function say(sentence, wrong = false) {
    if (said.textContent !== sentence) said.textContent = sentence;
    said.classList.toggle("is-wrong", wrong);
  }

  function body() {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    data.append("slide", state.slide);
    data.append("public", state.public);
    if (state.black) data.append("black", "on");
    if (state.on) data.append("on", "on");
    return data;
  }

  function problem(status) {
    if (status === 403 || status === 404) return "The audience is not in step: you may be signed out. Sign in in another tab; it goes on here by itself.";
    return "The audience is not in step: the connection failed. Trying again.";
  }

  /* one at a time, the latest last */
  async function send() {
    isDue = true;
    if (isSending) return;
    isSending = true;
    while (isDue) {
      isDue = false;
      const sent = { ...state };
      const answer = await fetch(form.action, { method: "POST", body: body(), redirect: "error" }).catch(() => null);
      if (answer?.ok) {
        const told = await answer.json();
        if (!isDue) channel.postMessage({ ...sent, presenting: told.presenting, step: told.step });
        say(state.on ? "The audience is in step." : "");
      } else {
        say(problem(answer?.status), true);
        isDue = true;
        await new Promise((done) => setTimeout(done, AGAIN));
      }
    }
    isSending = false;
  }

  function move() {
    if (!state.on) return;
    channel.postMessage({ ...state, presenting: true });
    send();
  }

  function drawButton() {
    button.textContent = state.on ? "End presenting" : "Start presenting";
    button.setAttribute("aria-pressed", String(state.on));
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
    state.on = !state.on;
    drawButton();
    document.getElementById("slides").focus({ preventScroll: true }); // the next Space turns a page, and ends nothing
    if (state.on) document.dispatchEvent(new CustomEvent("clock:go"));
    send();
  });
  document.addEventListener("slide:shown", ({ detail }) => {
    const { number, item } = detail.frame.dataset;
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

  document.documentElement.classList.add("is-on");
  drawButton();
})();
