/* Puts a video into its card once the reader asks for it. Without this file, the card's link leads to the provider. */
const ORIGINS = ["https://www.youtube-nocookie.com", "https://player.vimeo.com"];

for (const button of document.querySelectorAll("[data-embed-load]")) {
  const address = new URL(button.dataset.frame);
  if (!ORIGINS.includes(address.origin)) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    const frame = document.createElement("iframe");
    frame.className = "embed__frame";
    frame.src = address.href;
    frame.title = button.dataset.title;
    frame.allow = "fullscreen; picture-in-picture";
    // The players refuse to start without knowing the site that shows them.
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    button.closest("[data-embed]").replaceChildren(frame);
    frame.focus();
  });
}
