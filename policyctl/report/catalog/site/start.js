(() => {
  const data = JSON.parse($("data").textContent);
  const browser = new Browser(data);
  const byLink = new Map(data.tools.map((tool, place) => [tool.link, place]));
  const title = document.title;
  let open = null;

  function parameters() {
    return new URLSearchParams(location.hash.slice(1));
  }

  // A link as the list writes it, or one typed by hand, with the name alone.
  function asked() {
    const link = location.hash.slice(1).split("&").filter((part) => /^(tool|server)=/.test(part)).join("&");
    if (byLink.has(link)) return byLink.get(link);
    const name = parameters().get("tool");
    return name === null ? null : data.tools.findIndex((tool) => tool.name === name);
  }

  function show(event) {
    const place = asked();
    const page = $("page");
    if (open !== null) browser.link(open).removeAttribute("aria-current");
    const left = open;
    open = place === -1 ? null : place;
    document.body.classList.toggle("open", place !== null);
    page.hidden = place === null;
    if (place === null) {
      document.title = title;
      page.replaceChildren();
      if (left !== null) (browser.rows[left].classList.contains("on") ? browser.link(left) : browser.first)?.focus();
      return;
    }
    if (place === -1) {
      page.replaceChildren(element("section", "part", element("h3", "", "No such tool"), element("p", "hint", "The address names a tool that is not in this catalog.")));
      return;
    }
    const tool = data.tools[place];
    page.replaceChildren(...toolPage(tool, data));
    page.scrollTop = 0;
    document.title = tool.name + " · " + title;
    const link = browser.link(place);
    link.setAttribute("aria-current", "true");
    // At the start the reader has not asked for anything to move.
    if (event) page.querySelector("h2").focus({ preventScroll: true });
    if (getComputedStyle(page).position !== "sticky") scrollTo(0, 0);
    else {
      link.scrollIntoView({ block: "nearest" });
      if (page.getBoundingClientRect().top < 0) page.scrollIntoView({ block: "start" });
    }
  }

  function keep() {
    const parts = [open === null ? "" : data.tools[open].link, browser.address].filter(Boolean);
    history.replaceState(null, "", parts.length ? "#" + parts.join("&") : location.pathname + location.search);
  }

  function close() {
    history.pushState(null, "", "#" + browser.address);
    show("closed");
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    const isTyping = target === $("q");
    if (event.key === "/" && !isTyping) {
      event.preventDefault();
      if (open !== null && getComputedStyle($("page")).position !== "sticky") close();
      $("q").focus();
      $("q").select();
    } else if (event.key === "Escape") {
      if (isTyping && $("q").value) {
        $("q").value = "";
        browser.update();
        keep();
      } else if (open !== null) close();
      else if (isTyping) target.blur();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      const onRow = target.classList?.contains("row");
      if (!onRow && !isTyping) return;
      const next = isTyping ? (step > 0 ? browser.first : null) : browser.neighbour(target, step);
      if (next) {
        event.preventDefault();
        next.focus();
      } else if (onRow && step < 0) $("q").focus();
    } else if (event.key === "Enter" && isTyping) browser.first?.click();
  }

  const themes = [["", "Auto"], ["light", "Light"], ["dark", "Dark"]];
  function paint(theme) {
    const [name, words] = themes.find(([known]) => known === theme) ?? themes[0];
    if (name) document.documentElement.dataset.theme = name;
    else delete document.documentElement.dataset.theme;
    $("theme-name").textContent = words;
    return name;
  }
  function remembered(theme) {
    // A page from disk may have no memory.
    try {
      if (theme === undefined) return localStorage.getItem("policyctl-theme") ?? "";
      localStorage.setItem("policyctl-theme", theme);
    } catch {}
    return theme ?? "";
  }

  let theme = paint(parameters().get("theme") ?? remembered());
  $("theme").addEventListener("click", () => {
    const at = themes.findIndex(([known]) => known === theme);
    theme = paint(remembered(themes[(at + 1) % themes.length][0]));
  });
  $("q").addEventListener("input", () => {
    browser.update();
    keep();
  });
  browser.toggles.forEach((button) => button.addEventListener("click", () => {
    browser.toggle(button);
    keep();
  }));
  $("clear").addEventListener("click", () => {
    browser.clear();
    keep();
    $("q").focus();
  });
  $("more").addEventListener("click", () => browser.extend());
  new IntersectionObserver((seen) => seen.some((entry) => entry.isIntersecting) && browser.extend(), { rootMargin: "600px" }).observe($("more"));
  addEventListener("beforeprint", () => browser.extend(Infinity));
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", show);
  addEventListener("popstate", show);

  for (const id of ["find", "theme", "keys"]) $(id).hidden = false;
  if (matchMedia("(max-width: 44rem)").matches) $("filters").open = false;
  browser.restore(parameters());
  if (asked() !== null) show();
})();
