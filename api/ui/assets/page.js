// What the pages gain with a script; everything works without it.
"use strict";

// A file dropped anywhere on a form lands in its file field.
for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  const over = (event) => {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    form.classList.add("over");
  };
  form.addEventListener("dragenter", over);
  form.addEventListener("dragover", over);
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    form.classList.remove("over");
    field.files = event.dataTransfer.files;
  });
}

// A form that was sent says so, and is not sent twice.
for (const form of document.querySelectorAll("[data-working]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button:not([name])");
    if (!button) return;
    button.classList.add("working");
    button.setAttribute("aria-busy", "true");
    setTimeout(() => { button.disabled = true; }, 0);
  });
}
// Coming back through the history shows the page as it was left: let the form be sent again.
window.addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button.working")) {
    button.classList.remove("working");
    button.removeAttribute("aria-busy");
    button.disabled = false;
  }
});

// What is under way looks again by itself, and only that part of the page changes; once the page
// has no such part any more, it is loaded anew.
for (const part of document.querySelectorAll("[data-again]")) {
  const look = async () => {
    try {
      const answer = await fetch(location.href, { cache: "no-store" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const now = page.querySelector("[data-again]");
      if (!now) { location.reload(); return; }
      if (now.innerHTML !== part.innerHTML) part.replaceChildren(...now.childNodes);
    } catch { /* the service is away: look again later */ }
    setTimeout(look, 1000 * part.dataset.again);
  };
  setTimeout(look, 1000 * part.dataset.again);
}
