/* Text that is pasted into Wagtail's editor keeps what was meant. Draft.js takes every <b> for bold
   (Google Docs wraps whole documents in a neutral one), drops tel:, anchors and addresses without
   a host, and runs the cells of a table together. What no paragraph can hold is said below it.
   Telephone numbers and anchors travel as mailto:, which the server undoes (internal_links.py). */
{
  const said = JSON.parse(document.currentScript.dataset.said);
  const PREPARED = "text/x-prepared";

  const unwrap = (element) => element.replaceWith(...element.childNodes);

  const rename = (element, name) => {
    const other = element.ownerDocument.createElement(name);
    other.append(...element.childNodes);
    element.replaceWith(other);
  };

  const prepare = (html) => {
    const page = new DOMParser().parseFromString(html, "text/html");
    const left = new Set();
    for (const element of page.querySelectorAll("b, strong")) {
      if (/^(normal|[1-4]00)$/.test(element.style.fontWeight)) unwrap(element);
    }
    for (const element of page.querySelectorAll("i, em")) {
      if (element.style.fontStyle === "normal") unwrap(element);
    }
    for (const link of page.querySelectorAll("a[href]")) {
      const href = link.getAttribute("href").trim();
      if (/^(tel:|#)/i.test(href)) link.setAttribute("href", `mailto:${href}`);
      else if (href.startsWith("/")) link.setAttribute("href", new URL(href, location.origin).href);
    }
    for (const table of [...page.querySelectorAll("table")].reverse()) {
      left.add("tables");
      const lines = [...table.rows].map((row) => {
        const line = page.createElement("p");
        [...row.cells].forEach((cell, number) => {
          if (number) line.append(" | ");
          line.append(cell.textContent.trim().replace(/\s+/g, " "));
        });
        return line;
      });
      table.replaceWith(...lines);
    }
    for (const heading of page.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      left.add("headings");
      rename(heading, "p");
    }
    for (const picture of page.querySelectorAll("img, picture, svg, figure > video")) {
      left.add("pictures");
      picture.remove();
    }
    return [page.body.innerHTML, left];
  };

  const tell = (editor, left) => {
    let status = editor.parentElement.querySelector(".paste-said");
    if (!status) {
      status = document.createElement("p");
      status.className = "paste-said help-block help-info";
      status.setAttribute("role", "status");
      editor.after(status);
    }
    status.textContent = [...left].map((key) => said[key]).join(" ");
    status.hidden = !left.size;
  };

  document.addEventListener(
    "paste",
    (event) => {
      const editor = event.target.closest?.(".Draftail-Editor");
      const given = event.clipboardData;
      if (!editor || !given || given.types.includes(PREPARED)) return;
      const html = given.getData("text/html");
      // What was copied from an editor of ours is as it should be.
      if (!html || html.includes("data-draftjs-conductor-fragment")) return;
      const [prepared, left] = prepare(html);
      const data = new DataTransfer();
      data.setData("text/html", prepared);
      data.setData("text/plain", given.getData("text/plain"));
      data.setData(PREPARED, "1");
      event.preventDefault();
      event.stopImmediatePropagation();
      const again = { clipboardData: data, bubbles: true, cancelable: true };
      event.target.dispatchEvent(new ClipboardEvent("paste", again));
      tell(editor, left);
    },
    true,
  );
}
