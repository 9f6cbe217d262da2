/* Digests in the browser, so that a file need not leave it: SHA-256 and SM3, piece by piece. Without this script the
   forms send the file and the server digests it. */
(() => {
  "use strict";

  const PIECE = 4 * 1024 * 1024;
  const rotated = (word, by) => (by & 31 ? (word << (by & 31)) | (word >>> (32 - (by & 31))) : word);

  /* Both digests take blocks of 64 bytes, padded alike (FIPS 180-4, 5.1.1; GB/T 32905, 5.2). */
  class Digest {
    constructor(start) {
      this.state = Int32Array.from(start);
      this.rest = new Uint8Array(64);
      this.held = 0;
      this.size = 0;
    }
    add(bytes) {
      this.size += bytes.length;
      let at = 0;
      if (this.held) {
        at = Math.min(64 - this.held, bytes.length);
        this.rest.set(bytes.subarray(0, at), this.held);
        this.held += at;
        if (this.held < 64) return;
        this.block(new DataView(this.rest.buffer), 0);
        this.held = 0;
      }
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (; at + 64 <= bytes.length; at += 64) this.block(view, at);
      this.rest.set(bytes.subarray(at), 0);
      this.held = bytes.length - at;
    }
    hex() {
      const bits = this.size * 8;
      const end = new Uint8Array(this.held < 56 ? 64 - this.held : 128 - this.held);
      end[0] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - 8, Math.floor(bits / 4294967296));
      view.setUint32(end.length - 4, bits >>> 0);
      this.add(end);
      return [...this.state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    }
  }

  const PRIMES = [];
  for (let n = 2; PRIMES.length < 64; n += 1) if (PRIMES.every((one) => n % one)) PRIMES.push(n);
  const part = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  const K = Int32Array.from(PRIMES.map((one) => part(Math.cbrt(one))));

  class Sha256 extends Digest {
    constructor() {
      super(PRIMES.slice(0, 8).map((one) => part(Math.sqrt(one))));
      this.w = new Int32Array(64);
    }
    block(view, at) {
      const { w, state } = this;
      for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 64; i += 1) {
        const x = w[i - 15], y = w[i - 2];
        const s0 = rotated(x, 25) ^ rotated(x, 14) ^ (x >>> 3);
        const s1 = rotated(y, 15) ^ rotated(y, 13) ^ (y >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const t1 = (h + (rotated(e, 26) ^ rotated(e, 21) ^ rotated(e, 7)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        const t2 = ((rotated(a, 30) ^ rotated(a, 19) ^ rotated(a, 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] = (state[place] + word) | 0; });
    }
  }

  class Sm3 extends Digest {
    constructor() {
      super([0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e]);
      this.w = new Int32Array(68);
    }
    block(view, at) {
      const { w, state } = this;
      for (let i = 0; i < 16; i += 1) w[i] = view.getInt32(at + 4 * i);
      for (let i = 16; i < 68; i += 1) {
        const x = w[i - 16] ^ w[i - 9] ^ rotated(w[i - 3], 15);
        w[i] = x ^ rotated(x, 15) ^ rotated(x, 23) ^ rotated(w[i - 13], 7) ^ w[i - 6];
      }
      let [a, b, c, d, e, f, g, h] = state;
      for (let i = 0; i < 64; i += 1) {
        const s1 = rotated((rotated(a, 12) + e + rotated(i < 16 ? 0x79cc4519 : 0x7a879d8a, i)) | 0, 7);
        const s2 = s1 ^ rotated(a, 12);
        const ff = i < 16 ? a ^ b ^ c : (a & b) | (a & c) | (b & c);
        const gg = i < 16 ? e ^ f ^ g : (e & f) | (~e & g);
        const t1 = (ff + d + s2 + (w[i] ^ w[i + 4])) | 0;
        const t2 = (gg + h + s1 + w[i]) | 0;
        d = c; c = rotated(b, 9); b = a; a = t1; h = g; g = rotated(f, 19); f = e; e = t2 ^ rotated(t2, 9) ^ rotated(t2, 17);
      }
      [a, b, c, d, e, f, g, h].forEach((word, place) => { state[place] ^= word; });
    }
  }

  const digestsOf = async (file, tell) => {
    const [sha256, sm3] = [new Sha256(), new Sm3()];
    for (let at = 0; at < file.size; at += PIECE) {
      const bytes = new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer());
      sha256.add(bytes);
      sm3.add(bytes);
      tell(Math.min(1, (at + PIECE) / file.size));
    }
    return { name: file.name, size: file.size, sha256: sha256.hex(), sm3: sm3.hex() };
  };

  globalThis.qiantangDigests = digestsOf;

  const show = (output, told) => {
    output.replaceChildren(...told.flatMap((one) => {
      const line = document.createElement("p");
      line.append(one.name);
      const lines = [["SHA-256", one.sha256], ["SM3", one.sm3]].map(([name, value]) => {
        const code = document.createElement("code");
        code.textContent = `${name} ${value}`;
        return code;
      });
      return told.length > 5 ? [line] : [line, ...lines];
    }));
  };

  const digestAll = async (form, files) => {
    const output = form.querySelector("output");
    const told = [];
    try {
      for (const file of files) {
        told.push(await digestsOf(file, (share) => {
          output.textContent = `${output.dataset.busy} ${Math.round(share * 100)} %`;
        }));
      }
      show(output, told);
      return told;
    } catch {
      output.textContent = output.dataset.failed;
      return [];
    }
  };

  const depositing = (form) => {
    const input = form.querySelector("input[type=file]");
    const button = form.querySelector("button");
    input.addEventListener("change", async () => {
      button.disabled = true;
      const told = await digestAll(form, [...input.files].filter((file) => file.size));
      form.elements.digests.value = told.length ? JSON.stringify(told) : "";
      button.disabled = false;
    });
    form.addEventListener("submit", () => {
      const keeps = form.querySelector("[data-keep]").checked && input.files.length === 1;
      if (form.elements.digests.value && !keeps) input.disabled = true; // the file stays here
    });
  };

  const verifying = (form) => {
    const input = form.querySelector("input[type=file]");
    form.addEventListener("submit", async (event) => {
      const [file] = input.files;
      if (!file || file.name.toLowerCase().endsWith(".zip")) return;
      event.preventDefault();
      const [told] = await digestAll(form, [file]);
      if (told) window.location.assign(`${form.dataset.verifying}?sha256=${told.sha256}`);
    });
  };

  document.querySelectorAll("form[data-digesting]").forEach(depositing);
  document.querySelectorAll("form[data-verifying]").forEach(verifying);
})();
