/* What the side panel "Checks" looks for in the preview, beside axe's own rules.
   Words and patterns come from cms/editing/content_checks.py with the options of each check. */
{
  const words = (element) => element.textContent.replace(/\s+/g, " ").trim();

  const bare = (element, punctuation) => {
    // What only screen readers are told, and arrows, are ours and not the editor's.
    const copy = element.cloneNode(true);
    copy.querySelectorAll(".visually-hidden, [aria-hidden]").forEach((part) => part.remove());
    const text = words(copy).replaceAll("\u2060", "");
    const keep = [...text].map((letter) => !punctuation.includes(letter));
    const first = keep.indexOf(true);
    return first < 0 ? "" : text.slice(first, keep.lastIndexOf(true) + 1).toLowerCase();
  };

  const checks = {
    "check-bold-line": (line) => {
      const [bold] = line.children;
      const all = words(line);
      const isBold = line.children.length === 1 && bold.matches("b, strong");
      return !(isBold && all && all.length <= 100 && words(bold) === all);
    },
    "check-contact": () => {
      const name = document.querySelector(".contact__name");
      return Boolean(name && words(name) && name.parentNode.querySelector("a[href^='mailto:']"));
    },
    "check-link-says-nothing": (link, { texts, punctuation }) =>
      !texts.includes(bare(link, punctuation)),
    "check-link-shows-address": (link, { pattern, punctuation }) =>
      !new RegExp(`^(?:${pattern})$`, "i").test(bare(link, punctuation)),
    // Only pictures that the template has marked come here.
    "check-picture-without-description": () => false,
    "check-telephone": (name) =>
      !words(name) || Boolean(name.parentNode.querySelector("a[href^='tel:']")),
  };

  for (const [name, check] of Object.entries(checks)) {
    window.wagtail.userbar.registerCheck(name, check);
  }
}
