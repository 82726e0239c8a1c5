/** Typing in a check from paper: a digit answers the question in hand, Enter leaves it open. */
const form = document.querySelector("form.paper");
const questions = [...form.querySelectorAll(".question")];
const controls = "input:not([type=hidden]), textarea";

const leave = (question) => {
  const next = questions[questions.indexOf(question) + 1];
  const target = next ? next.querySelector(controls) : form.querySelector("button[type=submit]");
  target.focus();
  target.scrollIntoView({ block: "center" });
};

// Without this script the keys do nothing, and the page says nothing of them.
document.querySelectorAll(".paper__keys, .choice__key").forEach((hint) => {
  hint.hidden = false;
});

// Chrome and Safari bring the page back as it was left: the next paper would be typed into the check
// of the one before.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace(location.pathname + location.search);
});

form.addEventListener("keydown", (event) => {
  const question = event.target.closest(".question");
  if (!question || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && event.target.tagName !== "TEXTAREA") {
    event.preventDefault();
    leave(question);
  } else if (/^[1-9]$/.test(event.key) && /radio|checkbox/.test(event.target.type)) {
    const choice = question.querySelectorAll("input")[event.key - 1];
    if (!choice) return;
    event.preventDefault();
    choice.click();
    if (choice.type === "radio") leave(question);
  }
});
