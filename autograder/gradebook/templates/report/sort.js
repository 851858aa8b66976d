"use strict";
// Makes the headings of tables into buttons that sort; without it the tables are only not sortable.
const number = text => { const found = text.match(/-?\d+(\.\d+)?/); return found ? +found[0] : -Infinity; };
function sort(table, heading) {
  const down = heading.getAttribute("aria-sort") === "ascending" ? -1 : 1;
  const at = heading.cellIndex, body = table.tBodies[0];
  const text = row => row.cells[at].textContent.trim();
  const key = heading.dataset.sort === "number" ? row => number(text(row)) : text;
  const keyed = Array.from(body.rows, row => [key(row), row]);
  keyed.sort(([a], [b]) => down * (typeof a === "number" ? (a > b) - (a < b) : a.localeCompare(b)));
  body.append(...keyed.map(([, row]) => row));
  for (const each of heading.parentNode.cells) each.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down > 0 ? "ascending" : "descending");
}
for (const heading of document.querySelectorAll("th[data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...heading.childNodes);
  button.addEventListener("click", () => sort(heading.closest("table"), heading));
  heading.append(button);
}
