// So many rows are laid out at once; scrolling brings the rest, since no browser lays out thousands in no time.
const CHUNK = 150;

// Searching and filtering: which rows of the list are to be seen.
class Browser {
  constructor(data) {
    this.rows = [...$("list").children];
    this.places = new Map(this.rows.map((row, place) => [row, place]));
    this.facts = data.tools.map((tool) => ({
      text: [tool.name, tool.title, tool.said, tool.server, ...tool.arguments.flatMap(([name, , , , , said]) => [name, said])].join("\n").toLowerCase(),
      class: [tool.class], risk: [tool.risk], tag: tool.tags, on: [tool.server],
    }));
    this.toggles = [...document.querySelectorAll(".toggle")];
    this.chosen = new Map();
    this.fitting = this.rows.map((_, place) => place);
    this.shown = 0;
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
    for (const place of this.fitting.slice(0, this.shown)) this.rows[place].classList.remove("on");
    this.fitting = this.facts.flatMap((facts, place) => (this.fits(facts, words) ? [place] : []));
    this.shown = 0;
    this.extend();
    const chosen = [...this.chosen.values()].reduce((sum, values) => sum + values.size, 0);
    const [count, all] = [this.fitting.length, this.rows.length].map((number) => number.toLocaleString("en"));
    const tools = this.rows.length === 1 ? " tool" : " tools";
    const narrowed = Boolean(words.length || chosen);
    $("count").textContent = narrowed ? count + " of " + all + tools : all + tools + ", the riskiest first";
    $("chosen").textContent = chosen ? "(" + chosen + ")" : "";
    $("clear").hidden = !narrowed;
    $("none").hidden = this.fitting.length > 0;
    $("list").hidden = this.fitting.length === 0;
  }

  extend(by = CHUNK) {
    const next = this.fitting.slice(this.shown, this.shown + by);
    for (const place of next) this.rows[place].classList.add("on");
    this.shown += next.length;
    $("more").hidden = this.shown >= this.fitting.length;
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

  // The link of the next row that fits, in either direction.
  neighbour(link, step) {
    const at = this.fitting.indexOf(this.places.get(link.parentElement)) + step;
    if (at >= this.shown) this.extend();
    return this.link(this.fitting[at]);
  }

  link(place) {
    return this.rows[place]?.firstElementChild ?? null;
  }

  get first() {
    return this.link(this.fitting[0]);
  }
}
