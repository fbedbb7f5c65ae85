// Searching and filtering: which rows of the list are to be seen.
class Browser {
  constructor(data) {
    this.rows = [...$("list").children];
    this.facts = data.tools.map((tool) => ({
      text: [tool.name, tool.title, tool.said, tool.server, ...tool.arguments.flatMap(([name, , , , , said]) => [name, said])].join("\n").toLowerCase(),
      class: [tool.class], risk: [tool.risk], tag: tool.tags, on: [tool.server],
    }));
    this.toggles = [...document.querySelectorAll(".toggle")];
    this.chosen = new Map();
  }

  // Of several values of one kind any will do; every word of the search has to be there.
  fits(facts, words) {
    for (const [key, values] of this.chosen) {
      if (values.size && !facts[key].some((value) => values.has(value))) return false;
    }
    return words.every((word) => facts.text.includes(word));
  }

  update() {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    this.facts.forEach((facts, place) => {
      const fits = this.fits(facts, words);
      count += fits;
      if (this.rows[place].hidden === fits) this.rows[place].hidden = !fits;
    });
    const chosen = [...this.chosen.values()].reduce((sum, values) => sum + values.size, 0);
    const all = this.rows.length;
    const number = (n) => n.toLocaleString("en");
    const narrowed = Boolean(words.length || chosen);
    $("count").textContent = narrowed ? number(count) + " of " + number(all) + (all === 1 ? " tool" : " tools") : number(all) + (all === 1 ? " tool" : " tools") + ", the riskiest first";
    $("chosen").textContent = chosen ? "(" + chosen + ")" : "";
    $("clear").hidden = !narrowed;
    $("none").hidden = count > 0;
    $("list").hidden = count === 0;
  }

  toggle(button) {
    const { key, value } = button.dataset;
    const values = this.chosen.get(key) ?? new Set();
    this.chosen.set(key, values);
    const press = !values.has(value);
    press ? values.add(value) : values.delete(value);
    button.setAttribute("aria-pressed", String(press));
    this.update();
  }

  clear() {
    $("q").value = "";
    this.chosen.clear();
    this.toggles.forEach((button) => button.setAttribute("aria-pressed", "false"));
    this.update();
  }

  // The part of an address that brings the same rows back.
  get address() {
    const parts = $("q").value ? ["q=" + encodeURIComponent($("q").value)] : [];
    for (const [key, values] of this.chosen) for (const value of values) parts.push(key + "=" + encodeURIComponent(value));
    return parts.join("&");
  }

  restore(parameters) {
    $("q").value = parameters.get("q") ?? "";
    for (const button of this.toggles) {
      if (parameters.getAll(button.dataset.key).includes(button.dataset.value)) this.toggle(button);
    }
    this.update();
  }

  // The link of the next row that is to be seen, in either direction.
  neighbour(link, step) {
    let row = link.parentElement;
    do row = step > 0 ? row.nextElementSibling : row.previousElementSibling;
    while (row && row.hidden);
    return row?.firstElementChild ?? null;
  }

  get first() {
    return this.rows.find((row) => !row.hidden)?.firstElementChild ?? null;
  }
}
