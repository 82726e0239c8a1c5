/* Copy the address of the page, print it. Without script the address is there as text, and the buttons are not. */
const address = document.querySelector(".pass-on__address");
const status = document.querySelector(".pass-on [role=status]");

const mark = () => {
  const range = document.createRange();
  range.selectNodeContents(address);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
};

const ways = {
  print: () => window.print(),
  copy: async () => {
    let copied = true;
    try {
      await navigator.clipboard.writeText(address.textContent);
    } catch {
      // Refused, or no secure connection: then the older way, which needs a selection.
      mark();
      copied = document.execCommand("copy");
    }
    status.textContent = copied ? status.dataset.copied : status.dataset.marked;
  },
};

document.querySelectorAll("[data-pass-on]").forEach((button) => {
  button.addEventListener("click", ways[button.dataset.passOn]);
  button.parentElement.hidden = false;
});

/* Paper cannot be unfolded: what is folded is printed unfolded, in browsers whose styles cannot do it. */
let unfolded = [];
addEventListener("beforeprint", () => {
  unfolded = [...document.querySelectorAll("main details:not([open])")];
  for (const folded of unfolded) folded.open = true;
});
addEventListener("afterprint", () => {
  for (const folded of unfolded) folded.open = false;
});
