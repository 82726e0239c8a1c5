/* Text that is pasted into Wagtail's editor keeps what was meant. Draft.js takes every <b> for bold
   (Google Docs wraps whole documents in a neutral one), drops tel:, anchors and addresses without
   a host, and runs the cells of a table together. Tables and headings become blocks of their own behind
   the text; where that is impossible, lines. What no paragraph can hold is said below it.
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

  const words = (element) => element.textContent.trim().replace(/\s+/g, " ");

  /* The cells of a table as a grid: what spans several is written in the first. */
  const gridOf = (table) => {
    const grid = [...table.rows].map(() => []);
    [...table.rows].forEach((row, y) => {
      let x = 0;
      for (const cell of row.cells) {
        while (grid[y][x] !== undefined) x += 1;
        for (const link of cell.querySelectorAll("a[href]")) {
          const href = link.getAttribute("href").replace(/^mailto:/, "");
          if (href && !words(link).includes(href)) link.append(` (${href})`);
        }
        for (let down = 0; down < cell.rowSpan && y + down < grid.length; down += 1) {
          for (let right = 0; right < cell.colSpan; right += 1) {
            grid[y + down][x + right] = down || right ? "" : words(cell).replaceAll("|", "/");
          }
        }
      }
    });
    return grid.map((row) => Array.from(row, (cell) => cell ?? "")).filter((row) => row.some(Boolean));
  };

  /* As cms.blocks.tables reads it: bars at the ends tell that the first or last cell is empty. */
  const lineOf = (row) => {
    const line = row.join(" | ");
    return row[0] && row.at(-1) ? line : `| ${line} |`;
  };

  /* Tables and headings get blocks of their own where the text is one of several blocks. */
  const BLOCKS = {
    table: (table) => ({ title: "", rows: gridOf(table).map(lineOf).join("\n") }),
    heading: (heading) => ({ text: words(heading), level: heading.tagName > "H2" ? "3" : "2" }),
  };
  const MOST_LETTERS = 120; // of a heading: cms.blocks.rich_text

  const isOwnBlock = (element) =>
    !element.parentElement.closest("table") &&
    (element.tagName === "TABLE"
      ? gridOf(element).some((row) => row.length > 1)
      : words(element) && words(element).length <= MOST_LETTERS);

  const flatten = (root, left) => {
    for (const table of [...root.querySelectorAll("table")].reverse()) {
      const grid = gridOf(table);
      if (grid.some((row) => row.length > 1)) left.add("tables");
      const lines = grid.map((row) => {
        const line = table.ownerDocument.createElement("p");
        line.textContent = row.join(" | ");
        return line;
      });
      table.replaceWith(...lines);
    }
    for (const heading of root.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
      if (words(heading)) left.add("headings");
      rename(heading, "p");
    }
  };

  /* HTML of texts, and blocks between them, in their order. */
  const piecesOf = (page, left) => {
    const pieces = [];
    const range = page.createRange();
    range.setStart(page.body, 0);
    const addText = () => {
      const text = page.createElement("div");
      text.append(range.cloneContents());
      flatten(text, left);
      if (words(text)) pieces.push({ html: text.innerHTML });
    };
    for (const element of page.querySelectorAll("table, h1, h2, h3, h4, h5, h6")) {
      if (!isOwnBlock(element)) continue;
      range.setEndBefore(element);
      addText();
      const type = element.tagName === "TABLE" ? "table" : "heading";
      left.add(`${type}Block`);
      pieces.push({ type, value: BLOCKS[type](element) });
      range.setStartAfter(element);
    }
    range.setEndAfter(page.body.lastChild ?? page.body);
    addText();
    return pieces;
  };

  /* The stream that the text is a block of, if it takes tables and headings. */
  const streamOf = (editor) => {
    let element = editor;
    while (element && !element.rootBlock) element = element.parentElement;
    const stream = element?.rootBlock;
    const known = stream?.blockDef?.childBlockDefsByName;
    const child = stream?.children?.find?.((each) => each.element.contains(editor));
    return known?.table && known.heading && child?.type === "paragraph" ? { stream, child } : null;
  };

  /* Whether nothing of the text comes after the cursor. */
  const isAtEnd = (editor) => {
    const text = editor.querySelector("[contenteditable=true]");
    const selection = document.getSelection();
    if (!text || !selection.rangeCount || !text.contains(selection.focusNode)) return !words(editor);
    const rest = document.createRange();
    rest.setStart(selection.getRangeAt(0).endContainer, selection.getRangeAt(0).endOffset);
    rest.setEnd(text, text.childNodes.length);
    return !rest.toString().trim();
  };

  const pasteInto = (target, html, plain) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    data.setData("text/plain", plain);
    data.setData(PREPARED, "1");
    // Firefox leaves out what is given to the constructor.
    const again = new ClipboardEvent("paste", { bubbles: true, cancelable: true });
    Object.defineProperty(again, "clipboardData", { value: data });
    target.dispatchEvent(again);
  };

  /* Insert pieces behind a text; gives the element of the first. */
  const insert = ({ stream, child }, pieces) => {
    const elements = pieces.map((piece, number) => {
      const type = piece.type ?? "paragraph";
      const value = piece.value ?? stream.blockDef.initialChildStates.paragraph;
      const place = child.index + 1 + number;
      const made = stream.insert({ type, value, id: crypto.randomUUID() }, place, {});
      if (piece.type) return made.element;
      // Draftail is there a moment after its field, however long that takes: until then the text is
      // nowhere else. Who writes elsewhere by then stays there.
      const paste = (tries) => {
        const text = made.element.querySelector("[contenteditable=true]");
        if (text) {
          if (tries > 0) text.focus();
          pasteInto(text, piece.html, "");
        } else if (made.element.isConnected) setTimeout(paste, 50, tries - 1);
      };
      paste(40);
      return made.element;
    });
    return elements[0];
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
    for (const picture of page.querySelectorAll("img, picture, svg, figure > video")) {
      left.add("pictures");
      picture.remove();
    }
    return [page, left];
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
      const [page, left] = prepare(html);
      event.preventDefault();
      event.stopImmediatePropagation();
      const place = streamOf(editor);
      if (!place || !isAtEnd(editor)) flatten(page.body, left);
      const pieces = piecesOf(page, left);
      const first = pieces.length && !pieces[0].type ? pieces.shift().html : "";
      const isEmpty = !first && !words(editor.querySelector("[contenteditable=true]") ?? editor);
      if (first) pasteInto(event.target, first, given.getData("text/plain"));
      let told = editor;
      if (pieces.length) {
        const inserted = insert(place, pieces);
        if (isEmpty) {
          // Nobody has to delete the empty text that a table was pasted into.
          place.stream.deleteBlock(place.child.index);
          told = inserted;
        }
      }
      tell(told, left);
    },
    true,
  );
}
