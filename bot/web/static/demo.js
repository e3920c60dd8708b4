// The demo's page: move the clock without losing the chats, and put a sentence into a chat's box.
"use strict";
(() => {
  const clock = document.getElementById("clock"), form = clock.closest("form");
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const data = new URLSearchParams({move: event.submitter.value});
    const answer = await fetch(form.action, {method: "POST", body: data, headers: {accept: "application/json"}});
    if (answer.ok) clock.textContent = (await answer.json()).clock;
  });
  document.querySelectorAll("[data-role]").forEach(button => button.addEventListener("click", () => {
    document.getElementById(button.dataset.role).contentWindow.postMessage({say: button.textContent}, location.origin);
  }));
})();
