// The chat page's script. The page works without it; with it, new lines come by Server-Sent Events.
"use strict";
(() => {
  const body = document.body, query = body.dataset.query, lines = document.getElementById("lines");
  const form = document.getElementById("talk"), text = document.getElementById("text"), main = document.querySelector("main");
  const toast = document.getElementById("toast"), files = document.getElementById("files");
  const LONGEST = 4000;
  let cursor = body.dataset.cursor, source = null, hiding = 0, pause = 1000, expecting = 0;

  const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), b => b.toString(16).padStart(2, "0")).join("");
  const toEnd = () => { main.scrollTop = 1e9; };
  const notice = words => {
    toast.textContent = words; toast.hidden = false;
    clearTimeout(hiding); hiding = setTimeout(() => { toast.hidden = true; }, 6000);
  };

  // ---- Receiving ----
  const put = (line, old) => {
    // A person who reads further up stays there, unless they have just sent something.
    const follow = Date.now() < expecting || main.scrollHeight - main.scrollTop - main.clientHeight < 120;
    const hello = lines.querySelector(".hello"), waiting = lines.querySelector(".unsent");
    if (hello) hello.remove();
    if (old) { line.classList.add("changed"); old.replaceWith(line); } else if (waiting && !line.matches(".unsent")) waiting.before(line); else lines.append(line);
    if (follow && !old) toEnd();
    if (!old && line.matches(".theirs") && parent !== window) parent.postMessage({heard: true}, location.origin);   // the demo's tabs
  };
  const show = html => {
    const holder = document.createElement("template");
    holder.innerHTML = html;                       // HTML of our own server, which has escaped it
    const line = holder.content.querySelector("li");
    put(line, document.getElementById(line.id));
  };

  const listen = () => {
    if (source) source.close();
    const mine = source = new EventSource("/chat/stream" + (query ? query + "&" : "?") + "after=" + cursor);
    mine.addEventListener("line", event => { cursor = event.lastEventId; show(event.data); });
    mine.addEventListener("toast", event => { cursor = event.lastEventId; notice(event.data); });
    mine.addEventListener("open", () => { pause = 1000; });
    // Another page of this chat has this stream: this page reconnects when somebody looks at it.
    mine.addEventListener("enough", () => { mine.close(); });
    // The stream has ended (no lines yet, or a failed connection): reconnect with growing pauses.
    mine.addEventListener("error", () => {
      if (mine === source && mine.readyState === 2) { pause = Math.min(pause * 2, 30000); setTimeout(() => { if (mine === source) listen(); }, pause); }
    });
  };
  const listenAgain = () => { if (source.readyState === 2 && !document.hidden) { pause = 1000; listen(); } };
  document.addEventListener("visibilitychange", listenAgain);
  addEventListener("online", listenAgain);

  // ---- Sending ----
  // One message at a time, in order; the same key until it is stored, so a retry is the same message.
  const post = async (data, tries = 0) => {
    let told = {}, status = 0;
    try {
      const timeoutMs = data.has("file") ? 180000 : 20000;
      const answer = await fetch(form.action, {method: "POST", body: data, headers: {accept: "application/json"}, signal: AbortSignal.timeout ? AbortSignal.timeout(timeoutMs) : undefined});
      if (answer.ok) { if (!source || source.readyState !== 1) listen(); return {ok: true}; }
      status = answer.status;
      told = await answer.json().catch(() => ({}));
    } catch (error) { /* no answer: told below, after a few tries */ }
    if (status === 403 && !tries) {               // an old page: fetch a new form token, and keep the words
      const fresh = await fetch("/chat" + query).then(page => page.text()).catch(() => "");
      const token = new DOMParser().parseFromString(fresh, "text/html").querySelector("[name=token]");
      if (token) document.querySelectorAll("[name=token]").forEach(field => { field.value = token.value; });
      data.set("token", form.elements.token.value);
      return post(data, 1);
    }
    if ((status === 0 || status === 503) && tries < 4 && navigator.onLine) {
      await new Promise(go => setTimeout(go, 500 * 2 ** tries));
      return post(data, tries + 1);
    }
    return {ok: false, say: told.say || body.dataset.trouble, again: status !== 413 && status !== 415};
  };

  let turn = Promise.resolve();
  const inTurn = data => { expecting = Date.now() + 5000; turn = turn.then(() => post(data)); return turn; };
  const filled = (fields, key) => {
    const data = new FormData(form);
    for (const name of ["button", "start", "language"]) data.delete(name);
    data.set("key", key || newKey());
    data.set("text", "");
    for (const [name, value] of Object.entries(fields)) data.set(name, value);
    if (!fields.text && !fields.withFiles || fields.place) data.delete("file");
    data.delete("withFiles");
    return data;
  };

  // A message that waits or failed is shown in the chat, with its words, until it is stored.
  const waits = new Set();
  const send = async (data, label) => {
    const line = document.createElement("li"), words = document.createElement("p"), note = document.createElement("p");
    line.className = "mine unsent sending"; words.textContent = label; note.className = "note";
    note.textContent = body.dataset.sending;
    line.append(words, note);
    const slow = setTimeout(() => put(line), 800);
    const answer = await inTurn(data);
    clearTimeout(slow);
    if (answer.ok || !answer.again) { line.remove(); if (!answer.ok) notice(answer.say); return answer; }
    line.className = "mine unsent"; note.textContent = "⚠ " + answer.say; note.setAttribute("role", "alert");
    const again = document.createElement("button");
    again.type = "button"; again.className = "again"; again.textContent = body.dataset.again;
    const retry = () => { waits.delete(retry); line.remove(); return send(data, label); };
    again.addEventListener("click", retry);
    line.append(again);
    waits.add(retry);
    put(line);
    return answer;
  };
  addEventListener("online", () => { for (const retry of [...waits]) retry(); });
  addEventListener("beforeunload", event => { if (lines.querySelector(".unsent")) event.preventDefault(); });

  form.addEventListener("submit", async event => {
    const pressed = event.submitter;
    if (pressed && pressed.name === "language") return;    // the page is loaded again in the other language, with the content of the box
    event.preventDefault();
    if (pressed && pressed.name === "button") {
      if (pressed.disabled) return;
      pressed.disabled = true;
      const key = pressed.dataset.key = pressed.dataset.key || newKey();
      const answer = await inTurn(filled({button: pressed.value}, key));
      if (answer.ok) delete pressed.dataset.key; else notice(answer.say);
      pressed.disabled = false;
      return;
    }
    if (pressed && pressed.name === "start") { pressed.parentNode.remove(); send(filled({start: pressed.value}), pressed.textContent); return; }
    const words = text.value.trim(), chosen = form.elements.file.files.length;
    if (!words && !chosen) return;
    if ([...words].length > LONGEST) { notice(body.dataset.long); return; }
    const data = filled({text: words, withFiles: chosen > 0}), label = [words, chosen ? "📎 " + chosen : ""].filter(Boolean).join("\n");
    if (!chosen) data.delete("file");
    text.value = ""; grow();
    form.elements.file.value = ""; files.hidden = true;
    text.focus();
    const answer = await send(data, label);
    // A retry would fail too: put the words back into the box, before what was written since.
    if (!answer.ok && !answer.again && words) { text.value = words + (text.value ? "\n" + text.value : ""); grow(); }
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
      found => { toast.hidden = true; send(filled({place: JSON.stringify([found.coords.latitude, found.coords.longitude, found.coords.accuracy])}), "📍"); },
      () => notice(body.dataset.noPlace), {enableHighAccuracy: true, timeout: 15000, maximumAge: 60000});
  });
  document.querySelectorAll(".clip[data-place]").forEach(button => { button.hidden = false; });
  document.querySelectorAll("[data-forget]").forEach(forget => forget.addEventListener("submit", event => {
    if (!confirm(forget.dataset.forget)) event.preventDefault();
  }));
  addEventListener("message", event => {            // the demo's list of sentences to try
    if (event.origin === location.origin && event.data && typeof event.data.say === "string") { text.value = event.data.say; grow(); text.focus(); }
  });

  grow();
  toEnd();
  listen();
  if (body.dataset.start) { const begin = form.querySelector(".start"); if (begin) begin.remove(); send(filled({start: "/start " + body.dataset.start}), "…"); }
})();
