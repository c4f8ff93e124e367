/* Beside django-markdownx's script: gives the keyboard back to the browser, sends images itself, and says near the
   field what went wrong. Every listener is on the document and captures, so it acts first and serves later rows too. */
(() => {
  "use strict";

  const EDITOR = ".markdownx-editor";
  const CLAIMED_KEYS = ["Tab", "d", "[", "]"];
  const IMAGE_FIELD = ".markdownx input[type=file]";

  const capture = (type, listener) => document.addEventListener(type, listener, true);
  const editorOf = (event) => event.target.closest?.(EDITOR);
  const partOf = (editor, part) => editor.closest(".markdownx").querySelector(part);
  const files = (transfer) => [...(transfer?.files ?? [])];
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");

  function say(editor, sentence, wrong = false) {
    const status = partOf(editor, ".md-status");
    status.textContent = sentence;
    status.classList.toggle("md-problem", wrong);
  }

  function insert(editor, text) {
    editor.focus();
    if (document.execCommand("insertText", false, text)) return; // keeps undo
    editor.setRangeText(text, editor.selectionStart, editor.selectionEnd, "end");
    editor.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  async function post(editor, file) {
    const body = new FormData();
    body.append("image", file);
    const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
    const response = await fetch(editor.dataset.markdownxUploadUrlsPath, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": token },
    });
    const answer = await response.json().catch(() => ({}));
    if (response.ok && answer.image_code) return answer.image_code;
    throw new Error(answer.error ?? `“${file.name}” was not stored: the site answered ${response.status}. Reload the page and try again.`);
  }

  async function send(editor, file) {
    say(editor, `Sending “${file.name}”…`);
    try {
      insert(editor, await post(editor, file));
      say(editor, `“${file.name}” is in the text. Write what it shows between the brackets.`);
    } catch (error) {
      const lost = error instanceof TypeError;
      say(editor, lost ? `“${file.name}” was not sent: the connection failed. Try again.` : error.message, true);
    }
  }

  async function sendAll(editor, chosen) {
    for (const file of chosen) await send(editor, file);
  }

  function takeOver(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  function equip(root) {
    const editor = root.querySelector(EDITOR);
    const label = editor.labels[0]?.textContent.trim().replace(/:$/, "");
    root.querySelector(".md-tools").hidden = false;
    if (label) root.querySelector(".markdownx-preview").setAttribute("aria-label", `Preview: ${label}`);
  }

  function show(event, problem) {
    const preview = event.target.querySelector(".markdownx-preview");
    if (problem) preview.textContent = problem;
    preview.classList.toggle("md-problem", Boolean(problem));
    preview.hidden = !preview.textContent.trim() && !preview.querySelector("img, hr");
  }

  capture("keydown", (event) => {
    if (editorOf(event) && CLAIMED_KEYS.includes(event.key)) event.stopImmediatePropagation();
  });

  capture("paste", (event) => {
    const editor = editorOf(event);
    const pasted = files(event.clipboardData);
    if (!editor || !pasted.length) return;
    if (event.clipboardData.types.includes("text/plain")) return event.stopImmediatePropagation();
    takeOver(event);
    sendAll(editor, pasted);
  });

  capture("drop", (event) => {
    const editor = editorOf(event);
    if (editor && carriesFiles(event)) {
      takeOver(event);
      sendAll(editor, files(event.dataTransfer));
    } else if (editor || event.target.matches?.("input[type=file]")) event.stopImmediatePropagation();
  });

  for (const type of ["dragenter", "dragover", "dragleave"])
    capture(type, (event) => {
      if (event.target.matches?.("input[type=file]") || (editorOf(event) && !carriesFiles(event))) event.stopImmediatePropagation();
    });

  capture("change", (event) => {
    if (!event.target.matches?.(IMAGE_FIELD)) return;
    const chosen = files(event.target);
    event.target.value = "";
    sendAll(partOf(event.target, EDITOR), chosen);
  });

  capture("markdownx.init", () => document.querySelectorAll(".markdownx").forEach(equip));
  capture("markdownx.update", (event) =>
    show(event, /^\s*<!doctype/i.test(event.detail[0]) && "There is no preview: you may be signed out. Your text is still here. Sign in in another tab, then go on."));
  capture("markdownx.updateError", (event) => show(event, "There is no preview: the connection failed. Your text is still here."));

  // a row added by Django's formsets is a copy of one that is marked as set up; the package's script, run again, sets it up
  capture("formset:added", (event) => {
    const added = event.target.querySelectorAll(`${EDITOR}[data-markdownx-init]`);
    if (!added.length) return;
    added.forEach((editor) => editor.removeAttribute("data-markdownx-init"));
    const again = document.createElement("script");
    again.src = document.querySelector('script[src*="markdownx/js/markdownx"]').src;
    document.body.append(again);
  });
})();
