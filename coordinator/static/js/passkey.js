// Passkeys. What stands in [data-passkeys] is shown where the browser can. Its button asks the server what to sign, the
// person for a passkey, and sends its form with the answer:
//   <button data-passkey="get" data-options="/sign-in/passkey/options" data-answer="credential" data-failed="…">
// "create" makes a passkey. What went wrong is told in [data-wrong]: data-failed, or data-known where this device has a
// passkey of the account already. data-again is where the server wants to see first whose browser this is.

const can = window.isSecureContext && window.PublicKeyCredential && navigator.credentials;

function bytes(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
}

function text(buffer) {
  const letters = Array.from(new Uint8Array(buffer), (each) => String.fromCharCode(each)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function read(options) {
  const listed = (list) => list?.map((each) => ({ ...each, id: bytes(each.id) }));
  const read = { ...options, challenge: bytes(options.challenge) };
  if (options.user) read.user = { ...options.user, id: bytes(options.user.id) };
  if (options.excludeCredentials) read.excludeCredentials = listed(options.excludeCredentials);
  if (options.allowCredentials) read.allowCredentials = listed(options.allowCredentials);
  return read;
}

function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

async function prove(form, button) {
  const headers = { "X-CSRFToken": form.elements.csrf_token.value, Accept: "application/json" };
  const answer = await fetch(button.dataset.options, { method: "POST", headers });
  if (answer.status === 401 && button.dataset.again) return location.assign(button.dataset.again);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const credential = await navigator.credentials[button.dataset.passkey]({ publicKey: read(await answer.json()) });
  form.elements[button.dataset.answer].value = written(credential);
  form.submit();
}

async function press(event) {
  const button = event.submitter;
  if (!button?.matches("[data-passkey]")) return;
  event.preventDefault();
  const wrong = button.closest("[data-passkeys]").querySelector("[data-wrong]");
  wrong.hidden = button.disabled = true;
  try {
    await prove(event.target, button);
  } catch (fault) {
    wrong.textContent = fault.name === "InvalidStateError" ? button.dataset.known : button.dataset.failed;
    wrong.hidden = button.disabled = false;
  }
}

for (const part of can ? document.querySelectorAll("[data-passkeys]") : []) {
  part.hidden = false;
  part.closest("form").addEventListener("submit", press);
}
