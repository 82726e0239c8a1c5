/* A decision is added to the editor's form as fields and sent with it. Wagtail's autosave takes
   them for a change and would send them too; the server refuses that (workflows/review_hooks.py). */
document.addEventListener("w-autosave:save", (event) => {
  if (event.detail.formData.has("action-workflow-action")) event.preventDefault();
});
