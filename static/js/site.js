/* Closes an open menu by Escape or by a press outside (without this file, menus close by their own button), and loads suggestions. */
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

/* Suggestions under a search field come once it has the focus; without them, the form asks. */
const suggest = (event) => {
  const form = event.target.closest?.("form[data-suggestions]");
  if (form && event.target.matches("input[type=search]")) {
    import(form.dataset.module).then((module) => module.enhance(form));
  }
};

document.addEventListener("focusin", suggest);
