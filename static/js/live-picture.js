/* The slides that an agenda item's text makes, beside the text: asked for when typing rests a moment. An answer that
   comes after a newer one is dropped; an error is a sentence, and the last picture stays. */
(() => {
  "use strict";

  const WAIT = 180;
  const FIELDS = ["title", "kind", "minutes", "presenters", "body", "slide_notes"];
  const LOST = "The slides are not up to date: the connection failed. Type on to try again; your text is still here.";
  const OUT = "The slides are not up to date: you may be signed out. Sign in in another tab, then type on; your text is still here.";

  function bodyOf(form) {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    for (const name of FIELDS) data.append(name, form.elements[name].value);
    return data;
  }

  function equip(part) {
    const form = part.closest("form");
    const said = part.querySelector("[data-picture-said]");
    const host = part.querySelector("[data-picture-slides]");
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    let timer;
    let latest = 0;
    let sent = "";

    function say(sentence, wrong = false) {
      if (said.textContent !== sentence) said.textContent = sentence;
      part.classList.toggle("is-wrong", wrong);
    }

    /* style sheets that are there already stay, so that nothing flickers */
    function show(text) {
      const page = new DOMParser().parseFromString(text, "text/html");
      const fresh = page.querySelector(".sorter");
      if (!fresh) return say(OUT, true);
      const known = new Set([...root.querySelectorAll("link")].map((link) => link.getAttribute("href")));
      for (const link of page.querySelectorAll("link")) if (!known.has(link.getAttribute("href"))) root.prepend(link);
      const old = root.querySelector(".sorter");
      root.append(fresh);
      if (old) reveal(old, fresh);
      adopt(page.querySelector("[data-rules]")?.content.textContent ?? "");
      const remarks = root.querySelectorAll(".sorter__told").length;
      say(fresh.dataset.told + (remarks ? ` ${remarks} remark${remarks === 1 ? "" : "s"}.` : ""), fresh.matches(".sorter__problem"));
      host.tabIndex = 0; // it scrolls
      part.dataset.shown = String(latest);
    }

    /* bring the slide that is being written into sight, not the reader to it */
    function reveal(old, fresh) {
      const before = [...old.children].map((one) => one.innerHTML);
      const changed = [...fresh.children].findLast((one) => !before.includes(one.innerHTML));
      old.remove();
      if (!changed) return;
      const [inside, around] = [changed.getBoundingClientRect(), host.getBoundingClientRect()];
      if (inside.top < around.top || inside.bottom > around.bottom) host.scrollTop += inside.top - around.top - 8;
    }

    function adopt(rules) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(rules);
      root.adoptedStyleSheets = [sheet];
    }

    async function ask() {
      const body = bodyOf(form);
      const written = JSON.stringify([...body]);
      if (written === sent) return;
      sent = written;
      const turn = ++latest;
      const answer = await fetch(part.dataset.picture, { method: "POST", body, headers: { "X-Requested-With": "fetch" }, redirect: "manual" }).catch(() => null);
      const text = await answer?.text().catch(() => null);
      if (turn !== latest) return;
      if (answer?.ok && text !== null) return show(text);
      sent = "";
      say(answer && [0, 403, 404].includes(answer.status) ? OUT : LOST, true);
    }

    form.addEventListener("input", (event) => {
      if (!FIELDS.includes(event.target.name)) return;
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    });
    form.addEventListener("change", (event) => { if (FIELDS.includes(event.target.name)) ask(); });
    const button = form.querySelector("[data-picture-button]");
    Object.assign(button, { hidden: true, disabled: true });
    ask();
  }

  document.querySelectorAll("[data-picture]").forEach(equip);
})();
