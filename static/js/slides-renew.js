/* Takes up slides that changed while they are shown: a window in step when its presenter shows them, any other by a
   button. The place is kept: at the slide that says the same, else at the same address. */
(() => {
  "use strict";

  const { body } = document;
  const bar = document.querySelector("[data-fresh]");
  const said = bar.querySelector("[data-fresh-said]");
  const button = bar.querySelector("[data-fresh-do]");
  const CHANGED = "The slides were changed.";
  const FAILED = "The new slides cannot be shown now.";
  const BROKEN = "The slides were changed and cannot be drawn as they are now: windows keep the old ones.";

  let latest = body.dataset.version;
  let settled = latest; // the version that was taken up last, or that could not be
  let isBusy = false;

  function say(sentence) {
    bar.hidden = !sentence;
    button.hidden = sentence === BROKEN;
    if (said.textContent !== sentence) said.textContent = sentence;
  }

  /* `inStep` tells that the window goes where the presenter's goes, which shows the version `shown` */
  function hear({ deck, shown, inStep }) {
    if (deck === "" && body.matches(".presenter")) say(BROKEN);
    if (!deck) return;
    latest = deck;
    if ([body.dataset.version, settled].includes(latest)) {
      if (latest === body.dataset.version) say("");
    } else if (inStep && shown === latest) renew();
    else say(inStep && shown === body.dataset.version ? "" : CHANGED);
  }

  const sheets = (page) => [...page.querySelectorAll("link[rel=stylesheet]:not([data-pictures])")].map((link) => link.getAttribute("href")).join(" ");
  const hasPictures = (page) => page.querySelectorAll("[data-pictures]").length;

  /* the slide that is read now: where all stand one under another, the first in sight */
  function read() {
    const isPage = document.documentElement.dataset.mode === "page";
    const inSight = isPage && [...document.querySelectorAll(".frame")].find((frame) => frame.getBoundingClientRect().bottom > innerHeight / 4);
    return inSight || document.querySelector(".frame.is-current");
  }

  /* the number of the slide to be on: the one that says what the current one says, nearest to it */
  function placeIn(page) {
    const { number, mark } = read().dataset;
    const far = (frame) => Math.abs(Number(frame.dataset.number) - Number(number));
    const same = [...page.querySelectorAll(".frame")].filter((frame) => frame.dataset.mark === mark);
    return Number(same.sort((one, other) => far(one) - far(other))[0]?.dataset.number ?? number);
  }

  async function renew() {
    if (isBusy) return;
    isBusy = true;
    button.setAttribute("aria-disabled", "true");
    const wanted = latest;
    const page = await fetched();
    settled = wanted;
    if (page) take(page, placeIn(page));
    say(page ? "" : FAILED);
    button.removeAttribute("aria-disabled");
    isBusy = false;
  }

  async function fetched() {
    const answer = await fetch(location.pathname, { cache: "no-cache" }).catch(() => null);
    const text = answer?.ok && (await answer.text().catch(() => null));
    const page = text && new DOMParser().parseFromString(text, "text/html");
    return page?.querySelector(".deck .frame") ? page : null;
  }

  /* only the slides are put in place, so that full screen stays; what looks otherwise or has notes is loaded anew */
  function take(page, place) {
    if (body.matches(".presenter") || sheets(page) !== sheets(document) || hasPictures(page) !== hasPictures(document)) {
      history.replaceState(null, "", `#slide-${place}`);
      location.reload();
      return;
    }
    body.dataset.version = page.body.dataset.version;
    page.querySelectorAll("[data-pictures]").forEach((link) => document.querySelector("[data-pictures]").replaceWith(link));
    document.querySelector(".deck").replaceChildren(...page.querySelector(".deck").children);
    document.querySelector(".show__head p").replaceWith(page.querySelector(".show__head p"));
    document.dispatchEvent(new CustomEvent("slide:renewed", { detail: { slide: place } }));
  }

  button.addEventListener("click", renew);
  document.addEventListener("position:told", ({ detail }) => hear(detail));
})();
