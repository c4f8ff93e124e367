/* The desk with a script: reorder by dragging and by Alt with the arrows, say how a line reads while it is typed, keep
   what is typed until it is saved. Without it every page works by its buttons. */
(() => {
  "use strict";

  const WAIT = 250;

  function debounce(act) {
    let timer;
    return (...values) => {
      clearTimeout(timer);
      timer = setTimeout(() => act(...values), WAIT);
    };
  }

  /* ---------- how a line reads ---------- */

  function reader(part) {
    const line = part.querySelector("input[name=line], .cellline input");
    const shown = part.querySelector("[data-read]");
    const form = line.form;
    let latest = 0;
    let sent = false;
    const ask = debounce(async () => {
      if (sent) return;
      const turn = ++latest;
      if (!line.value.trim() && line.name === "line") return shown.replaceChildren();
      const body = new FormData();
      body.append("line", line.value);
      body.append("item", form.elements.item?.value ?? "");
      body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      const answer = await fetch(part.dataset.readsAs, { method: "POST", body, redirect: "error" }).catch(() => null);
      if (!answer?.ok || turn !== latest) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (turn === latest) shown.replaceChildren(...page.body.childNodes);
    });
    line.addEventListener("input", ask);
    form.addEventListener("submit", () => { sent = true; });
  }

  /* ---------- moving ---------- */

  function submitMove(row, to) {
    const form = document.getElementById("moves");
    const field = document.createElement("input");
    Object.assign(field, { type: "hidden", name: "to", value: to });
    form.append(field);
    form.action = row.dataset.move;
    form.submit();
  }

  function moveByKey(event) {
    const row = event.target.closest("[data-move]");
    const to = { ArrowUp: "up", ArrowDown: "down" }[event.key];
    if (!row || !to || !event.altKey || event.target.closest("form.form")) return;
    event.preventDefault();
    submitMove(row, to);
  }

  function dragging(list) {
    let dragged = null;
    const rows = [...list.querySelectorAll(":scope > [data-move]")];
    const clear = () => rows.forEach((row) => row.classList.remove("over-top", "over-bottom", "dragged"));
    const below = (row, event) => event.clientY > row.getBoundingClientRect().top + row.offsetHeight / 2;

    for (const row of rows) {
      const grip = row.querySelector("[data-grip]");
      grip.hidden = false;
      grip.draggable = true;
      grip.addEventListener("dragstart", (event) => {
        dragged = row;
        event.dataTransfer.effectAllowed = "move";
        event.dataTransfer.setData("text/plain", row.id);
        event.dataTransfer.setDragImage(row, 10, 10);
        row.classList.add("dragged");
      });
      grip.addEventListener("dragend", () => { clear(); dragged = null; });
      row.addEventListener("dragover", (event) => {
        if (!dragged) return;
        event.preventDefault();
        rows.forEach((one) => one.classList.remove("over-top", "over-bottom"));
        row.classList.add(below(row, event) ? "over-bottom" : "over-top");
      });
      row.addEventListener("drop", (event) => {
        if (!dragged) return;
        event.preventDefault();
        const from = rows.indexOf(dragged);
        const gap = rows.indexOf(row) + (below(row, event) ? 1 : 0);
        const place = gap > from ? gap - 1 : gap;
        if (place !== from) submitMove(dragged, String(place + 1));
      });
    }
  }

  /* ---------- what is typed is not lost ---------- */

  const SKIPPED = new Set(["csrfmiddlewaretoken", "version", "began", "do"]);

  function texts(form) {
    const pairs = [...new FormData(form)].filter(([name, value]) => !SKIPPED.has(name) && typeof value === "string");
    return JSON.stringify(pairs);
  }

  function offer(form, key, kept) {
    const notice = document.createElement("div");
    notice.className = "notice notice--on";
    notice.setAttribute("role", "status");
    const words = document.createElement("p");
    words.append("This browser kept a text of this form that was not saved. ");
    const take = document.createElement("button");
    Object.assign(take, { type: "button", className: "btn btn--s", textContent: "Put it back" });
    take.addEventListener("click", () => { fill(form, JSON.parse(kept)); notice.remove(); });
    const drop = document.createElement("button");
    Object.assign(drop, { type: "button", className: "btn btn--s btn--quiet", textContent: "Drop it" });
    drop.addEventListener("click", () => { sessionStorage.removeItem(key); notice.remove(); });
    notice.append(words, take, drop);
    notice.classList.add("keeper");
    form.before(notice);
  }

  function fill(form, pairs) {
    for (const field of form.elements) {
      if (!field.name || SKIPPED.has(field.name) || field.type === "hidden") continue;
      const values = pairs.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (values.length) field.value = values[0];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  function keeper(form) {
    const key = `desk:${form.action}`;
    const begun = texts(form);
    const kept = sessionStorage.getItem(key);
    if (kept && kept !== begun) offer(form, key, kept);
    form.addEventListener("input", debounce(() => sessionStorage.setItem(key, texts(form))));
  }

  function forget() {
    // a page that says "saved" follows the form that was sent: what was kept of it has done its work
    if (!document.querySelector(".notice--on[role=status]")) return;
    const sent = sessionStorage.getItem("desk-sent");
    if (sent) sessionStorage.removeItem(sent);
    sessionStorage.removeItem("desk-sent");
  }

  addEventListener("submit", (event) => {
    if (event.target.matches("[data-keep]")) sessionStorage.setItem("desk-sent", `desk:${event.target.action}`);
  }, true);
  addEventListener("keydown", moveByKey);
  addEventListener("click", (event) => {
    if (event.target.closest("[aria-disabled=true]")) event.preventDefault();
  });

  forget();
  document.querySelectorAll("[data-reads-as]").forEach(reader);
  document.querySelectorAll("[data-sortable]").forEach(dragging);
  document.querySelectorAll("form[data-keep]").forEach(keeper);
})();
