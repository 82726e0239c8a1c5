/* Copy the text of a block. Without script the field is there to be marked, and the button is not. */
document.querySelectorAll("[data-copy-text]").forEach((button) => {
  const block = button.closest(".copy-text");
  const field = block.querySelector("textarea");
  const status = block.querySelector("[role=status]");
  button.addEventListener("click", async () => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Refused, or no secure connection: then the older way, which needs a selection.
      field.select();
      copied = document.execCommand("copy");
    }
    status.textContent = copied ? status.dataset.copied : status.dataset.marked;
  });
  button.parentElement.hidden = false;
});
