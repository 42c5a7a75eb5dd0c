/* The bar over a Markdown field, and putting in the member that was found. Without this file, one types the signs. */

const insert = (field, text) => {
  field.focus();
  // The old command keeps "undo" working; where a browser has dropped it, the text is set.
  if (!document.execCommand("insertText", false, text)) {
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
};

const wrap = (field, before, after) => {
  const { selectionStart: start, selectionEnd: end } = field;
  const chosen = field.value.slice(start, end);
  insert(field, before + chosen + after);
  field.setSelectionRange(start + before.length, start + before.length + chosen.length);
};

const prefix = (field, mark) => {
  const start = field.value.lastIndexOf("\n", field.selectionStart - 1) + 1;
  const end = field.selectionEnd;
  const lines = field.value.slice(start, end).split("\n");
  field.setSelectionRange(start, end);
  insert(field, lines.map((line) => mark + line).join("\n"));
};

/* One stop for the tab key; arrows move within, as the role "toolbar" promises. */
const roving = (bar) => {
  const buttons = [...bar.querySelectorAll("button")];
  const choose = (index) => {
    buttons.forEach((button, at) => {
      button.tabIndex = at === index ? 0 : -1;
    });
  };
  choose(0);
  bar.addEventListener("focusin", (event) => choose(buttons.indexOf(event.target.closest("button"))));
  bar.addEventListener("keydown", (event) => {
    const at = buttons.indexOf(event.target.closest("button"));
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const index = (to + buttons.length) % buttons.length;
    choose(index);
    buttons[index].focus();
  });
};

const prepareBar = (bar) => {
  const field = document.getElementById(bar.dataset.markdownBar);
  bar.hidden = false;
  roving(bar);
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const { before, after, line } = button.dataset;
    if (line) prefix(field, line);
    else wrap(field, before, after);
  });
};

const preparePanel = (panel) => {
  const field = document.getElementById(panel.dataset.mention);
  panel.hidden = false;
  // What is typed to find somebody is no part of the text: it neither sends the form nor saves a draft.
  panel.addEventListener("input", (event) => event.stopPropagation());
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("input")) event.preventDefault();
  });
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (!button) return;
    panel.open = false;
    insert(field, button.dataset.insert);
  });
};

const prepare = (part) => {
  part.querySelectorAll("[data-markdown-bar]").forEach(prepareBar);
  part.querySelectorAll("[data-mention]").forEach(preparePanel);
};

/* A reply that is sent in place: what was put below the others, or what has to be said, gets the focus. */

const focus = (element) => {
  element.tabIndex = -1;
  element.focus();
};

prepare(document);
const box = document.getElementById("reply");
if (box) {
  document.addEventListener("forum:answered", (event) => {
    prepare(box);
    const shown = document.getElementById(event.detail.place);
    const next = shown ?? box.querySelector("[role=alert], .field--invalid");
    if (next) focus(next);
  });
  // What is neither a reply nor a refusal is for a whole page to say; the key of the form lets it be sent twice.
  box.addEventListener("htmx:responseError", (event) => {
    if (event.target.matches("[data-in-place]")) event.target.submit();
  });
  box.addEventListener("htmx:sendError", (event) => {
    const text = event.target.dataset.inPlace;
    if (text) event.target.querySelector(".forum-composer__status").textContent = text;
  });
}
