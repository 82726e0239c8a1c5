/* Saves a section of a self-check while it is filled in. Without script its buttons save it. */
const DELAY = 1000;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = document.createElement("p");
  let timer;
  let isSaving = false;
  let isChanged = false;

  status.className = "check-saved";
  status.setAttribute("role", "status");
  form.querySelector(".check-buttons").before(status);

  const save = async () => {
    clearTimeout(timer);
    if (isSaving || !isChanged) return;
    isSaving = true;
    isChanged = false;
    const body = new URLSearchParams(new FormData(form));
    body.set(form.dataset.autosave, "1");
    let isSaved = false;
    let isReached = false;
    try {
      const response = await fetch(form.action, { method: "POST", body, keepalive: true });
      const answer = response.ok ? await response.json() : {};
      isReached = true;
      isSaved = answer.complete === true;
      if (answer.saved === true) form.elements.step.value = answer.step;
    } catch {
      // Without network: the next change tries again, and the buttons do what they always do.
    }
    status.textContent = isSaved ? form.dataset.saved : form.dataset.failed;
    isSaving = false;
    const isTypedMeanwhile = isChanged;
    if (!isReached) isChanged = true; // tried again when the page is left
    if (isTypedMeanwhile) wait();
  };

  const wait = () => {
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(save, DELAY);
  };

  form.addEventListener("input", wait);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    isChanged = false; // or the page that is left would send it once more
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
}
