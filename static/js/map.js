/* The map of the industry. Land is shaded by the numbers of the table below it; points come for the
   part that is seen. Without this file the page shows a picture and the table. */
const EUROPE = [[35.5, -11], [60, 31]];
const FARTHEST = 3;
const CLOSEST = 12;
const SETTLED = 150;
const APART = 14;

let land;

async function json(url, signal) {
  const response = await fetch(url, { signal, headers: { Accept: "application/geo+json, application/json" } });
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return response.json();
}

function shadesOfTable() {
  const rows = document.querySelectorAll("[data-country]");
  return new Map([...rows].map((row) => [row.dataset.country, row.dataset.shade]));
}

function drawLand(map, outlines) {
  const shades = shadesOfTable();
  const style = ({ properties }) => ({
    className: `map-land map-land--${shades.get(properties.code) ?? 0}`,
    interactive: false,
  });
  L.geoJSON(outlines, { style, interactive: false }).addTo(map);
}

/* Texts come from the directory: they become text nodes, never markup. */
function element(name, text, className) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function popup(items, town, words) {
  const box = element("div", "", "map-popup");
  if (town) box.append(element("p", town, "map-popup__town"));
  const list = element("ul");
  for (const item of items) {
    const row = element("li");
    const link = element("a", item.name);
    link.href = item.url;
    row.append(link, element("span", ` ${item.kind}${item.sample ? ` · ${words.sample}` : ""}`));
    list.append(row);
  }
  box.append(list);
  return box;
}

/* The words of the legend for a symbol; nothing where no layer is chosen. */
function wordsOf(symbol) {
  return document.querySelector(`[data-symbol="${symbol}"]`)?.textContent ?? "";
}

function marker(map, feature, words) {
  const [longitude, latitude] = feature.geometry.coordinates;
  const { count, items, town, symbol } = feature.properties;
  const size = count > 1 ? Math.round(26 + 10 * Math.log10(count)) : 18;
  // Symbols of one place stand around it, so that none hides another.
  const angle = ((symbol ?? 0) * Math.PI) / 3;
  const apart = symbol ? APART : 0;
  const icon = L.divIcon({
    className: `map-point${symbol ? ` map-symbol--${symbol}` : ""}`,
    html: element("span", count > 1 ? String(count) : ""),
    iconSize: [size, size],
    iconAnchor: [size / 2 - apart * Math.sin(angle), size / 2 + apart * Math.cos(angle)],
  });
  const called = items?.length === 1 ? items[0].name : `${count} ${items ? (town ?? "") : words.many}`;
  const label = symbol ? `${wordsOf(symbol)}: ${called}` : called;
  const made = L.marker([latitude, longitude], { icon, keyboard: true, title: label });
  made.on("add", () => made.getElement().setAttribute("aria-label", label));
  if (items) {
    made.bindPopup(popup(items, town, words), { maxHeight: 260 });
  } else {
    made.on("click", () => map.setView([latitude, longitude], Math.min(map.getZoom() + 2, CLOSEST)));
  }
  return made;
}

function start(holder) {
  const words = holder.dataset;
  holder.replaceChildren();
  holder.setAttribute("role", "application");
  holder.setAttribute("aria-label", words.label);
  const map = L.map(holder, {
    attributionControl: false,
    zoomControl: false,
    minZoom: FARTHEST,
    maxZoom: CLOSEST,
    maxBounds: [[25, -40], [75, 60]],
    // Scrolling the page over the map must not zoom it.
    scrollWheelZoom: false,
  });
  L.control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  map.fitBounds(EUROPE);
  map.on("focus", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());

  const shown = L.layerGroup().addTo(map);
  let asked;
  let timer;
  async function refresh() {
    asked?.abort();
    asked = new AbortController();
    const url = new URL(words.points, location.href);
    const bounds = map.getBounds().pad(0.1);
    const box = [
      Math.max(bounds.getWest(), -180), Math.max(bounds.getSouth(), -89),
      Math.min(bounds.getEast(), 180), Math.min(bounds.getNorth(), 89),
    ];
    url.searchParams.set("box", box.map((value) => value.toFixed(4)).join(","));
    url.searchParams.set("zoom", Math.round(map.getZoom()));
    try {
      const { features } = await json(url, asked.signal);
      // Who has a point open by mouse or keyboard keeps it.
      if (holder.querySelector(".leaflet-popup")) return;
      shown.clearLayers();
      for (const feature of features) marker(map, feature, words).addTo(shown);
      holder.dataset.ready = "yes";
    } catch (error) {
      if (error.name !== "AbortError") fail(holder);
    }
  }
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, SETTLED);
  });
  map.on("popupclose", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, SETTLED);
  });

  land ??= json(words.outlines);
  land.then((outlines) => drawLand(map, outlines)).catch(() => {
    land = undefined;
    fail(holder);
  });
  refresh();
}

function fail(holder) {
  if (holder.querySelector(".map__failed")) return;
  holder.append(element("p", holder.dataset.failed, "map__failed"));
}

for (const holder of document.querySelectorAll("[data-map]")) start(holder);
document.addEventListener("htmx:afterSettle", () => {
  for (const holder of document.querySelectorAll("[data-map]:not(.leaflet-container)")) start(holder);
});
