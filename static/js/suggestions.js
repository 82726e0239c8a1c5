/* Suggestions under a search field: the combobox of the ARIA practices, list autocomplete with manual
   selection. What was typed is only sent to this site; without script the field works as before.
   Roles are set as attributes: older browsers of the floor know no properties for them. */
const DELAY = 120;

const enhance = (field) => {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let timer;
  let asked = "";
  let chosen = -1;

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", field.dataset.suggestionsLabel);
  list.hidden = true;
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-controls", list.id);
  field.form.append(list, status);

  const close = () => {
    clearTimeout(timer);
    list.hidden = true;
    // What is on its way opens nothing, and the same words can be asked for again.
    asked = "";
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };

  const choose = (index) => {
    const options = [...list.children];
    if (!options.length) return;
    chosen = (index + options.length + 1) % (options.length + 1);
    options.forEach((option, number) => option.setAttribute("aria-selected", number === chosen));
    if (chosen === options.length) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    }
  };

  const show = (found) => {
    list.replaceChildren(
      ...found.map(({ text, kind, url }, number) => {
        const option = document.createElement("li");
        const name = document.createElement("span");
        const about = document.createElement("span");
        option.id = `${list.id}-${number}`;
        option.className = "suggestions__option";
        option.setAttribute("role", "option");
        option.dataset.url = url;
        option.setAttribute("aria-selected", "false");
        name.textContent = text;
        about.className = "suggestions__kind";
        about.textContent = kind;
        option.append(name, " ", about);
        return option;
      }),
    );
    chosen = found.length;
    list.hidden = !found.length;
    field.setAttribute("aria-expanded", String(Boolean(found.length)));
    // The new options have the ids of the old ones: none of them has been chosen yet.
    field.removeAttribute("aria-activedescendant");
    status.textContent = field.dataset.suggestionsFound.replace("0", found.length);
  };

  const ask = async () => {
    const typed = field.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (typed.length < 2) return close();
    try {
      const address = `${field.dataset.suggestions}?q=${encodeURIComponent(typed)}`;
      const answer = await fetch(address, { credentials: "omit" });
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      // Nobody chooses from a list of a field that was left meanwhile.
      const isAsked = typed === asked && typed === field.value.trim();
      if (isAsked && field === document.activeElement) show(suggestions);
    } catch {
      close();
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const option = list.children[chosen];
    if (event.key === "ArrowDown") choose(chosen === list.children.length ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && option) location.assign(option.dataset.url);
    else return;
    event.preventDefault();
  });
  // Before the field loses the focus, which closes the list.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) location.assign(option.dataset.url);
  });
  field.addEventListener("blur", close);
};

for (const field of document.querySelectorAll("input[data-suggestions]")) {
  // The field of every page is made ready when somebody goes to it, not while the page loads.
  if (field.matches("header.site-head *") && field !== document.activeElement) {
    field.addEventListener("focus", () => enhance(field), { once: true });
  } else {
    enhance(field);
  }
}
