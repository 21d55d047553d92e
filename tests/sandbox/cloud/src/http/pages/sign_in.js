"use strict";

// What a person can act on, for each outcome the cloud tells.
const TEXTS = {
  ok: ["good", "You are signed in.", ""],
  not_ok: ["bad", "User name or password is not right.", "Check both and try again."],
  locked: ["bad", "Your account is locked.", "Ask your administrator to unlock it, or wait."],
  password_expired: ["bad", "Your password has expired.", "Set a new one on a company computer, then sign in again."],
  must_change_password: ["bad", "Your password must be changed first.", "Change it on a company computer, then sign in again."],
  directory_unavailable: ["bad", "Your company's directory cannot be reached at the moment.", "Try again in a few minutes."],
  throttled: ["bad", "There were too many attempts.", "Wait a few minutes before the next one."],
  expired_request: ["bad", "That took too long.", "Try again."],
};
const OFFLINE = ["bad", "The cloud cannot be reached.", "Check your connection and try again."];

const form = document.getElementById("sign-in");
const message = document.getElementById("message");
const button = form.querySelector("button");

function show([kind, what, next]) {
  const box = document.createElement("div");
  box.className = `note ${kind}`;
  const strong = document.createElement("strong");
  strong.textContent = what;
  box.append(strong, next ? ` ${next}` : "");
  message.replaceChildren(box);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const { user, password } = form.elements;
  for (const field of [user, password]) {
    if (!field.value) {
      show(["bad", field === user ? "Type your user name." : "Type your password.", ""]);
      field.focus();
      return;
    }
  }
  button.disabled = true;
  button.textContent = "Signing in…";
  try {
    const response = await fetch("/v1/sign-in", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user: user.value, password: password.value }),
    });
    const { outcome } = await response.json();
    show(TEXTS[outcome] ?? TEXTS.not_ok);
    if (outcome !== "ok") password.focus();
  } catch {
    show(OFFLINE);
  } finally {
    password.value = "";
    button.disabled = false;
    button.textContent = "Sign in";
  }
});
