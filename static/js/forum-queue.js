// Keys for the moderators' queue and a case of it. A box on the page switches them off and on.
const KEPT = "forum-queue-keys";
const box = document.querySelector("[data-forum-keys]");
const links = [...document.querySelectorAll(".forum-queue__title a")];

// The row in focus; on the page of one case, which has no rows, the whole page.
function place() {
  return links.length ? document.activeElement.closest(".forum-queue__item") : document;
}

function step(distance) {
  const row = place();
  const at = links.findIndex((link) => row?.contains(link));
  const next = at < 0 ? 0 : Math.min(Math.max(at + distance, 0), links.length - 1);
  links[next]?.focus();
}

function forward() {
  if (links.length) step(1);
  else document.querySelector("[data-next]")?.click();
}

function press(...acts) {
  const found = acts.map((act) => place()?.querySelector(`[data-act="${act}"]`)).find(Boolean);
  if (!found) return;
  const reason = found.querySelector("textarea");
  if (reason) reason.focus();
  else (found.querySelector("button[type=submit]") ?? found).click();
}

const KEYS = {
  j: forward,
  k: () => step(-1),
  a: () => press("publish"),
  r: () => press("reject", "hide"),
};

// Where an address names a row or a decision, the keyboard goes there too, once the browser has been there.
function arrive() {
  const target = document.getElementById(window.location.hash.slice(1));
  (target?.querySelector("textarea") ?? target)?.focus();
}

if (box) {
  window.addEventListener("load", () => setTimeout(arrive));
  box.checked = localStorage.getItem(KEPT) !== "off";
  box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable=true]");
    if (!box.checked || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = KEYS[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
}
