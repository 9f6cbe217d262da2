/* Sealed containers for trade secrets, made and opened in the browser: what is secret never leaves it. The same format as
   commons/evidence/methods/containers.py, which says how and why. Needs the digests of evidence.js on the page. */
(() => {
  "use strict";

  const PIECE = 1 << 20, TAG = 16, ITERATIONS = 600000, FORMAT = "qiantang-container/1";
  const text = new TextEncoder(), words = new TextDecoder();
  const hex = (bytes) => [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
  const bytesOf = (told) => Uint8Array.from(told.match(/../g) || [], (pair) => parseInt(pair, 16));
  const canonical = (o) => JSON.stringify(Object.fromEntries(Object.keys(o).sort().map((k) => [k, o[k]])));
  const joined = (...parts) => {
    const whole = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
    parts.reduce((at, p) => (whole.set(p, at), at + p.length), 0);
    return whole;
  };
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

  const keysOf = async (password, salt, iterations) => {
    const base = await crypto.subtle.importKey("raw", text.encode(password), "PBKDF2", false, ["deriveBits"]);
    const bits = new Uint8Array(await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, base, 512));
    const key = await crypto.subtle.importKey("raw", bits.slice(0, 32), "AES-GCM", false, ["encrypt", "decrypt"]);
    return { key, commitment: hex(await sha256(bits.slice(32))) };
  };
  const nonce = (prefix, count, last) => {
    const end = new Uint8Array(5);
    new DataView(end.buffer).setUint32(0, count);
    end[4] = last ? 1 : 0;
    return joined(prefix, end);
  };
  const slice = async (blob, from, to) => new Uint8Array(await blob.slice(from, to).arrayBuffer());

  /* A Blob that is the container of a file. */
  const sealed = async (file, password, { tell = () => {}, iterations = ITERATIONS } = {}) => {
    const salt = crypto.getRandomValues(new Uint8Array(16)), prefix = crypto.getRandomValues(new Uint8Array(7));
    const { key, commitment } = await keysOf(password, salt, iterations);
    const head = text.encode(`${canonical({
      format: FORMAT, cipher: "AES-256-GCM", kdf: "PBKDF2-SHA256", iterations, piece: PIECE,
      salt: hex(salt), nonce: hex(prefix), commitment,
    })}\n`);
    const companion = await sha256(head);
    const inner = text.encode(`${canonical({ name: file.name, size: file.size })}\n`);
    const whole = new Blob([inner, file]);
    const parts = [head];
    for (let at = 0, count = 0; count === 0 || at < whole.size; at += PIECE, count += 1) {
      const last = at + PIECE >= whole.size;
      const iv = nonce(prefix, count, last);
      const piece = await slice(whole, at, at + PIECE);
      parts.push(new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: companion }, key, piece)));
      tell(Math.min(1, (at + PIECE) / whole.size));
    }
    return new Blob(parts, { type: "application/octet-stream" });
  };

  /* {name, content}; throws "password" or "changed". */
  const opened = async (blob, password) => {
    const start = await slice(blob, 0, 2000);
    const end = start.indexOf(10) + 1;
    let head;
    try { head = JSON.parse(words.decode(start.slice(0, end))); } catch { throw new Error("container"); }
    if (head.format !== FORMAT) throw new Error("container");
    const prefix = bytesOf(head.nonce), companion = await sha256(start.slice(0, end));
    const { key, commitment } = await keysOf(password, bytesOf(head.salt), head.iterations);
    if (commitment !== head.commitment) throw new Error("password");
    const parts = [];
    const size = head.piece + TAG;
    for (let at = end, count = 0; at < blob.size; at += size, count += 1) {
      const iv = nonce(prefix, count, at + size >= blob.size);
      try {
        const piece = await slice(blob, at, at + size);
        parts.push(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: companion }, key, piece)));
      } catch { throw new Error("changed"); }
    }
    if (!parts.length) throw new Error("changed");
    const cut = parts[0].indexOf(10) + 1;
    const inner = JSON.parse(words.decode(parts[0].slice(0, cut)));
    return { name: inner.name, content: new Blob([parts[0].slice(cut), ...parts.slice(1)]) };
  };

  globalThis.qiantangContainer = { sealed, opened };
  if (typeof document === "undefined") return;

  const save = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  };

  const sealing = (form) => {
    const output = form.querySelector("output"), button = form.querySelector("button");
    const [file, one, two] = ["secret", "password", "again"].map((id) => form.querySelector(`#${id}`));
    button.disabled = false;
    form.addEventListener("submit", async (event) => {
      if (form.dataset.sealed) return;
      event.preventDefault();
      if (one.value !== two.value) { output.textContent = output.dataset.differ; two.focus(); return; }
      button.disabled = true;
      try {
        const tell = (share) => { output.textContent = `${output.dataset.busy} ${Math.round(share * 100)} %`; };
        const blob = await sealed(file.files[0], one.value, { tell });
        const made = new File([blob], `${new Date().toISOString().slice(0, 10)}.qtsc`);
        save(made, made.name);
        form.elements.digests.value = JSON.stringify([await globalThis.qiantangDigests(made, tell)]);
        if (form.querySelector("[name=keep]").checked) {
          const carried = new DataTransfer();
          carried.items.add(made);
          form.elements.container.files = carried.files;
        }
        form.dataset.sealed = "1";
        form.requestSubmit();
      } catch { output.textContent = output.dataset.failed; button.disabled = false; }
    });
  };

  const opening = (form) => {
    const output = form.querySelector("output");
    form.addEventListener("submit", async (event) => {
      const local = form.querySelector("#local"), password = form.querySelector("#password").value;
      if (!password) return; // the container alone
      event.preventDefault();
      output.textContent = output.dataset.busy;
      const told = new FormData(form);
      const answer = await fetch(form.action, { method: "POST", body: told });
      if (!answer.ok) { output.textContent = output.dataset.refused; return; }
      const blob = local ? local.files[0] : await answer.blob();
      try {
        const { name, content } = await opened(blob, password);
        save(content, name);
        output.textContent = output.dataset.done;
      } catch (fault) { output.textContent = output.dataset[fault.message] || output.dataset.changed; }
    });
  };

  document.querySelectorAll("form[data-sealing]").forEach(sealing);
  document.querySelectorAll("form[data-opening]").forEach(opening);
})();
