/* Passkeys: a form with data-passkey asks the server what to ask the device, and sends the device's answer as its own field.
   Without this file, or in a browser that knows no passkeys, the forms stay hidden; passwords work as before. */
(() => {
  "use strict";
  const forms = document.querySelectorAll("form[data-passkey]");
  if (!forms.length || !window.PublicKeyCredential || !window.isSecureContext) return;

  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (known) => (known || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const asked = async (form) => {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const answer = await fetch(form.dataset.passkeyAsk, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.redirected || !answer.ok) {
      window.location.assign(answer.redirected ? answer.url : window.location.href);
      return null;
    }
    return (await answer.json()).publicKey;
  };

  const made = async (options) => {
    const credential = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: listed(options.excludeCredentials),
      },
    });
    return {
      clientDataJSON: text(credential.response.clientDataJSON),
      attestationObject: text(credential.response.attestationObject),
      credential,
    };
  };

  const shown = async (options) => {
    const credential = await navigator.credentials.get({
      publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: listed(options.allowCredentials) },
    });
    const { clientDataJSON, authenticatorData, signature, userHandle } = credential.response;
    return {
      clientDataJSON: text(clientDataJSON),
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      ...(userHandle ? { userHandle: text(userHandle) } : {}),
      credential,
    };
  };

  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const button = form.querySelector("button");
      button.disabled = true;
      try {
        const options = await asked(form);
        if (!options) return;
        const { credential, ...response } = await (form.dataset.passkey === "make" ? made : shown)(options);
        form.elements.namedItem("credential").value = JSON.stringify({
          id: credential.id,
          rawId: text(credential.rawId),
          type: credential.type,
          response,
          clientExtensionResults: {},
        });
        form.submit();
      } catch {
        button.disabled = false;
        const note = form.querySelector("[role=status]");
        note.textContent = note.dataset.said;
      }
    });
  }
})();
