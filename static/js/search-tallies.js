/* Tells the site which questions were asked and which hits were followed: numbers only, see search/tallies.py. */
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
