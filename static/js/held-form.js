/* Signing in in another tab changes the token against forged forms: send the one that holds now.
   Without it the form is held a second time, and sent by pressing once more. */
const form = document.querySelector("[data-held-form]");
form?.addEventListener("submit", () => {
  const token = document.cookie.match(/(?:^|;\s*)csrftoken=(\w+)/)?.[1];
  if (token) form.elements.csrfmiddlewaretoken.value = token;
});
