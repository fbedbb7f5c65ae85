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

// JSON with its keys, texts and numbers told apart.
function listing(text) {
  const code = element("code", "");
  const tokens = /("(?:[^"\\]|\\.)*")(\s*:)?|-?\d[\d.eE+-]*|true|false|null/g;
  let from = 0;
  for (const found of text.matchAll(tokens)) {
    code.append(text.slice(from, found.index));
    const kind = found[1] ? (found[2] ? "k" : "s") : "d";
    code.append(element("span", kind, found[1] || found[0]), found[2] || "");
    from = found.index + found[0].length;
  }
  code.append(text.slice(from));
  return element("pre", "", code);
}

function copyButton(text, what) {
  const button = element("button", "quiet copy", "Copy");
  button.type = "button";
  button.setAttribute("aria-label", "Copy " + what);
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copied";
    } catch {
      // Where a page from disk has no clipboard, the text gets selected instead.
      const lines = button.closest(".rule")?.querySelector("pre");
      if (lines) getSelection().selectAllChildren(lines);
      button.textContent = "Selected";
    }
    setTimeout(() => (button.textContent = "Copy"), 2000);
  });
  return button;
}
