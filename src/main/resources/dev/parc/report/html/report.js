"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const folded = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();
  // by number where there are numbers; ready to compare, for ten thousand rows a collator takes seconds
  const sortable = (text) => text.normalize("NFKD").replace(/\d+/g, (digits) => digits.padStart(20, "0"));
  const counted = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  const make = (tag, attributes, text) => {
    const made = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    if (text !== undefined) made.textContent = text;
    return made;
  };
  const later = (action) => {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(action, 120);
    };
  };

  document.documentElement.classList.add("js");

  // tables: search, order by a column, the first rows until more are wanted

  const alive = new WeakSet();

  function liven(table) {
    if (alive.has(table) || table.tBodies[0].rows.length < 2) return;
    alive.add(table);
    const noun = table.dataset.noun;
    const body = table.tBodies[0];
    const asWritten = [...body.rows].map((row) => ({ row, text: folded(row.textContent) }));
    let rows = asWritten;
    const chunk = Number(table.dataset.shown);
    let limit = chunk;
    const tools = make("div", { class: "tools" });
    const label = make("label", { class: "search" }, "Search ");
    const search = make("input", { type: "search", autocomplete: "off" });
    search.setAttribute("aria-label", `Search ${table.caption.textContent.trim()}`);
    label.append(search);
    const status = make("p", { class: "status", role: "status" });
    const more = make("button", { type: "button", class: "next" });
    const all = make("button", { type: "button", class: "next" });

    function show() {
      const words = folded(search.value).split(" ");
      let hits = 0;
      for (const { row, text } of rows) {
        const hit = words.every((word) => text.includes(word));
        row.hidden = !hit;
        row.classList.toggle("later", hit && hits >= limit);
        if (hit) hits += 1;
      }
      const shown = Math.min(hits, limit);
      status.textContent =
        (shown < hits ? `${shown.toLocaleString("en")} of ` : "") +
        counted(hits, noun) +
        (hits < rows.length ? ` of ${rows.length.toLocaleString("en")}` : "") +
        " shown";
      more.hidden = all.hidden = shown === hits;
      more.textContent = `Show ${Math.min(chunk, hits - shown)} more`;
      all.textContent = `Show all ${hits.toLocaleString("en")}`;
    }

    function order(column, direction) {
      const key = (row) => {
        // without row.cells, a live collection for every row
        let cell = row.firstElementChild;
        for (let at = 0; at < column; at += 1) cell = cell.nextElementSibling;
        return sortable(cell.dataset.key ?? folded(cell.textContent));
      };
      rows = asWritten
        .map((one) => ({ ...one, key: key(one.row) }))
        .sort((a, b) => (a.key < b.key ? -direction : a.key > b.key ? direction : 0));
      body.remove();
      body.replaceChildren(); // ten thousand rows moved one by one from the front take seconds
      body.append(...rows.map(({ row }) => row));
      show();
      table.append(body);
    }

    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const button = make("button", { type: "button" }, head.textContent);
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        order(column, up ? 1 : -1);
      });
    });
    search.addEventListener("input", later(show));
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        show();
      }
    });
    more.addEventListener("click", () => {
      const next = [...body.rows].find((row) => row.classList.contains("later"));
      limit += chunk;
      show();
      next?.firstElementChild.setAttribute("tabindex", "-1");
      next?.firstElementChild.focus();
    });
    all.addEventListener("click", () => {
      limit = Infinity;
      show();
    });
    if (asWritten.length > 7) tools.append(label);
    tools.append(status);
    table.before(tools);
    table.after(more, all);
    show();
  }

  const livenIn = (part) => part.querySelectorAll("table.data[data-noun]").forEach(liven);
  document.querySelectorAll("table.data[data-noun]").forEach((table) => {
    if (!table.closest("details:not([open])")) liven(table);
  });
  document.addEventListener("toggle", (event) => event.target.open && livenIn(event.target), true);

  // answers: search, choose, order, open

  const filter = find("filter");
  const items = [...document.querySelectorAll("details.item")];
  const groups = [...document.querySelectorAll(".answers .group")];
  const flat = make("div", { class: "items" });
  const rank = ["FAIL", "REVIEW", "NOT_ASSESSED", "WAIVED", "PASS", "NOT_APPLICABLE"];
  const orders = {
    outcome: (a, b) => rank.indexOf(a.dataset.outcome) - rank.indexOf(b.dataset.outcome),
    severity: (a, b) => a.dataset.severity - b.dataset.severity,
    findings: (a, b) => b.dataset.findings - a.dataset.findings,
  };
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) {
      const about = folded(item.querySelector("summary").textContent);
      texts.set(item, { about, all: folded(item.textContent) });
    }
    return texts.get(item);
  };

  function choose() {
    const query = folded(find("search").value);
    const words = query.split(" ");
    const outcomes = [...filter.querySelectorAll("[name=outcome]:checked")].map((box) => box.value);
    const stage = find("stage").value;
    const severity = find("severity").value;
    let shown = 0;
    for (const item of items) {
      const hit =
        (!outcomes.length || outcomes.includes(item.dataset.outcome)) &&
        (!stage || item.dataset.stage === stage) &&
        (!severity || item.dataset.severity === severity) &&
        (!query || words.every((word) => textOf(item).all.includes(word)));
      item.hidden = !hit;
      if (hit) shown += 1;
    }
    groups.forEach((group) => {
      group.hidden = !group.querySelector("details.item:not([hidden])");
    });
    find("found").textContent = `${shown} of ${counted(items.length, "item")} shown`;
  }

  function arrange() {
    const by = orders[find("order").value];
    if (by) {
      flat.append(...[...items].sort(by));
      groups[0]?.before(flat);
    } else {
      flat.remove();
      items.forEach((item) =>
        groups.find((group) => group.dataset.stage === item.dataset.stage).querySelector(".items").append(item),
      );
    }
    choose();
  }

  if (items.length) {
    filter.hidden = false;
    filter.addEventListener("submit", (event) => event.preventDefault());
    find("search").addEventListener("input", later(choose));
    filter.addEventListener("change", (event) => (event.target.id === "order" ? arrange() : choose()));
    find("unfold").addEventListener("click", (event) => {
      const open = event.target.getAttribute("aria-pressed") !== "true";
      items.forEach((item) => (item.open = open && !item.hidden));
      event.target.setAttribute("aria-pressed", open);
    });
    choose();
  }

  // a change file is copied as it is

  if (navigator.clipboard) {
    document.querySelectorAll(".change pre").forEach((pre) => {
      const copy = make("button", { type: "button", class: "next copy" }, "Copy");
      copy.setAttribute("aria-label", `Copy: ${pre.getAttribute("aria-label")}`);
      const status = make("span", { class: "status", role: "status" });
      copy.addEventListener("click", () =>
        navigator.clipboard.writeText(pre.textContent).then(
          () => (status.textContent = "Copied"),
          () => (status.textContent = "Not copied: select the text instead")
        )
      );
      pre.before(copy, status);
    });
  }

  // a link to an item opens it

  function openLinked() {
    const id = decodeURIComponent(location.hash.slice(1));
    const item = id && find(id);
    if (!item) return;
    if (item.matches("details.item") && item.hidden) {
      filter.reset();
      arrange();
    }
    if (item.matches("details")) {
      item.open = true;
      item.querySelector("summary").focus({ preventScroll: true });
    }
    item.scrollIntoView();
  }
  addEventListener("hashchange", openLinked);
  openLinked();
})();
