// Keys for the moderators' queue and a case of it. A box on the page switches them off and on.
const KEPT = "forum-queue-keys";
const box = document.querySelector("[data-forum-keys]");
const links = [...document.querySelectorAll(".forum-queue__title a")];

function step(distance) {
  const at = links.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + distance, 0), links.length - 1);
  links[next]?.focus();
}

function press(act) {
  const form = document.querySelector(`form[data-act="${act}"]`);
  const reason = form?.querySelector("textarea");
  if (reason) {
    reason.focus();
  } else {
    form?.querySelector("button[type=submit]")?.click();
  }
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  a: () => press("publish"),
  r: () => press("reject"),
};

if (box) {
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
