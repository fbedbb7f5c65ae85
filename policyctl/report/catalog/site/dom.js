"use strict";
// Texts become text nodes and attributes; nothing here ever parses markup.
const $ = (id) => document.getElementById(id);

// element("p", "class", "text", child, …); a null child is left out.
function element(tag, style, ...children) {
  const made = document.createElement(tag);
  if (style) made.className = style;
  made.append(...children.filter((child) => child !== null && child !== ""));
  return made;
}

// A sentence of the catalog's own words, in which every second backtick ends a word of the policy.
function sentence(words) {
  return words.split("`").map((part, number) => (number % 2 ? element("code", "", part) : part));
}

// A long name with places where a line may break: before the capitals and behind the signs within it.
function breakable(name) {
  return name.split(/(?<=[a-z0-9])(?=[A-Z])|(?<=[_./:-])(?=[^_./:-])/).flatMap((part, at) => (at ? [document.createElement("wbr"), part] : [part]));
}

// JSON line by line, so that a line which wraps goes on behind its own indentation.
function listing(text) {
  return element("pre", "", element("code", "", ...text.trimEnd().split("\n").map(lineOf)));
}

// Keys, texts and numbers told apart.
function lineOf(line) {
  const made = element("span", "line");
  made.style.setProperty("--in", line.search(/\S|$/));
  let from = 0;
  for (const found of line.matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g)) {
    made.append(line.slice(from, found.index));
    const kind = found[1] ? (found[2] ? "k" : "s") : "d";
    made.append(element("span", kind, found[1] || found[0]), found[2] || "");
    from = found.index + found[0].length;
  }
  made.append(line.slice(from));
  return made;
}

function copyButton(text, what) {
  const button = element("button", "quiet copy");
  button.type = "button";
  const say = (word) => {
    button.textContent = word;
    button.setAttribute("aria-label", word + " " + what);
  };
  say("Copy");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      say("Copied");
    } catch {
      // Where a page from disk has no clipboard, the text gets selected instead.
      const lines = button.closest(".rule")?.querySelector("pre");
      if (lines) getSelection().selectAllChildren(lines);
      say("Selected");
    }
    setTimeout(say, 2000, "Copy");
  });
  return button;
}
