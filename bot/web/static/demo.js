// The demo's page: move the clock without losing the chats, put a sentence into a chat's box, and on a telephone show
// one chat at a time.
"use strict";
(() => {
  const clock = document.getElementById("clock"), form = clock.closest("form");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const data = new URLSearchParams({move: event.submitter.value});
    const answer = await fetch(form.action, {method: "POST", body: data, headers: {accept: "application/json"}});
    if (answer.ok) clock.textContent = (await answer.json()).clock;
  });
  document.querySelectorAll(".try [data-role]").forEach(button => button.addEventListener("click", () => {
    document.getElementById(button.dataset.role).contentWindow.postMessage({say: button.textContent}, location.origin);
  }));

  const tabs = [...document.querySelectorAll(".tabs button")];
  const choose = tab => tabs.forEach(each => {
    each.setAttribute("aria-selected", each === tab);
    document.getElementById(each.dataset.role).closest("section").classList.toggle("chosen", each === tab);
    if (each === tab) each.classList.remove("news");
  });
  tabs.forEach(tab => tab.addEventListener("click", () => choose(tab)));
  addEventListener("message", event => {
    if (event.origin !== location.origin || !event.data || !event.data.heard) return;
    const tab = tabs.find(each => document.getElementById(each.dataset.role).contentWindow === event.source);
    if (tab && tab.getAttribute("aria-selected") !== "true") tab.classList.add("news");
  });
  document.body.classList.add("tabbed");
  choose(tabs[0]);
})();
