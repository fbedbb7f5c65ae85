// The page of one tool, made when it is opened.
function toolPage(tool, data) {
  return [
    head(tool),
    part("How sure is that?", "What speaks for the class, and against it.", ...sure(tool)),
    tool.arguments.length ? part("What can be asked of it?", "The arguments, required ones first. What one seems to be used as stands beside its type.", argumentList(tool)) : null,
    part("How is it abused?", "What fits its class, its arguments and its definition, the nearest first.", attacks(tool, data)),
    part("Which rule is recommended?", data.standalone, element("div", "rules", ...tool.rules.map(recommended))),
    ...data.aims.map(([aim, question, meaning]) => part(question, capital(meaning) + ".", element("div", "rules", ...tool.ways.filter((way) => way[0] === aim).map(way)))),
    tool.related.length ? part("What belongs to it?", "Tools of this server that speak of the same thing.", related(tool, data)) : null,
  ].filter(Boolean);
}

const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);

function part(title, hint, ...children) {
  return element("section", "part", element("h3", "", title), element("p", "hint", ...sentence(hint)), ...children);
}

function head(tool) {
  const title = element("h2", "", ...breakable(tool.name));
  title.tabIndex = -1;
  title.id = "tool-name";
  // Places where a line may break would be read as blanks.
  title.setAttribute("aria-label", tool.name);
  const back = element("a", "quiet back", "← All tools");
  back.href = "#";
  const shut = element("button", "quiet shut", "Close");
  shut.type = "button";
  shut.addEventListener("click", () => history.length > 1 && (location.hash = "#"));
  const badges = element(
    "p", "badges",
    element("span", "badge risk risk-" + tool.risk.toLowerCase(), meter(), tool.risk + " risk"),
    element("span", "class class-" + tool.class.toLowerCase(), tool.class),
    tool.sure === "low" ? element("span", "risk risk-high", "class not sure") : null,
    element("span", "of", "server " + visible(tool.server)),
    ...tool.tags.map((tag) => element("span", "tag", tag)),
  );
  const quote = element("blockquote", "quote", element("cite", "", tool.title ? "The server calls it “" + tool.title + "” and says" : "The server says"), tool.said ?? "nothing about it.");
  return element("header", "sheet-top", element("div", "bar-top", back, shut), title, badges, quote, ...tool.signs.map((sign) => element("p", "warn", "Caution: " + sign + ".")));
}

function meter() {
  const made = element("span", "meter");
  made.setAttribute("aria-hidden", "true");
  return made;
}

// What shows nothing must not hide in the name of a server either.
const visible = (text) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (c) => "\\u" + c.codePointAt(0).toString(16).padStart(4, "0"));

function sure(tool) {
  const [reviewed, by, on, why] = tool.review;
  const facts = element(
    "ul", "facts",
    element("li", tool.sure === "low" ? "bad" : tool.sure === "high" ? "good" : "", "Confidence " + tool.confidence + "."),
    element("li", by && !reviewed.includes("another") ? "good" : "", capital(reviewed) + (by ? ", by " + by + " on " + on + ": " + why.replace(/\.$/, "") : "") + "."),
    element("li", tool.pin.includes("changed since") ? "bad" : tool.pin.startsWith("pinned:") ? "good" : "", capital(tool.pin) + "."),
  );
  if (!tool.evidence.length) {
    facts.append(element("li", "", "Nothing is on record that speaks for the class."));
    return [facts];
  }
  const spoken = tool.evidence.map(([signal, where, says]) =>
    element("div", "", element("dt", "", capital(signal), element("span", "need", ...breakable(where))), element("dd", "", ...sentence(says))));
  return [facts, element("dl", "pairs", ...spoken)];
}

function argumentList(tool) {
  return element("dl", "pairs", ...tool.arguments.map(([name, type, required, kinds, choices, said]) =>
    element(
      "div", "",
      element("dt", "", element("code", "", ...breakable(name)), element("span", "need", required ? "required" : "optional")),
      element(
        "dd", "", type, kinds ? element("span", "kind", kinds) : null,
        said ? element("span", "told", said) : null,
        choices ? element("span", "told", "one of ", element("code", "", choices)) : null,
      ),
    )));
}

function attacks(tool, data) {
  return element("div", "attacks", ...tool.attacks.map(([id, because, names], number) => {
    const pattern = data.attacks[id];
    const why = element("span", "why", because, ...(names.length ? [": ", ...names.flatMap((name, at) => [at ? ", " : "", element("code", "", name)])] : []));
    const refs = element("dd", "refs", ...pattern.refs.map(([ref, title, address]) => {
      const link = element("a", "", ref);
      link.href = address;
      link.title = title;
      link.rel = "noreferrer noopener external";
      link.append(element("span", "sr", " " + title));
      return link;
    }));
    const made = element(
      "details", "attack",
      element("summary", "", element("span", "", pattern.title, why)),
      element(
        "dl", "",
        element("dt", "", "How it goes"), element("dd", "", ...sentence(pattern.how)),
        element("dt", "", "Needs"), element("dd", "", ...sentence(pattern.needs)),
        element("dt", "", "Stopped by"), element("dd", "", ...sentence(pattern.stops)),
        element("dt", "", "Known as"), refs,
      ),
    );
    made.open = number === 0;
    return made;
  }));
}

function recommended([profiles, words, doubts, text]) {
  const names = profiles.map(([name]) => name).join(" and ");
  const said = element(
    "p", "", element("b", "", capital(words)),
    ...profiles.map(([name, meaning]) => element("small", "", element("code", "", name), ", " + meaning)),
    ...doubts.map((doubt) => element("span", "doubt", capital(doubt) + ".")),
  );
  return element("section", "rule", element("header", "", said, copyButton(text, "the rule for " + names)), listing(text));
}

function way([, words, text]) {
  return element("section", "rule", element("header", "", element("p", "", ...sentence(words)), copyButton(text, "this policy")), listing(text));
}

function related(tool, data) {
  return element("ul", "related", ...tool.related.map(([place, name, category, relation]) => {
    const shown = element(place === null ? "span" : "a", "name", ...breakable(name));
    if (place !== null) shown.href = "#" + data.tools[place].link;
    return element("li", "", shown, element("span", "class class-" + category.toLowerCase(), category), element("span", "", relation));
  }));
}
