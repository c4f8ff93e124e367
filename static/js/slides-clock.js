/* The presenter's clock: how long each agenda item and the whole call took against its plan. It is kept in this
   browser, so that a reload loses nothing. */
(() => {
  "use strict";

  const { call, duration } = document.body.dataset;
  const key = `clock:${call}`;
  const part = (name) => document.querySelector(`[data-${name}]`);
  const rows = [...document.querySelectorAll("[data-agenda]")];
  const button = part("clock=go");
  const blank = () => ({ spent: {}, since: null });

  let clock = read();
  let item = "";

  function read() {
    try {
      return { ...blank(), ...JSON.parse(localStorage.getItem(key)) };
    } catch {
      return blank();
    }
  }

  function keep() {
    try {
      localStorage.setItem(key, JSON.stringify(clock));
    } catch {
      // full or refused: the clock runs on, but not over a reload
    }
  }

  const running = () => (clock.since === null ? 0 : (Date.now() - clock.since) / 1000);
  const spentOn = (name) => (clock.spent[name] ?? 0) + (name === item ? running() : 0);
  const total = () => Object.values(clock.spent).reduce((sum, one) => sum + one, 0) + running();

  function written(seconds) {
    const whole = Math.floor(seconds);
    const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60].map((one) => String(one).padStart(2, "0"));
    return (whole < 3600 ? parts.slice(1) : parts).join(":").replace(/^0(?=\d)/, "");
  }

  /* a plan in words, and whether it is over */
  function against(seconds, minutes) {
    if (!minutes) return ["no length is planned", false];
    const left = minutes * 60 - seconds;
    if (left < 0) return [`of ${minutes} min: ${written(-left)} over`, true];
    return [`of ${minutes} min: ${written(left)} left`, false];
  }

  function draw(clockPart, planPart, seconds, minutes) {
    const [words, isOver] = against(seconds, minutes);
    clockPart.textContent = written(seconds);
    planPart.textContent = words;
    for (const one of [clockPart, planPart]) one.classList.toggle("is-over", isOver);
  }

  function tick() {
    const row = rows.find((one) => one.dataset.agenda === item);
    part("item-name").textContent = row ? `Item ${rows.indexOf(row) + 1} of ${rows.length}: ${row.querySelector(".timer__title").textContent}` : "Before the agenda";
    draw(part("item-clock"), part("item-plan"), spentOn(item), Number(row?.dataset.minutes ?? 0));
    draw(part("total-clock"), part("total-plan"), total(), Number(duration));
    for (const one of rows) {
      const seconds = spentOn(one.dataset.agenda);
      const isOver = against(seconds, Number(one.dataset.minutes ?? 0))[1];
      const shown = one.querySelector("[data-spent]");
      shown.textContent = seconds ? written(seconds) + (isOver ? " over" : "") : "";
      shown.classList.toggle("is-over", isOver);
      if (one === row) one.setAttribute("aria-current", "true");
      else one.removeAttribute("aria-current");
    }
    button.textContent = clock.since !== null ? "Pause the clock" : total() ? "Go on" : "Start the clock";
  }

  /* put what ran until now to the item it ran for */
  function settle(since) {
    clock.spent[item] = spentOn(item);
    clock.since = since;
    keep();
  }

  function set(on) {
    if (on === (clock.since !== null)) return;
    settle(on ? Date.now() : null);
    tick();
  }

  addEventListener("click", (event) => {
    const act = event.target.closest("[data-clock]")?.dataset.clock;
    if (act === "go") set(clock.since === null);
    if (act === "reset") {
      clock = { ...blank(), since: clock.since === null ? null : Date.now() };
      keep();
      tick();
    }
  });
  document.addEventListener("slide:shown", ({ detail }) => {
    const shown = detail.frame.dataset.item ?? "";
    if (shown === item) return;
    if (clock.since !== null) settle(Date.now());
    item = shown;
    tick();
  });
  document.addEventListener("clock:go", () => set(true));
  setInterval(tick, 500);
})();
