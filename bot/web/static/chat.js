// The chat page's own small script. Everything works without it; with it lines come by themselves.
"use strict";
(() => {
  const body = document.body, query = body.dataset.query, lines = document.getElementById("lines");
  const form = document.getElementById("talk"), text = document.getElementById("text");
  const toast = document.getElementById("toast"), files = document.getElementById("files");
  let cursor = body.dataset.cursor, source = null, hiding = 0, pause = 1000;

  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, "0")).join("");
  const toEnd = () => { document.querySelector("main").scrollTop = 1e9; };
  const notice = words => {
    toast.textContent = words; toast.hidden = false;
    clearTimeout(hiding); hiding = setTimeout(() => { toast.hidden = true; }, 6000);
  };

  const show = html => {
    const holder = document.createElement("template");
    holder.innerHTML = html;                       // our own server's line: escaped there
    const line = holder.content.querySelector("li"), old = document.getElementById(line.id);
    const hello = lines.querySelector(".hello");
    if (hello) hello.remove();
    if (old) old.replaceWith(line); else { lines.append(line); toEnd(); }
  };

  const listen = () => {
    if (source) source.close();
    source = new EventSource("/chat/stream" + (query ? query + "&" : "?") + "after=" + cursor);
    source.addEventListener("line", event => { cursor = event.lastEventId; show(event.data); });
    // Closed for good (nothing to hear yet, or a broken line): look again, less and less often.
    const mine = source;
    mine.addEventListener("error", () => {
      if (mine === source && mine.readyState === 2) { pause = Math.min(pause * 2, 30000); setTimeout(() => { if (mine === source) listen(); }, pause); }
    });
    mine.addEventListener("open", () => { pause = 1000; });
    source.addEventListener("toast", event => { cursor = event.lastEventId; notice(event.data); });
  };

  // One message at a time, in order; the same key until it is taken, so a retry is the same message.
  let turn = Promise.resolve();
  const send = fields => {
    const data = new FormData(form);
    data.set("key", newKey());
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    if (!("text" in fields)) data.set("text", "");
    if (!fields.withFiles) data.delete("file");
    data.delete("withFiles");
    const once = async tries => {
      try {
        const answer = await fetch(form.action, {method: "POST", body: data, headers: {accept: "application/json"}});
        if (answer.ok) { if (!source || source.readyState !== 1) listen(); return true; }
        const told = await answer.json().catch(() => ({}));
        if (answer.status === 503 && tries < 4) throw new Error("again");
        notice(told.say || body.dataset.trouble);
        return false;
      } catch (error) {
        if (tries < 4) { await new Promise(go => setTimeout(go, 500 * 2 ** tries)); return once(tries + 1); }
        notice(body.dataset.trouble);
        return false;
      }
    };
    turn = turn.then(() => once(0));
    return turn;
  };

  let busy = false;
  form.addEventListener("submit", async event => {
    event.preventDefault();
    const pressed = event.submitter;
    if (pressed && pressed.name === "button") {
      if (pressed.disabled) return;
      pressed.disabled = true;
      await send({button: pressed.value});
      pressed.disabled = false;
      return;
    }
    if (pressed && pressed.name === "start") { pressed.parentNode.remove(); await send({text: pressed.value}); return; }
    const words = text.value.trim(), attached = form.elements.file.files.length;
    if (busy || (!words && !attached)) return;
    busy = true;
    text.value = ""; grow();
    const good = await send({text: words, withFiles: attached > 0});
    if (good) { form.elements.file.value = ""; files.hidden = true; } else if (!text.value) { text.value = words; grow(); }
    busy = false; text.focus();
  });

  const grow = () => { text.style.height = "auto"; text.style.height = Math.min(text.scrollHeight, 140) + "px"; };
  text.addEventListener("input", grow);
  text.addEventListener("keydown", event => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && matchMedia("(hover: hover)").matches) {
      event.preventDefault(); form.requestSubmit();
    }
  });
  form.elements.file.addEventListener("change", event => {
    const count = event.target.files.length;
    files.hidden = !count; files.textContent = body.dataset.files.replace("0", count);
  });

  document.addEventListener("click", event => {
    if (!event.target.closest("[data-place]")) return;
    if (!navigator.geolocation) { notice(body.dataset.noPlace); return; }
    notice(body.dataset.locating);
    navigator.geolocation.getCurrentPosition(
      found => { toast.hidden = true; send({place: JSON.stringify([found.coords.latitude, found.coords.longitude, found.coords.accuracy])}); },
      () => notice(body.dataset.noPlace), {enableHighAccuracy: true, timeout: 15000, maximumAge: 60000});
  });
  document.querySelectorAll(".clip[data-place]").forEach(button => { button.hidden = false; });
  document.querySelectorAll("[data-forget]").forEach(forget => forget.addEventListener("submit", event => {
    if (!confirm(forget.dataset.forget)) event.preventDefault();
  }));
  addEventListener("message", event => {            // the demo's list of sentences to try
    if (event.origin === location.origin && event.data && typeof event.data.say === "string") { text.value = event.data.say; grow(); text.focus(); }
  });

  toEnd();
  listen();
  if (body.dataset.start) { const begin = form.querySelector(".start"); if (begin) begin.remove(); send({text: "/start " + body.dataset.start}); }
})();
