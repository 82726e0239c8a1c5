/* Saves a section of a self-check while it is filled in. Without script its buttons save it. */
const DELAY = 1000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = document.createElement("p");
  let timer;
  let isSaving = false;
  let isChanged = false;

  status.className = "check-saved";
  status.role = "status";
  form.querySelector(".check-buttons").before(status);

  const save = async () => {
    clearTimeout(timer);
    if (isSaving || !isChanged) return;
    isSaving = true;
    isChanged = false;
    const body = new URLSearchParams(new FormData(form));
    body.set(form.dataset.autosave, "1");
    let isSaved = false;
    try {
      const response = await fetch(form.action, { method: "POST", body, keepalive: true });
      const answer = response.ok ? await response.json() : {};
      isSaved = answer.saved === true;
      if (isSaved) form.elements.step.value = answer.step;
    } catch {
      // Without network: the next change tries again, and the buttons do what they always do.
    }
    status.textContent = isSaved ? form.dataset.saved : form.dataset.failed;
    isSaving = false;
    if (isChanged) wait();
  };

  const wait = () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, DELAY);
  };

  form.addEventListener("input", wait);
  form.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
