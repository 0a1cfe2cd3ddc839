"use strict";
(() => {
  // typing in a statement ticks it
  document.addEventListener("input", (event) => {
    const box = event.target.closest("fieldset.statement")?.querySelector("[name=attest]");
    if (box && event.target !== box) box.checked = true;
  });

  // a decision is sent once
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (event.target.dataset.sent) event.preventDefault();
    event.target.dataset.sent = "yes";
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // a link to a statement opens what it is folded in
  const reveal = () => {
    const found = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!found) return;
    for (let fold = found.parentElement?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
    found.scrollIntoView();
    if (found.id === "done") found.focus({ preventScroll: true });
  };
  addEventListener("hashchange", reveal);
  reveal();

  // a run is watched to its end
  const state = document.querySelector("#state[data-run]");
  const look = async () => {
    try {
      const answer = await fetch(state.dataset.run, { headers: { Accept: "application/json" }, cache: "no-store" });
      const run = await answer.json();
      if (answer.status === 200) return location.reload();
      if (answer.status === 202) state.textContent = `${run.state === "QUEUED" ? "Queued" : "Running"}: ${run.progress}`;
    } catch {
      state.textContent = "It cannot be asked how the run stands; trying again.";
    }
    setTimeout(look, 2000);
  };
  if (state) setTimeout(look, 1000);
})();
