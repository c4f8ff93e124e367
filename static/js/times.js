/* Times in the visitor's own zone. Every time is in the page already, in the zone of its series and in UTC. */

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const STAMP = { day: "numeric", hour: "numeric", minute: "numeric", hourCycle: "h23" };
const RENAMED = { "Asia/Calcutta": "Asia/Kolkata", "Asia/Katmandu": "Asia/Kathmandu", "Asia/Rangoon": "Asia/Yangon", "Asia/Saigon": "Asia/Ho_Chi_Minh", "Europe/Kiev": "Europe/Kyiv" };
const PLACE = RENAMED[ZONE] ?? ZONE;
const PLACES = [ZONE, PLACE];

function format(moment, options) {
  return new Intl.DateTimeFormat("en-GB", options).format(moment);
}

function clock(moment) {
  return format(moment, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function zoneName(moment, style) {
  const parts = new Intl.DateTimeFormat("en-GB", { timeZoneName: style }).formatToParts(moment);
  return parts.find((part) => part.type === "timeZoneName").value;
}

function dayOf(moment, timeZone) {
  return format(moment, { timeZone, year: "numeric", month: "numeric", day: "numeric" });
}

/* "22:00–23:00", with the weekday where the visitor's day is not the series' day. */
function span(start, end, seriesZone) {
  const sameDay = !seriesZone || dayOf(start, seriesZone) === dayOf(start, ZONE);
  const day = sameDay ? "" : `${format(start, { weekday: "short" })} `;
  return day + clock(start) + (end ? `–${clock(end)}` : "");
}

function fill(element) {
  const start = new Date(element.dataset.start);
  const end = element.dataset.end ? new Date(element.dataset.end) : null;
  const put = (name, text) => { for (const slot of element.querySelectorAll(`[data-your-${name}]`)) slot.textContent = text; };
  put("time", span(start, end, element.dataset.zone));
  put("zone", zoneName(start, "short"));
  put("place", PLACE.replaceAll("_", " "));
  element.hidden = false;
}

/* In a table of zones the visitor's own is marked; where it is missing, the one with the same time, or it is added. */
function markZone(list) {
  const items = [...list.children];
  const start = new Date(items[0].querySelector("time").dateTime);
  const own = items.find((item) => PLACES.includes(item.dataset.zone));
  const same = items.find((item) => format(start, { ...STAMP, timeZone: item.dataset.zone }) === format(start, STAMP));
  const item = own ?? same ?? addZone(list, start);
  item.classList.add("is-you");
  item.querySelector("[data-city]").append(own || !same ? ", you" : ", and you");
}

function addZone(list, start) {
  const item = list.children[0].cloneNode(true);
  item.classList.remove("is-series");
  item.querySelector("time").textContent = span(start, null, list.dataset.zone);
  item.querySelector("[data-city]").textContent = PLACE.split("/").at(-1).replaceAll("_", " ");
  list.append(item);
  return item;
}

if (ZONE) {
  for (const element of document.querySelectorAll("[data-your]")) fill(element);
  for (const list of document.querySelectorAll("[data-zones]")) markZone(list);
  for (const line of document.querySelectorAll("[data-zone-line]")) {
    line.querySelector("[data-zone-name]").textContent = zoneName(new Date(), "long");
    line.hidden = false;
  }
}
