/* A decision is added to the editor's form as fields and sent with it. Wagtail's autosave takes
   them for a change and would send them too; the server refuses that (workflows/review_hooks.py). */
document.addEventListener("w-autosave:save", (event) => {
  if (event.detail.formData.has("action-workflow-action")) event.preventDefault();
});
/* The bar above the form: changes are asked for with a reason. The server says so too. */
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=review-decision][value=reject]");
  const comment = button && document.getElementById("review-comment");
  if (!comment) return;
  comment.setCustomValidity(comment.value.trim() ? "" : comment.dataset.required);
  if (!comment.reportValidity()) event.preventDefault();
});
document.addEventListener("input", (event) => {
  if (event.target.id === "review-comment") event.target.setCustomValidity("");
});
