/* While title and source of a programme are typed, names others that may be the same one. The
   server says it again after saving, so nothing is lost without this. */
const fields = [...document.querySelectorAll("[data-similar]")];
if (fields.length) {
  const notice = document.createElement("p");
  notice.className = "help-block help-warning";
  notice.setAttribute("role", "status");
  notice.hidden = true;
  fields[0].closest("[data-field-wrapper], .w-field__wrapper, .w-field")?.after(notice);
  let timer;
  let latest = 0;
  const ask = async () => {
    const number = (latest += 1);
    const typed = new URLSearchParams({ own: fields[0].dataset.own });
    fields.forEach((field) => typed.set(field.name, field.value));
    // Whoever is signed out gets a refusal instead of the page to sign in.
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    const response = await fetch(`${fields[0].dataset.similar}?${typed}`, { headers });
    if (!response.ok || response.redirected || number !== latest) return;
    notice.innerHTML = await response.text();
    notice.hidden = !notice.innerHTML;
  };
  fields.forEach((field) =>
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => ask().catch(() => {}), 600);
    }),
  );
}
