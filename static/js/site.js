/* Closes an open menu by Escape or by a press outside (without this file, menus close by their own button), leads to
   what a form refused, loads suggestions, and tells what was searched. */
const openMenus = () => document.querySelectorAll("details.dropdown[open]");

document.addEventListener("click", (event) => {
  for (const menu of openMenus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

/* Who sent a form that was refused begins at its errors and not at the top of the page. */
document.querySelector(".form-errors")?.focus();

/* Suggestions under a search field come once it has the focus; without them, the form asks. */
const suggest = (event) => {
  const form = event.target.closest?.("form[data-suggestions]");
  if (form && event.target.matches("input[type=search]")) {
    import(form.dataset.module).then((module) => module.enhance(form));
  }
};

document.addEventListener("focusin", suggest);
// Who was quicker than this file has the focus there already.
if (document.activeElement) suggest({ target: document.activeElement });

/* Tells the site which questions were asked and which hits were followed: numbers only, see search/tallies.py. Here
   and not in a file of its own, for the page of results makes as many requests as a page may. */
const told = new Set();

const tell = (results, rank) => {
  const { stamp, told: address } = results.dataset;
  const key = `${rank} ${stamp}`;
  if (!stamp || told.has(key)) return;
  told.add(key);
  navigator.sendBeacon(address, new URLSearchParams({ stamp, rank }));
};

const current = () => document.querySelector("[data-stamp]");
const tellQuestion = () => {
  const results = current();
  if (results) tell(results, 0);
};

tellQuestion();
document.addEventListener("htmx:afterSettle", tellQuestion);
for (const kind of ["click", "auxclick"]) {
  document.addEventListener(kind, (event) => {
    const link = event.target.closest("a[data-rank]");
    const results = current();
    if (link && results) tell(results, link.dataset.rank);
  });
}
