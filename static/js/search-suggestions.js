/*
 * What is found while one types: the combobox pattern with a list (ARIA 1.2). site.js loads this once a search
 * field has the focus. Without it the field belongs to a plain form.
 */
const WAIT = 180;
const SHORTEST = 2;
let made = 0;

/* The styles come with the first field, so that no page waits for them. */
const style = (address) => {
  if (document.querySelector(`link[href="${address}"]`)) return;
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  document.head.append(link);
};

export const enhance = (form) => {
  if (form.dataset.suggesting) return;
  form.dataset.suggesting = "yes";
  style(form.dataset.styles);
  made += 1;
  const field = form.querySelector("input[type=search]");
  const panel = document.createElement("div");
  const status = document.createElement("p");
  const id = `suggestions-${made}`;
  let options = [];
  let active = -1;
  let timer = 0;
  let request = null;
  let asked = "";

  form.classList.add("suggestions");
  panel.className = "suggestions__panel";
  panel.id = id;
  panel.setAttribute("role", "listbox");
  panel.setAttribute("aria-label", form.dataset.label);
  panel.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", id);
  field.autocomplete = "off";
  form.append(panel, status);

  const choose = (index) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = options[active];
    if (!option) {
      field.removeAttribute("aria-activedescendant");
      return;
    }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };

  const show = (open) => {
    panel.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) choose(-1);
  };

  const close = () => {
    clearTimeout(timer);
    request?.abort();
    show(false);
    status.textContent = "";
  };

  const fill = (html) => {
    choose(-1);
    panel.innerHTML = html;
    options = [...panel.querySelectorAll("[role=option]")];
    options.forEach((option, index) => {
      option.id = `${id}-${index}`;
      option.setAttribute("aria-selected", "false");
    });
    panel.querySelectorAll("[role=group]").forEach((group, index) => {
      const heading = group.firstElementChild;
      heading.id = `${id}-kind-${index}`;
      group.setAttribute("aria-labelledby", heading.id);
    });
    const said = panel.querySelector("[data-status]");
    status.textContent = said ? said.dataset.status : "";
    show(options.length > 0);
  };

  const ask = async () => {
    const words = field.value.trim();
    if (words === asked && !panel.hidden) return;
    asked = words;
    request?.abort();
    if (words.length < SHORTEST) {
      close();
      return;
    }
    request = new AbortController();
    const { signal } = request;
    try {
      const address = `${form.dataset.suggestions}?${new URLSearchParams({ q: words })}`;
      const answer = await fetch(address, { signal, credentials: "same-origin" });
      const html = answer.ok ? await answer.text() : "";
      if (!signal.aborted && field === document.activeElement) fill(html);
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  };

  const go = (option) => {
    close();
    window.location.assign(option.dataset.url);
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });

  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape") {
      if (panel.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Enter" && !panel.hidden && active >= 0) {
      event.preventDefault();
      go(options[active]);
    } else if (event.key === "Enter") {
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (panel.hidden) {
        asked = "";
        ask();
        return;
      }
      // One place between the last and the first is the field itself.
      const places = options.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((active + 1 + step + places) % places) - 1);
    }
  });

  field.addEventListener("blur", () => close());
  // A press on the list must not take the focus from the field before the click arrives.
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  panel.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) go(option);
  });
  if (field.value.trim() !== field.defaultValue.trim()) ask();
};
